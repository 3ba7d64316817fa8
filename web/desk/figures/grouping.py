"""Groups of like things: agglomerative clustering by average likeness (UPGMA).

Done by chains of nearest neighbours (Benzécri 1982, Murtagh 1983), which give the same groups as
merging the two nearest again and again, in quadratic time. Without chance: the same rows in the
same order give the same groups.
"""

import numpy as np
import numpy.typing as npt

GONE = -2.0
"""Less than any likeness of two unit vectors."""

type Floats = npt.NDArray[np.float32]


def groups(vectors: Floats, threshold: float) -> list[list[int]]:
    """Indexes of rows that belong together.

    Args:
        vectors: unit vectors, one a row.
        threshold: how like two groups are on average that are still one.

    Returns:
        Each row once, the rows of a group in order; the largest group first, then by first row.
    """
    count = len(vectors)
    likeness = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(likeness, GONE)
    members = [[at] for at in range(count)]
    open_ = set(range(count))
    chain: list[int] = []
    while open_:
        if not chain:
            chain = [min(open_)]
        last = chain[-1]
        near = _nearest(likeness[last], chain[-2] if len(chain) > 1 else None)
        if likeness[last, near] < threshold:
            # Nothing will ever be nearer to it, whatever else is merged: it is done.
            _close(likeness, last)
            open_.discard(last)
            chain.pop()
        elif len(chain) > 1 and near == chain[-2]:
            del chain[-2:]
            _merge(likeness, members, near, last)
            open_.discard(last)
        else:
            chain.append(near)
    found = [sorted(group) for group in members if group]
    return sorted(found, key=lambda group: (-len(group), group[0]))


def _nearest(row: npt.NDArray[np.float64], before: int | None) -> int:
    """The nearest; of equally near ones that before in the chain, or else chains would circle."""
    near = int(row.argmax())
    return before if before is not None and row[before] == row[near] else near


def _merge(
    likeness: npt.NDArray[np.float64], members: list[list[int]], kept: int, gone: int
) -> None:
    """Make two groups one; what is gone stays `GONE` to all."""
    ours, theirs = len(members[kept]), len(members[gone])
    row = (likeness[kept] * ours + likeness[gone] * theirs) / (ours + theirs)
    row[likeness[kept] == GONE] = GONE
    row[likeness[gone] == GONE] = GONE
    likeness[kept] = likeness[:, kept] = row
    _close(likeness, gone)
    members[kept] += members[gone]
    members[gone] = []


def _close(likeness: npt.NDArray[np.float64], at: int) -> None:
    likeness[at] = likeness[:, at] = GONE
