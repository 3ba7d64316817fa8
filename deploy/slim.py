"""Makes a trained model quick to open: it forgets how it was trained.

Rasa writes two plans into a model's ``metadata.json``: one for training and one for use. It reads
both when it opens the model, and to read a plan it imports every class the plan names. The plan
for training names a validator that knows all of Rasa's own components, TensorFlow's among them.
Only training reads that plan afterwards, and training begins with ``config.yml`` each time, so
the model keeps an empty one (``docs/decisions/0017``).
"""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

METADATA = "metadata.json"
PLAN = "train_schema"
EMPTY: dict[str, object] = {"nodes": {}}
# Rasa's own level, the highest, takes seconds for a few per cent.
COMPRESSION = 1


def slim(trained: Path, model: Path) -> None:
    """Copy a model without its plan for training; all else stays as it is.

    Args:
        trained: the archive as ``rasa train`` wrote it.
        model: where the slim one goes.

    Raises:
        KeyError: the archive is no model: it has no metadata, or no plan for training in it.
    """
    with (
        tarfile.open(trained) as source,
        tarfile.open(model, "w:gz", compresslevel=COMPRESSION) as target,
    ):
        source.getmember(METADATA)
        for member in source:
            content = source.extractfile(member)
            if content is not None and member.name == METADATA:
                content = io.BytesIO(_without_plan(content.read()))
                member.size = len(content.getbuffer())
            target.addfile(member, content)


def _without_plan(metadata: bytes) -> bytes:
    document = json.loads(metadata)
    document[PLAN]  # a model of another make is refused, not mended
    return json.dumps({**document, PLAN: EMPTY}).encode()
