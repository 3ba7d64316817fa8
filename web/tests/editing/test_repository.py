"""The history of the content: nobody's work is overwritten, and nothing but content is written."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from editing.commits import Author
from editing.git import Moved
from editing.repository import NoContent, Repository
from tests.editing.conftest import ANN, CONTENT, OTHER, TOPIC, WHEN, Checkout

NEW = "data/topics/brace/new.yml"


def save(repository: Repository, path: str, text: str | None, branch: str = "main") -> str:
    """Commit a text on top of a branch."""
    parent = repository.head(branch)
    return repository.commit(branch, parent, {path: text}, ANN, "Why", WHEN)


def reworded(old: str, new: str) -> str:
    """The sample topic with something else in it."""
    assert old in CONTENT[TOPIC]
    return CONTENT[TOPIC].replace(old, new)


def test_it_is_made_from_where_the_content_comes_from(
    repository: Repository, upstream: Checkout
) -> None:
    assert repository.head() == upstream.git("rev-parse", "HEAD")
    tree = repository.tree(repository.head())
    assert tree.paths() == sorted(path for path in CONTENT if path.startswith("data/"))
    assert tree.read(TOPIC) == CONTENT[TOPIC] and tree.read("code.py") is None
    assert tree.paths("data/topics/") == [OTHER, TOPIC]


def test_without_a_repository_to_come_from_it_says_what_to_do(tmp_path: Path) -> None:
    for upstream in (str(tmp_path), "--upload-pack=touch x", "ext::sh -c true"):
        with pytest.raises(NoContent, match="DORSI_CONTENT_REPOSITORY"):
            Repository.open(tmp_path / "home", upstream).head()
    assert not (tmp_path / "home" / "content.git").exists()


def test_a_checkout_of_no_branch_gives_the_commit_it_is_at(
    tmp_path: Path, upstream: Checkout
) -> None:
    upstream.git("checkout", "--quiet", "--detach")
    upstream.git("branch", "--quiet", "-D", "main")
    repository = Repository.open(tmp_path / "home", str(upstream.folder))
    assert repository.head() == upstream.git("rev-parse", "HEAD")


def test_a_commit_has_its_author_and_changes_nothing_else(repository: Repository) -> None:
    before = repository.head()
    made = save(repository, TOPIC, reworded("soft", "stiff"))
    assert repository.head() == made
    assert repository.diff_paths(before, made) == [TOPIC]
    (entry,) = repository.log(made, but=[before])
    assert (entry.author, entry.email, entry.at, entry.message) == ("Ann", "ann@desk", WHEN, "Why")
    assert entry.committer == "Dorsi's desk" and entry.parents == (before,)
    assert [c.sha for c in repository.history(TOPIC, made)] == [made, before]
    assert [c.sha for c in repository.history(OTHER, made)] == [before]


def test_files_come_and_go(repository: Repository) -> None:
    save(repository, NEW, "id: brace/new\n")
    made = save(repository, OTHER, None)
    tree = repository.tree(made)
    assert tree.read(NEW) == "id: brace/new\n" and tree.read(OTHER) is None


def test_a_commit_that_changes_nothing_is_none(repository: Repository) -> None:
    assert save(repository, TOPIC, CONTENT[TOPIC]) == repository.head()


def test_whoever_comes_second_is_told(repository: Repository) -> None:
    before = repository.head()
    save(repository, TOPIC, reworded("soft", "stiff"))
    for text in (reworded("soft", "wide"), CONTENT[TOPIC]):
        with pytest.raises(Moved):
            repository.commit("main", before, {TOPIC: text}, ANN, "Why", WHEN)
    with pytest.raises(Moved):
        repository.create("main", before)
    with pytest.raises(Moved):
        repository.advance("main", before, before)


def test_of_many_at_once_one_is_first_and_nobody_is_overwritten(
    tmp_path: Path, upstream: Checkout
) -> None:
    def add(number: int) -> None:
        repository = Repository.open(tmp_path / "home", str(upstream.folder))
        while True:
            try:
                save(repository, f"data/topics/brace/t{number}.yml", f"id: t{number}\n")
                return
            except Moved:
                continue

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    repository = Repository.open(tmp_path / "home", str(upstream.folder))
    assert len(repository.log(repository.head())) == 9
    assert len(repository.tree(repository.head()).paths("data/topics/brace/t")) == 9


@pytest.mark.parametrize(
    "path", ["code.py", "data/../x.yml", "/etc/x.yml", "data/x.py", ".git/x.yml", "data/.git/x.yml"]
)
def test_nothing_but_content_is_written(repository: Repository, path: str) -> None:
    with pytest.raises(ValueError, match="data/"):
        save(repository, path, "a: b\n")


@pytest.mark.parametrize(
    "branch", ["change/0", "change/1/../../x", "refs/heads/main", "-D", "", "x"]
)
def test_no_other_branch_is_touched(repository: Repository, branch: str) -> None:
    with pytest.raises(ValueError, match="branch"):
        repository.create(branch, repository.head())
    with pytest.raises(ValueError, match="commit"):
        repository.tree(branch)


def test_a_name_cannot_say_more_than_a_name(repository: Repository) -> None:
    author = Author("Eve <root@desk>\nparent 0", "eve@desk>")
    before = repository.head()
    made = repository.commit("main", before, {NEW: "a: b\n"}, author, "--amend\0", WHEN)
    assert repository.log(made, [before])[0].author == "Eve  root@desk  parent 0"
    nobody = repository.commit("main", made, {NEW: "a: c\n"}, Author("", ""), "", WHEN)
    assert repository.log(nobody, [made])[0].author == "somebody"


def test_a_link_is_no_content(repository: Repository, upstream: Checkout, tmp_path: Path) -> None:
    os.symlink("/etc/passwd", upstream.folder / "data" / "link.yml")
    upstream.git("add", "--all")
    upstream.git("commit", "--quiet", "-m", "Link")
    repository.fetch()
    tree = repository.tree(repository.head())
    assert tree.read("data/link.yml") is None
    tree.export(tmp_path / "out")
    assert not (tmp_path / "out" / "link.yml").is_symlink()
    assert (tmp_path / "out" / "topics" / "brace" / "types.yml").read_text() == CONTENT[TOPIC]


def test_what_is_no_text_keeps_its_bytes(repository: Repository, upstream: Checkout) -> None:
    repository.create("change/1", repository.head())
    (upstream.folder / "data" / "odd.yml").write_bytes(b"a: \xff\r\n")
    upstream.git("add", "--all")
    upstream.git("commit", "--quiet", "-m", "Odd")
    repository.fetch()
    save(repository, NEW, "a: b\n", "change/1")
    made = repository.merged(repository.head("change/1"), repository.head()).commit
    assert made is not None
    assert repository.git.run("show", f"{made}:data/odd.yml") == b"a: \xff\r\n"


def test_a_change_and_what_is_published_come_together_always_in_the_same_way(
    repository: Repository,
) -> None:
    repository.create("change/1", repository.head())
    save(repository, TOPIC, reworded("soft", "stiff"), "change/1")
    save(repository, TOPIC, reworded("one kind", "a kind"))
    heads = repository.head("change/1"), repository.head()
    result = repository.merged(*heads)
    assert result == repository.merged(*heads) and result.commit is not None
    text = repository.tree(result.commit).read(TOPIC) or ""
    assert text == reworded("soft", "stiff").replace("one kind", "a kind")
    assert repository.log(result.commit)[0].at - WHEN < timedelta(seconds=1)


def test_a_change_that_is_ahead_needs_no_new_commit(repository: Repository) -> None:
    main = repository.head()
    repository.create("change/1", main)
    made = save(repository, OTHER, "id: x\n", "change/1")
    assert repository.merged(made, main).commit == made
    assert repository.merged(main, made).commit == made


def test_what_both_changed_is_left_to_people(repository: Repository) -> None:
    repository.create("change/1", repository.head())
    save(repository, TOPIC, reworded("Kinds of brace", "Sorts"), "change/1")
    save(repository, TOPIC, reworded("Kinds of brace", "Types"))
    result = repository.merged(repository.head("change/1"), repository.head())
    assert result.commit is None
    assert [conflict.key for conflict in result.conflicts] == [("title",)]


def test_a_change_of_code_on_a_branch_is_not_put_together(
    repository: Repository, upstream: Checkout
) -> None:
    upstream.git("checkout", "--quiet", "-b", "change/1")
    upstream.write("code.py", "import os\n")
    upstream.git("push", "--quiet", str(repository.git.folder), "change/1")
    result = repository.merged(repository.head("change/1"), repository.head())
    assert result.commit is None and "code.py" in result.said


def test_what_is_new_where_the_content_comes_from_is_taken_in(
    repository: Repository, upstream: Checkout
) -> None:
    assert repository.fetch().commit == repository.head()
    made = upstream.write(TOPIC, reworded("soft", "stiff"))
    assert repository.fetch().commit == made == repository.head()


def test_where_both_went_on_their_fields_come_together(
    repository: Repository, upstream: Checkout
) -> None:
    save(repository, TOPIC, reworded("soft", "stiff"))
    upstream.write(TOPIC, reworded("one kind", "a kind"))
    upstream.write("code.py", "import os\n")
    repository.fetch()
    head = repository.head()
    assert repository.tree(head).read(TOPIC) == reworded("soft", "stiff").replace(
        "one kind", "a kind"
    )
    assert repository.git.say("show", f"{head}:code.py") == "import os"


def test_where_both_changed_one_field_nothing_moves(
    repository: Repository, upstream: Checkout
) -> None:
    made = save(repository, TOPIC, reworded("Kinds of brace", "Sorts"))
    upstream.write(TOPIC, reworded("Kinds of brace", "Types"))
    assert [conflict.label for conflict in repository.fetch().conflicts] == ["Title"]
    assert repository.head() == made


def test_what_is_published_is_sent_to_a_bare_repository(tmp_path: Path, upstream: Checkout) -> None:
    bare = tmp_path / "bare.git"
    upstream.git("clone", "--quiet", "--bare", str(upstream.folder), str(bare))
    repository = Repository.open(tmp_path / "home", str(bare))
    save(repository, TOPIC, reworded("soft", "stiff"))
    upstream.write(OTHER, "id: brace/shoes\ntitle: All shoes\n")
    upstream.git("push", "--quiet", str(bare), "main")
    assert repository.push().there
    assert Checkout(bare).git("rev-parse", "main") == repository.head()
    upstream.git("pull", "--quiet", str(bare), "main")
    assert "stiff" in upstream.read(TOPIC) and "All shoes" in upstream.read(OTHER)


def test_a_branch_that_is_checked_out_is_left_alone_and_said_so(
    repository: Repository, upstream: Checkout
) -> None:
    before = upstream.git("rev-parse", "main")
    made = save(repository, TOPIC, reworded("soft", "stiff"))
    sent = repository.push()
    assert not sent.there and "git merge desk/main" in sent.said
    assert upstream.git("rev-parse", "main") == before
    assert upstream.git("rev-parse", "desk/main") == made
    assert repository.push().said == sent.said


def test_a_repository_that_is_gone_is_said(repository: Repository, upstream: Checkout) -> None:
    save(repository, TOPIC, reworded("soft", "stiff"))
    upstream.folder.rename(upstream.folder.with_name("elsewhere"))
    assert not repository.push().there
    with pytest.raises(NoContent):
        repository.fetch()
    assert "stiff" in (repository.tree(repository.head()).read(TOPIC) or "")


def test_what_somebody_puts_on_a_changes_branch_there_is_taken_in(
    repository: Repository, upstream: Checkout
) -> None:
    repository.create("change/1", repository.head())
    save(repository, TOPIC, reworded("soft", "stiff"), "change/1")
    upstream.git("checkout", "--quiet", "-b", "change/1")
    upstream.write(TOPIC, reworded("one kind", "a kind"))
    repository.fetch()
    text = repository.tree(repository.head("change/1")).read(TOPIC)
    assert text == reworded("soft", "stiff").replace("one kind", "a kind")


def test_a_branch_that_goes_is_gone_and_what_is_kept_stays(repository: Repository) -> None:
    repository.create("change/1", repository.head())
    made = save(repository, NEW, "a: b\n", "change/1")
    repository.keep("releases/1", made)
    repository.delete("change/1")
    repository.delete("change/1")
    assert repository.find("change/1") is None
    repository.git.run("gc", "--quiet", "--prune=now")
    assert repository.tree(made).read(NEW) == "a: b\n"
    with pytest.raises(ValueError, match="releases/3"):
        repository.keep("../heads/main", made)
