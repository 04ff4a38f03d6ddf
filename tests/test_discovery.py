"""Discovery: git is the oracle for ignore files; the file system may be as odd as it likes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mldebt.engine.discovery import MAX_OTHER_PATHS, discover
from mldebt.engine.gitignore import compiled

GIT = shutil.which("git")


def make(root: Path, *files: str, **texts: str) -> None:
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    for name, text in texts.items():
        (root / name).write_text(text)


def ignore(root: Path, text: str, where: str = ".gitignore") -> None:
    path = root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def files(root: Path, *paths: str, **options) -> list[str]:
    return list(discover(paths or ["."], root=root, **options).files)


# --- ignore files, with git as the oracle --------------------------------------

WORDS = st.sampled_from(["a", "b", "ab", "a.py", "b.py", "*.py", "*", "**", "a*", "?", "[ab]", "[!a]", "[a-b]*", "\\a", "[]-a]b", "a b", "*b*", "***", "a**b", "[[:alpha:]]", "[a", "[^/]", "[b-a]"])  # fmt: skip
PATTERNS = st.builds(
    lambda bang, lead, words, tail: bang + lead + "/".join(words) + tail,
    st.sampled_from(["", "", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", " ", "\\ ", "/**"]),
)
TREE = [
    f"{one}{two}{three}"
    for one in ("", "a/", "b/", "ab/")
    for two in ("", "a/", "b/", "c/")
    for three in ("a.py", "b.py", "ab.py", "c.py")
] + ["a b/a.py", "]b/a.py", "-b/a.py"]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    subprocess.run([GIT, "init", "-q", str(root)], check=True)
    make(root, *TREE)
    return root


def git_lists(root: Path) -> list[str]:
    told = subprocess.run(
        [GIT, "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=root, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return sorted(name for name in told.split("\0") if name.endswith(".py"))


@pytest.mark.skipif(GIT is None, reason="git is the oracle")
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(PATTERNS, max_size=5),
    st.lists(PATTERNS, max_size=3),
    st.sampled_from(["a/", "ab/b/"]),
    st.lists(PATTERNS, max_size=2),
    st.sampled_from(["\n", "\r\n"]),
)
def test_agrees_with_git(
    repository: Path, top: list[str], nested: list[str], where: str, info: list[str], end: str
) -> None:
    (repository / ".gitignore").write_text(end.join(top), newline="")
    (repository / where / ".gitignore").write_text(end.join(nested), newline="")
    (repository / ".git/info/exclude").write_text("\n".join(info))
    try:
        assert files(repository) == git_lists(repository)
    finally:
        (repository / where / ".gitignore").unlink()


@given(
    st.lists(st.text(st.sampled_from("ab*?[]!\\/-^: #.\n"), max_size=12), max_size=4),
    st.text("ab/[]\\", max_size=6),
)
def test_no_pattern_raises(lines: list[str], path: str) -> None:
    patterns = compiled(lines)
    assert patterns is None or patterns.verdict(path) in (True, False, None)


def test_patterns_that_would_backtrack_are_quick() -> None:
    began = time.process_time()
    patterns = compiled(["*a*a*a*a*a*b", "**/**/**/**/x"])
    assert patterns.verdict("a" * 60) is None
    assert time.process_time() - began < 5


def test_ignore_outweighs_gitignore_and_nested_outweighs_outer(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "b.py", "c/a.py", "c/b.py")
    ignore(tmp_path, "a.py\nb.py\n")
    ignore(tmp_path, "!b.py\n", ".ignore")
    ignore(tmp_path, "!a.py\n", "c/.gitignore")
    assert files(tmp_path) == ["b.py", "c/a.py", "c/b.py"]


def test_ignore_files_above_the_root_up_to_the_repository_count(tmp_path: Path) -> None:
    (tmp_path / "repo/.git").mkdir(parents=True)
    make(tmp_path, "repo/app/a.py", "repo/app/b.py", "repo/app/in/c.py", "repo/app/in/d.py")
    ignore(tmp_path, "*.py\n", ".gitignore")  # outside the repository: says nothing
    ignore(tmp_path / "repo", "/app/b.py\n/a.py\nin/c.py\n")
    assert files(tmp_path / "repo/app") == ["a.py", "in/c.py", "in/d.py"]
    ignore(tmp_path / "repo", "/app/b.py\n**/in/c.py\n")
    assert files(tmp_path / "repo/app") == ["a.py", "in/d.py"]


def test_a_worktree_has_its_exclude_file_elsewhere(tmp_path: Path) -> None:
    make(tmp_path, "tree/a.py", "tree/b.py")
    ignore(tmp_path, "b.py\n", "main/.git/info/exclude")
    ignore(tmp_path, "../..\n", "main/.git/worktrees/tree/commondir")
    ignore(tmp_path, f"gitdir: {tmp_path}/main/.git/worktrees/tree\n", "tree/.git")
    assert files(tmp_path / "tree") == ["a.py"]


def test_without_gitignore(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "b.py")
    ignore(tmp_path, "a.py\n")
    assert files(tmp_path, respect_gitignore=False) == ["a.py", "b.py"]


# --- what is named ---------------------------------------------------------------


def test_a_named_file_is_taken_unless_exclusion_is_forced(tmp_path: Path) -> None:
    make(tmp_path, "gen/a.py", "gen/b.py", "c.py", "build/d.py")
    ignore(tmp_path, "gen/\n")
    assert files(tmp_path) == ["c.py"]
    assert files(tmp_path, "gen/a.py", "build/d.py") == ["build/d.py", "gen/a.py"]
    forced = discover(["gen/a.py", "build/d.py", "c.py"], root=tmp_path, force_exclude=True)
    assert forced.files == ("c.py",)
    assert [skip.path for skip in forced.skipped] == ["build/d.py", "gen/a.py"]


def test_a_named_directory_is_walked_even_if_ignored(tmp_path: Path) -> None:
    make(tmp_path, "gen/a.py", "gen/in/b.py", "gen/in/c.py")
    ignore(tmp_path, "gen/\n")
    ignore(tmp_path, "c.py\n", "gen/in/.gitignore")
    assert files(tmp_path, "gen") == ["gen/a.py", "gen/in/b.py"]
    assert files(tmp_path, "gen", force_exclude=True) == []


def test_exclude_patterns(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "old/b.py", "x/old/c.py", "x/d.tmp.py")
    assert files(tmp_path, exclude=["/old", "*.tmp.py"]) == ["a.py", "x/old/c.py"]
    assert files(tmp_path, exclude=["old"]) == ["a.py", "x/d.tmp.py"]


def test_each_file_once_in_any_order(tmp_path: Path) -> None:
    make(tmp_path, "b/a.py", "b/c/d.py", "a.py")
    one = discover(["b", "b/c", ".", "b/a.py", str(tmp_path / "a.py")], root=tmp_path)
    other = discover([str(tmp_path / "a.py"), "b/a.py", ".", "b/c", "b"], root=tmp_path)
    assert one == other
    assert one.files == ("a.py", "b/a.py", "b/c/d.py")


def test_manifests_above_the_named_paths_are_context(tmp_path: Path) -> None:
    make(
        tmp_path,
        "requirements.txt",
        "src/params.yaml",
        "src/pkg/train.py",
        "other/env.yml",
        "other.py",
        "ignored.yaml",
    )
    ignore(tmp_path, "ignored.yaml\n")
    found = discover(["src/pkg"], root=tmp_path)
    assert found.files == ("src/pkg/train.py",)
    assert found.context == ("requirements.txt", "src/params.yaml")
    assert set(found.all_paths) == {"requirements.txt", "src/params.yaml", "src/pkg/train.py"}
    assert discover([], root=tmp_path)[:3] == ((), ("requirements.txt",), ("requirements.txt",))


def test_what_does_not_exist_is_told(tmp_path: Path) -> None:
    found = discover(["nowhere.py"], root=tmp_path)
    assert found.files == ()
    assert found.skipped == (("nowhere.py", "no such file or directory"),)


def test_a_path_outside_the_root_may_be_named(tmp_path: Path) -> None:
    make(tmp_path, "root/a.py", "other/b.py", "other/c.py")
    ignore(tmp_path, "c.py\n", "other/.gitignore")
    assert files(tmp_path / "root", "../other", ".") == ["../other/b.py", "a.py"]


# --- what is never read ------------------------------------------------------------


def test_environments_caches_templates_and_run_copies(tmp_path: Path) -> None:
    make(
        tmp_path, "a.py", "env/pyvenv.cfg", "env/lib/x.py", "conda/conda-meta/history", "conda/x.py", ".venv/x.py",
        "node_modules/x.py", "pkg/__pycache__/x.py", "x.egg-info/x.py", "mlruns/0/conda.yaml", "wandb/run-2024/files/x.py",
        "wandb/train.py", ".dvc/cache/x.py", ".dvc/config", "{{ cookiecutter.name }}/x.py", ".github/workflows/ci.yml", ".#a.py",
        "nb/.ipynb_checkpoints/a-checkpoint.ipynb", "site-packages/x.py",
    )  # fmt: skip
    found = discover(["."], root=tmp_path)
    assert found.files == (".github/workflows/ci.yml", "a.py", "wandb/train.py")
    assert {skip.path for skip in found.skipped} == {"env", "conda"}


def test_an_environment_named_as_root_is_walked(tmp_path: Path) -> None:
    make(tmp_path, "pyvenv.cfg", "a.py")
    assert files(tmp_path) == ["a.py"]


def test_odd_files_are_skipped_with_a_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "dir.py/inner.py", "data.bin")
    os.mkfifo(tmp_path / "fifo.py")
    (tmp_path / "big.py").write_bytes(b"#" * 5_000_001)
    (tmp_path / "gone.py").symlink_to("nowhere")
    (tmp_path / "same.py").symlink_to("a.py")
    (tmp_path / "out.py").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "outside").symlink_to("/usr")
    with socket.socket(socket.AF_UNIX) as one:
        here = os.getcwd()
        os.chdir(tmp_path)
        try:
            one.bind("sock.py")
        finally:
            os.chdir(here)
        found = discover(["."], root=tmp_path)
    assert found.files == ("a.py",)
    reasons = dict(found.skipped)
    assert set(reasons) == {"dir.py", "fifo.py", "big.py", "gone.py", "same.py", "out.py", "sock.py"}
    assert "5.0 MB" in reasons["big.py"]
    assert reasons["gone.py"] == "a link to nothing"
    assert "out of the workspace" in reasons["out.py"]
    assert "big.py" in found.all_paths
    assert "data.bin" in found.all_paths


def test_a_named_link_is_read(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    (tmp_path / "same.py").symlink_to("a.py")
    assert files(tmp_path, "same.py") == ["same.py"]
    assert discover(["same.py"], root=tmp_path, max_bytes=1).skipped[0].path == "same.py"


def test_a_linked_root_is_the_same_root(tmp_path: Path) -> None:
    make(tmp_path, "real/a.py")
    (tmp_path / "link").symlink_to("real")
    assert files(tmp_path / "link", str(tmp_path / "link/a.py"), str(tmp_path / "real")) == ["a.py"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_directory_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "locked/b.py")
    (tmp_path / "locked").chmod(0)
    try:
        found = discover(["."], root=tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o755)
    assert found.files == ("a.py",)
    assert found.skipped == (("locked", "permission denied"),)


def test_a_directory_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.py", "locked/b.py")
    scandir = os.scandir

    def denied(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    found = discover(["."], root=tmp_path)
    assert found.files == ("a.py",)
    assert found.skipped == (("locked", "permission denied"),)


def test_names_that_are_not_utf8_survive(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.py"
    try:
        with open(raw, "wb") as file:
            file.write(b"x = 1\n")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    make(tmp_path, "line\nend.py", "ä b.py")
    ignore(tmp_path, "nothing\n")
    found = files(tmp_path)
    assert found == ["caf\udce9.py", "line\nend.py", "ä b.py"] or sorted(found) == sorted(
        ["caf\udce9.py", "line\nend.py", "ä b.py"]
    )
    assert os.fsencode(found[0]) == b"caf\xe9.py"


def test_ten_thousand_files_list_in_well_under_a_second(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / f"d{folder}").mkdir()
        for number in range(100):
            (
                tmp_path
                / f"d{folder}/{'train' if number % 2 else 'image'}_{number}.{'py' if number % 2 else 'png'}"
            ).touch()
    ignore(tmp_path, "".join(f"pattern{number}*/\n*.ext{number}\n" for number in range(60)))
    began = time.perf_counter()
    found = discover(["."], root=tmp_path)
    assert time.perf_counter() - began < 1
    assert len(found.files) == 5_000
    assert len(found.all_paths) == 10_001


def test_crowds_of_other_files_are_cut_with_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mldebt.engine.discovery.MAX_OTHER_PATHS", 10)
    make(tmp_path, *(f"{number}.png" for number in range(30)), "a.py")
    found = discover(["."], root=tmp_path)
    assert found.files == ("a.py",)
    assert len(found.all_paths) == 11
    assert len(found.skipped) == 1
    assert MAX_OTHER_PATHS > 10_000
