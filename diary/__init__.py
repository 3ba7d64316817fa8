"""The exercise diary: what a patient did and noticed, kept only after a yes to being remembered.

``values`` is what a diary holds. ``plan``, ``trends``, ``summary`` and ``chart`` read it and are
pure, with ``effort`` and ``windows`` beneath them. ``store`` keeps it in a database, with
``records``, ``models``, ``database`` and ``migrations`` beneath it.
"""
