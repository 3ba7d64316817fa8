"""Whether a package in use has a known vulnerability; fails only where one was found."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deploy.train import ROOT

PYTHON_FOLDERS = (".", "web")
NODE_FOLDERS = ("widget", "tests/browser")
UV = ROOT / ".tools/bin/uv"
PIP_AUDIT = ROOT / "web/.venv/bin/pip-audit"


def main() -> int:
    """Look in every lock file; the exit code is 1 where a vulnerability is known."""
    found: list[str] = []
    for folder in PYTHON_FOLDERS:
        found += _told(f"{folder}/uv.lock", *python_packages(_pip_audit(ROOT / folder)))
    for folder in NODE_FOLDERS:
        found += _told(f"{folder}/package-lock.json", *node_packages(_npm_audit(ROOT / folder)))
    return 1 if found else 0


def python_packages(report: dict[str, Any]) -> tuple[list[str], str]:
    """What pip-audit says, and why it does not know where it does not.

    Args:
        report: its answer as JSON.
    """
    packages = report.get("dependencies", [])
    unknown = [package["name"] for package in packages if "vulns" not in package]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}"
        for package in packages
        for flaw in package.get("vulns", [])
    ]
    if not packages:
        return found, "pip-audit gave no answer"
    of = f"{len(unknown)} of {len(packages)} packages"
    return found, f"the index knows nothing of {of}" if unknown else ""


def node_packages(report: dict[str, Any]) -> tuple[list[str], str]:
    """What `npm audit` says, and why it does not know where it does not.

    Args:
        report: its answer as JSON.
    """
    if "vulnerabilities" not in report:
        return [], str(report.get("message") or "npm gave no answer")
    return [
        f"{name}: {about.get('severity', 'of unknown weight')}"
        for name, about in sorted(report["vulnerabilities"].items())
    ], ""


def _told(lock: str, found: list[str], unknown: str) -> list[str]:
    for flaw in found:
        print(f"{lock}: VULNERABLE: {flaw}")
    if unknown:
        print(f"{lock}: cannot be known here: {unknown}")
    elif not found:
        print(f"{lock}: no known vulnerability")
    return found


def _pip_audit(folder: Path) -> dict[str, Any]:
    exporting = [str(UV), "export", "--quiet", "--frozen", "--no-emit-local", "--no-hashes"]
    exported = subprocess.run(exporting, cwd=folder, capture_output=True, text=True, check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(exported.stdout)
        file.flush()
        options = ["--no-deps", "--disable-pip", "--progress-spinner=off", "--format=json"]
        return _json([str(PIP_AUDIT), "-r", file.name, *options], folder)


def _npm_audit(folder: Path) -> dict[str, Any]:
    return _json([shutil.which("npm") or "npm", "audit", "--json", "--loglevel=silent"], folder)


def _json(command: Sequence[str], folder: Path) -> dict[str, Any]:
    """What a command prints as JSON; nothing where it prints none, which its caller tells."""
    printed = subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout
    try:
        answer = json.loads(printed)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


if __name__ == "__main__":
    raise SystemExit(main())
