"""What is said of packages with known faults, and of those nobody can say anything of."""

from __future__ import annotations

from deploy.audit import node_packages, python_packages

SOUND = {"name": "starlette", "version": "1.0", "vulns": []}


def test_a_vulnerable_python_package_is_named_with_its_version() -> None:
    flawed = {"name": "jinja2", "version": "2.4", "vulns": [{"id": "CVE-1"}, {"id": "CVE-2"}]}
    found, unknown = python_packages({"dependencies": [SOUND, flawed]})
    assert found == ["jinja2 2.4: CVE-1", "jinja2 2.4: CVE-2"]
    assert unknown == ""


def test_a_python_package_the_index_does_not_know_does_not_count_as_sound() -> None:
    skipped = {"name": "rasa", "skip_reason": "not found on PyPI"}
    assert python_packages({"dependencies": [SOUND, skipped]}) == (
        [],
        "the index knows nothing of 1 of 2 packages",
    )


def test_no_answer_does_not_count_as_sound() -> None:
    assert python_packages({}) == ([], "pip-audit gave no answer")
    assert node_packages({}) == ([], "npm gave no answer")
    assert node_packages({"message": "405 Method Not Allowed"}) == ([], "405 Method Not Allowed")


def test_a_vulnerable_npm_package_is_named_with_its_weight() -> None:
    assert node_packages({"vulnerabilities": {"vite": {"severity": "high"}}}) == (
        ["vite: high"],
        "",
    )
    assert node_packages({"vulnerabilities": {}}) == ([], "")
