"""`python -m lab.pictures` draws all pictures; `--check` says which are not current."""

from __future__ import annotations

import argparse

from lab.pictures.draw import stale, write


def main() -> None:
    """Draw, or check and exit with 1 where a file is not current."""
    parser = argparse.ArgumentParser(prog="python -m lab.pictures", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    if not parser.parse_args().check:
        print(f"{write()} pictures")
        return
    wrong = stale()
    print("\n".join(wrong) or "All pictures are current.")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
