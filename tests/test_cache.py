"""The cache: never an old answer, never a foreign one, never in the way."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path

import pytest
from command_line import files, run

from examples import examples_of, report_of
from mldebt.config import Config, WatchedConfig
from mldebt.engine import storage
from mldebt.engine.cache import FOLDER, Cache, is_settled, stat_of
from mldebt.engine.reading import FINGERPRINTS, FIX_EDITS, FIX_TITLES, Read, read_file
from mldebt.rule import Fact, Report
from mldebt.rules import all_rules
from mldebt.text import Span

LEAKY = 'import pandas as pd\n\nframe = pd.read_csv("/home/maria/train.csv")\n'
CLEAN = LEAKY.replace("/home/maria/", "")
ONLY = (".", "--select", "hardcoded-path", "--format", "json")
CONFIG = Config(today=datetime.date(2026, 1, 15), select=("all",))


def settle(root: Path) -> None:
    """Let the clock go on, so that stats made so far are trusted."""
    time.sleep(0.08)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = files(tmp_path / "w", {"pyproject.toml": "", "a.py": LEAKY, "b/c.py": CLEAN})
    run(root, *ONLY)
    settle(root)
    run(root, *ONLY)
    return root


def cache_file(root: Path) -> Path:
    (found,) = (root / FOLDER).glob("*.bin")
    return found


def test_the_cache_folder_ignores_itself(project: Path) -> None:
    assert {path.name for path in (project / FOLDER).iterdir()} == {
        ".gitignore",
        "CACHEDIR.TAG",
        cache_file(project).name,
    }
    assert (project / FOLDER / ".gitignore").read_text() == "*\n"


def test_an_unmarked_folder_stays_clean(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY})
    ran = run(root, *ONLY)
    assert ran.code == 1 and [path.name for path in root.iterdir()] == ["a.py"]
    assert list((tmp_path / "w-home/cache/mldebt-lsp").glob("*/*.bin"))


def test_no_cache_leaves_nothing(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"pyproject.toml": "", "a.py": LEAKY})
    run(root, *ONLY, "--no-cache")
    assert not (root / FOLDER).exists() and not (tmp_path / "w-home/cache").exists()


def test_a_warm_run_writes_nothing_and_says_the_same(project: Path) -> None:
    settle(project)
    first = run(project, *ONLY)
    before = stat_of(str(cache_file(project)))
    second = run(project, *ONLY)
    assert stat_of(str(cache_file(project))) == before
    assert second == first and second.code == 1


@pytest.mark.parametrize("same_stat", [False, True])
def test_a_change_is_seen_even_with_size_and_mtime_restored(project: Path, same_stat: bool) -> None:
    path = project / "a.py"
    before = path.stat()
    path.write_text(LEAKY.replace("/home/maria/", "home/marias/") if same_stat else CLEAN)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size or not same_stat
    assert run(project, *ONLY).findings == []


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "new.py").write_text(LEAKY),
        lambda root: (root / "b/new.py").write_text(LEAKY),
        lambda root: (root / "b/c.py").write_text(LEAKY),
        lambda root: (root / "a.py").unlink(),
        lambda root: (root / "a.py").rename(root / "z.py"),
        lambda root: (root / "mldebt.toml").write_text('[severity]\nhardcoded-path = "hint"\n'),
        lambda root: (root / "b/mldebt.toml").write_text("bad = 1\n"),
        lambda root: (root / "pyproject.toml").write_text(
            '[tool.mldebt]\n[tool.mldebt.severity]\nhardcoded-path = "error"\n'
        ),
        lambda root: (root / ".gitignore").write_text("a.py\n"),
        lambda root: (root / "a.py").chmod(0o000) if os.getuid() else (root / "a.py").unlink(),
    ],
)
def test_whatever_changes_the_answer_is_seen(project: Path, change) -> None:
    warm = run(project, *ONLY)
    change(project)
    now = run(project, *ONLY)
    fresh = run(project, *ONLY, "--no-cache")
    assert (now.code, now.out) == (fresh.code, fresh.out)
    assert (now.code, now.out) != (warm.code, warm.out)


def test_other_questions_get_other_answers(project: Path) -> None:
    assert run(project, *ONLY, "--fail-on", "error").code == 0
    assert run(project, *ONLY, "--ignore", "hardcoded-path").findings == []
    assert run(project, *ONLY).code == 1
    concise = run(project, ".", "--select", "hardcoded-path", "--format", "concise")
    assert concise.out.startswith("a.py:3:")
    assert run(project / "b", *ONLY).findings == []
    assert [one["fixes"] != [] for one in run(project, *ONLY).findings] == [True], (
        "titles of fixes, though concise had none"
    )


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "foreign", "garbage"])
def test_a_damaged_or_foreign_cache_is_ignored(project: Path, damage: str) -> None:
    path = cache_file(project)
    data = path.read_bytes()
    key = project.parent / "w-home/cache/mldebt-lsp/key"
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "flip":
        # A finding less, said by somebody without the key.
        path.write_bytes(data.replace(b"hardcoded-path", b"hardcoded-paht"))
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "garbage":
        path.write_bytes(data[:40] + os.urandom(4000))
    else:
        key.write_bytes(os.urandom(32))
    ran = run(project, *ONLY)
    assert ran.code == 1 and ran.rules == ["hardcoded-path"] and ran.err == ""
    assert run(project, *ONLY).rules == ["hardcoded-path"]


def test_a_cache_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"pyproject.toml": "", "a.py": LEAKY, FOLDER: "a file in its place"})
    ran = run(root, *ONLY)
    assert (ran.code, ran.err) == (1, "")


def test_runs_at_once_leave_a_whole_cache(project: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda n: run(project, *ONLY, "--today", f"2026-01-0{n}"), range(1, 7)))
    assert {(one.code, one.out, one.err) for one in ran} == {(1, ran[0].out, "")}
    assert Cache(str(project / FOLDER), str(project.parent / "w-home/cache/mldebt-lsp"))._runs
    assert not list((project / FOLDER).glob("*.bin.*"))


def test_a_named_cache_folder_brings_its_key(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"pyproject.toml": "", "a.py": LEAKY})
    run(root, *ONLY, "--cache-dir", "../kept")
    assert (tmp_path / "kept/key").exists() and not (root / FOLDER).exists()
    assert run(root, *ONLY, "--cache-dir", "../kept").code == 1


def test_an_editor_can_keep_results_out_of_a_folder(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"pyproject.toml": "", "a.py": LEAKY})
    elsewhere = {"MLDEBT_CACHE_DIR": str(tmp_path / "kept")}
    first = run(root, *ONLY, env=elsewhere)
    assert (tmp_path / "kept/key").exists() and len(list((tmp_path / "kept").glob("*/*.bin"))) == 1
    assert not (root / FOLDER).exists() and not (tmp_path / "w-home/cache").exists()
    assert run(root, *ONLY, env=elsewhere) == first
    run(root, *ONLY, "--cache-dir", "../named", env=elsewhere)
    assert (tmp_path / "named/key").exists(), "what the command says weighs more"


def test_what_depends_on_the_date_is_asked_again_the_next_day() -> None:
    config = WatchedConfig.of(CONFIG)
    read = read_file("a.py", LEAKY.encode(), config)
    assert config.date_asked == read.dated
    for dated, day, known in (
        (False, "2026-01-16", True),
        (True, "2026-01-15", True),
        (True, "2026-01-16", False),
    ):
        blob = storage.packed(read._replace(dated=dated), "2026-01-15", 0)
        assert blob is not None
        assert (unpacked(blob, "a.py", day, 0) is not None) == known


def test_asking_for_the_date_is_noticed() -> None:
    config = WatchedConfig.of(CONFIG)
    assert not config.date_asked and config.today == CONFIG.today and config.date_asked
    config.forget()
    assert not config.date_asked


def unpacked(blob: bytes, path: str, today: str, detail: int) -> Read | None:
    import marshal

    return storage.unpacked(marshal.loads(blob), path, today, detail)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rules_findings_and_facts_survive_the_cache(rule) -> None:
    for example in examples_of(rule):
        for path, text in example.files.items():
            report = report_of(path, text, CONFIG)
            read = Read(report, {3: ("x",)}, {0: (("t", "safe", "", ()),)}, ("f",), False, "00")
            blob = storage.packed(read, "2026-01-15", 0)
            assert blob is not None, f"{rule.id} puts something into a fact or finding that is no plain data"
            assert unpacked(blob, path, "2026-01-15", 0) == read


def test_spans_inside_facts_stay_spans_and_objects_are_refused() -> None:
    def kept(detail: tuple[object, ...]) -> object:
        report = Report("a.py", "", facts=(Fact("k", "s", Span(0, 1), detail),))
        blob = storage.packed(Read(report, {}, {}), "", 0)
        read = unpacked(blob, "a.py", "", 0) if blob else None
        return read.report.facts[0].detail if read else None

    assert kept((Span(1, 2), ("a", Span(3, 4)), frozenset({1}), None)) == (
        Span(1, 2),
        ("a", Span(3, 4)),
        frozenset({1}),
        None,
    )
    assert isinstance(kept((Span(1, 2),))[0], Span)
    assert kept((object(),)) is None


def test_more_detail_covers_less() -> None:
    assert storage.covers(FIX_EDITS, FIX_TITLES) and storage.covers(FIX_TITLES, 0)
    assert not storage.covers(FIX_TITLES, FIX_EDITS) and not storage.covers(FIX_EDITS, FINGERPRINTS)


def test_a_stat_within_a_moment_of_the_change_is_not_trusted() -> None:
    second = 1_000_000_000
    fine = (5 * second + 7, 5 * second + 7, 1, 1)
    assert not is_settled(fine, 5 * second + 1_000) and is_settled(fine, 6 * second)
    coarse = (5 * second, 5 * second, 1, 1)
    assert not is_settled(coarse, 7 * second) and is_settled(coarse, 8 * second)
