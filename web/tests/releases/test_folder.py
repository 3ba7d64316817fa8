"""The folder of a release holds what was checked, whole, and says so."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from releases import folder
from releases.checksums import of_content
from tests.releases.conftest import CODE, Make


def test_a_release_is_found_as_it_was_made(make: Make, releases: Path, data: Path) -> None:
    number = make(commit="a" * 40, title="Braces", approvers=["ann", "ben"], figures={"f": 1})
    found = folder.read(releases, number)
    assert (found.number, found.commit, found.title) == (number, "a" * 40, "Braces")
    assert (found.approvers, found.figures, found.code) == (("ann", "ben"), {"f": 1}, CODE)
    assert found.model == "dorsi-0123456789abcdef"
    assert folder.place(releases, number).model().read_bytes() == b"a model"
    assert of_content(folder.place(releases, number).data) == of_content(data) == found.checksum
    assert folder.verify(releases, number) == []


def test_what_is_edited_later_does_not_change_a_release(
    make: Make, releases: Path, data: Path
) -> None:
    number = make()
    (data / "regions.yml").write_text("IE: {}\n")
    assert (folder.place(releases, number).data / "regions.yml").read_text() == "GB: {}\n"


def test_a_model_takes_no_more_room(make: Make, releases: Path, model: Path) -> None:
    assert folder.place(releases, make()).model().samefile(model)


@pytest.mark.parametrize("what", ["changed", "added", "removed", "renamed"])
def test_content_that_is_not_as_it_was_is_named(make: Make, releases: Path, what: str) -> None:
    number = make()
    file = folder.place(releases, number).data / "regions.yml"
    match what:
        case "changed":
            file.write_text("IE: {}\n")
        case "added":
            file.with_name("more.yml").touch()
        case "removed":
            file.unlink()
        case "renamed":
            file.rename(file.with_name("places.yml"))
    (fault,) = folder.verify(releases, number)
    assert fault.endswith("a content file was changed, added or removed")


def test_what_the_database_says_counts_more_than_the_folders_own_word(
    make: Make, releases: Path
) -> None:
    (fault,) = folder.verify(releases, make(), "0" * 64)
    assert "a content file was changed" in fault


def test_another_model_is_named(make: Make, releases: Path) -> None:
    number = make()
    model = folder.place(releases, number).model()
    model.unlink()
    model.write_bytes(b"another")
    (fault,) = folder.verify(releases, number)
    assert fault.endswith("the model is not the one that was checked")


def test_a_folder_that_is_not_there_or_not_readable_is_named(make: Make, releases: Path) -> None:
    assert folder.verify(releases, 7) == [
        f"{releases / '7' / 'release.json'}: No such file or directory"
    ]
    number = make()
    (folder.place(releases, number).path / folder.MANIFEST).write_text("{")
    assert len(folder.verify(releases, number)) == 1
    shutil.rmtree(folder.place(releases, number).data)
    assert len(folder.verify(releases, number)) == 1


def test_what_editors_and_systems_hide_is_no_content(
    make: Make, releases: Path, data: Path
) -> None:
    before = of_content(data)
    (data / ".regions.yml.swp").touch()
    (data / ".git").mkdir()
    (data / ".git/config").touch()
    assert of_content(data) == before
    assert not (folder.place(releases, make()).data / ".git").exists()


def test_content_behind_a_link_is_copied(make: Make, releases: Path, data: Path) -> None:
    shutil.move(data / "topics", data.parent / "elsewhere")
    (data / "topics").symlink_to(data.parent / "elsewhere")
    copy = folder.place(releases, make()).data / "topics/brace/types.yml"
    assert copy.is_file()
    assert not copy.parent.parent.is_symlink()


def test_a_copy_that_fails_leaves_nothing(releases: Path, data: Path, model: Path) -> None:
    model.unlink()
    with pytest.raises(OSError, match="No such file"):
        folder.prepare(releases, data, model)
    assert list(releases.iterdir()) == []


def test_a_making_that_was_never_committed_makes_way(
    make: Make, releases: Path, data: Path, model: Path
) -> None:
    number = make()
    (data / "regions.yml").write_text("IE: {}\n")
    manifest = replace(folder.read(releases, number), checksum=of_content(data))
    folder.finish(folder.prepare(releases, data, model), manifest)
    assert folder.verify(releases, number) == []
    assert (folder.place(releases, number).data / "regions.yml").read_text() == "IE: {}\n"


def test_a_model_for_other_code_lies_beside_the_releases_own(
    make: Make, releases: Path, model: Path
) -> None:
    number = make()
    assert folder.has_model(releases, number, CODE)
    assert folder.has_model(releases, number, "")
    assert not folder.has_model(releases, number, "newer")
    folder.link(model, folder.place(releases, number).model("newer", CODE))
    assert folder.has_model(releases, number, "newer")
    assert folder.verify(releases, number) == []


def test_a_model_without_a_name_of_ours_goes_by_what_is_in_it(
    make: Make, releases: Path, model: Path
) -> None:
    assert folder.name_of(model, "f" * 64) == "dorsi-0123456789abcdef"
    assert folder.name_of(model.with_name("model.tar.gz"), "f" * 64) == "dorsi-ffffffffffffffff"


def test_which_model_is_served_is_known(make: Make, releases: Path, model: Path) -> None:
    number = make()
    assert not folder.is_renewed(releases, number, "newer")
    folder.renew(releases, number, model, "newer")
    assert folder.is_renewed(releases, number, "newer")
    assert not folder.is_renewed(releases, number, CODE)
    assert not folder.is_renewed(releases, number, "")


def test_a_model_that_nobody_learnt_anew_is_named(make: Make, releases: Path) -> None:
    number = make()
    folder.place(releases, number).model("newer", CODE).write_bytes(b"from nowhere")
    (fault,) = folder.verify(releases, number, code="newer")
    assert fault.endswith("the model is not the one that was learnt anew")
