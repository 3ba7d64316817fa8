"""Loaded by every process of a stack under test: it ends without warning at an armed point.

A point is armed by a file `<point>` in the folder that DORSI_FAULTS names. Whoever comes by takes
the file away and kills itself, so that each fault happens once.
"""

import functools
import os
import signal
import sys
from importlib.abc import MetaPathFinder

# Module, class and method; the points just before and just after it.
POINTS = {
    "gateway.store": [
        ("Store", "record", "gateway.before_record", "gateway.after_record"),
        ("Store", "answer", "gateway.before_reply", "gateway.after_reply"),
    ],
    "rasa.core.processor": [
        ("MessageProcessor", "handle_message", "rasa.received", None),
        ("MessageProcessor", "save_tracker", "rasa.unsaved", "rasa.saved"),
    ],
    "rasa_sdk.executor": [("ActionExecutor", "run", "actions.asked", "actions.done")],
}


def die_if_armed(point):
    """End this process, as `kill -9` does, if that point is armed."""
    if point is None:
        return
    try:
        os.remove(os.path.join(os.environ["DORSI_FAULTS"], point))
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(method, before, after):
    """The method with its two points."""

    @functools.wraps(method)
    async def called(*args, **kwargs):
        die_if_armed(before)
        result = await method(*args, **kwargs)
        die_if_armed(after)
        return result

    return called


class Arming(MetaPathFinder):
    """Puts the points into a module as it is imported."""

    def find_spec(self, name, path, target=None):
        """The module's spec with a loader that arms it; None for every other module."""
        if name not in POINTS:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in others)))
        load = spec.loader.exec_module

        def load_and_arm(module):
            load(module)
            for owner, method, before, after in POINTS[name]:
                held = getattr(module, owner)
                setattr(held, method, deadly(getattr(held, method), before, after))

        spec.loader.exec_module = load_and_arm
        return spec


if "DORSI_FAULTS" in os.environ:
    sys.meta_path.insert(0, Arming())
