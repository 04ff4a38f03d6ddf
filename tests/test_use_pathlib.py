"""A path that has been rewritten says what it said before, on a machine where both can be asked."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import applied, check, config_for, subject_of
from mldebt.config import Config
from mldebt.engine.fixing import fixes_of
from mldebt.fixes.path_expression import escaped
from mldebt.rule import SAFE, UNSAFE, Fix
from mldebt.rules.configuration.hardcoded_path import Options
from mldebt.syntax.expressions import fstring_parts
from mldebt.text import Span

CONFIG = config_for("hardcoded-path")


def fixes(
    text: str, name: str = "train.py", paths: tuple[str, ...] = (), config: Config = CONFIG
) -> list[Fix]:
    """The fixes of the first finding."""
    findings, _ = check({name: text}, config)
    assert findings, f"no finding in {text!r}"
    return list(fixes_of(findings[0], subject_of(name, text), config, paths))


def fixed(text: str, name: str = "train.py", paths: tuple[str, ...] = ()) -> str:
    return applied(text, fixes(text, name, paths)[0])


VALUES = [
    ('"/home/ann/data/x.csv"', "data"),
    ("'/home/ann/data/it\\'s.csv'", "data"),
    ('"/home/ann/data/"', "data"),
    ('"/home/ann/data"', "data"),
    ("b'/home/ann/data/x.csv'", "data"),
    ('f"/home/ann/data/{name}.csv"', "data"),
    ("f'/home/ann/data/{name:>5}_{number!r}{{}}.csv'", "data"),
    ("f\"/home/ann/data/{codes['k']}/x.csv\"", "data"),
    ('f"/home/ann/data/" f"{name}" ".csv"', "data"),
    ('"/home/ann/data/" + name', "data"),
    ('"/home/ann/data/a_" + name + ".csv"', "data"),
    ('"/home/ann/data/" + str(number) + "/" + codes["k"] + ".csv"', "data"),
    ('"/home/ann/data/" + (name or "y") + ".csv"', "data"),
    ('"/home/ann/data/%s.csv" % name', "data"),
    ('"/home/ann/data/{}.csv".format(name)', "data"),
    ('os.path.join("/home/ann", "data", name + ".csv")', "data"),
    ('os.path.join("/home/ann/data", name, f"{number}.csv")', "data"),
    ('os.path.join("/home/ann/data/" + name, "x.csv")', "data"),
    ('Path("/home/ann/data/x.csv")', "data"),
    ('Path("/home/ann") / "data" / name', "data"),
    ('Path("/home/ann/data/x.csv").with_suffix(".txt")', "data"),
    ('os.path.dirname("/home/ann/data/x.csv")', "data"),
    ('("/home/ann/data/x.csv", 1)[0]', "data"),
    ('["/home/ann/data/x.csv"][0].upper()', "data"),
    ('"/home/ann/data/x.csv".replace("x", "y")', "data"),
    ('os.path.expanduser("~/data/x.csv")', "data"),
    ('Path("~/data/x.csv").expanduser()', "data"),
]


def value_of(text: str) -> object:
    scope: dict[str, object] = {}
    exec(compile(text, "train.py", "exec"), scope)
    return scope["value"]


@pytest.mark.parametrize(("source", "folder"), VALUES, ids=[source for source, _ in VALUES])
def test_the_value_stays_the_same(source: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("DATA_DIR", f"/home/ann/{folder}")
    text = (
        "import os\nfrom pathlib import Path\n\n"
        f'name, number, codes = "n", 7, {{"k": "kk"}}\nvalue = {source}\n'
    )
    before = value_of(text)
    found = fixes(text)
    assert {fix.title.split(" from ")[0] for fix in found} == {"Build the path", "Read the folder"}
    for fix in found:
        after = value_of(applied(text, fix))
        assert type(after) is type(before) and after == before, applied(text, fix)


def test_the_program_does_the_same_in_its_own_tree(tmp_path: Path) -> None:
    project = tmp_path / "churn"
    (project / "src").mkdir(parents=True)
    (project / "data").mkdir()
    (project / "data" / "a.csv").write_text("1,2\n", encoding="utf-8")
    text = (
        '"""Reads."""\nimport os\n\n'
        "def load(name):\n"
        f'    path = "{project.as_posix()}/data/a.csv"\n'
        "    with open(path) as file:\n        return file.read()\n\n"
        f'print(load("a"), os.path.getsize("{project.as_posix()}/data/a.csv"))\n'
    )
    config = config_for("hardcoded-path", options={"hardcoded-path": Options(also=(tmp_path.as_posix(),))})
    paths = ("data/a.csv", "src/train.py")
    script = project / "src" / "train.py"

    def output(text: str) -> str:
        script.write_text(text, encoding="utf-8")
        return subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout

    before = output(text)
    fix = fixes(text, "src/train.py", paths, config)[0]
    assert fix.safety is SAFE and "(2 places)" in fix.title
    after = applied(text, fix)
    assert output(after) == before
    assert 'path = Path(__file__).resolve().parents[1] / "data" / "a.csv"' in after
    moved = tmp_path / "elsewhere"
    project.rename(moved)
    run = subprocess.run(
        [sys.executable, moved / "src" / "train.py"], capture_output=True, text=True, check=True
    )
    assert run.stdout == before


READ = 'import pandas as pd\n\ntable = pd.read_csv("/home/ann/churn/data/a.csv")\n'


def test_a_file_of_the_project_is_safe_where_a_path_is_accepted() -> None:
    fix = fixes(READ, "src/train.py", ("data/a.csv",))[0]
    assert fix.safety is SAFE
    assert 'pd.read_csv(Path(__file__).resolve().parents[1] / "data" / "a.csv")' in applied(READ, fix)


@pytest.mark.parametrize(
    ("text", "name", "paths"),
    [
        (READ, "src/train.py", ("a.csv",)),  # one component may be any file of that name
        (READ.replace("pd.read_csv", "load"), "src/train.py", ("data/a.csv",)),  # load may want a string
        (READ.replace('a.csv"', '" + name'), "src/train.py", ("data/a.csv",)),  # name may be absolute
        (READ, "src/train.ipynb", ("data/a.csv",)),  # a notebook runs where it was started
    ],
)
def test_a_doubtful_file_of_the_project_is_not_safe(text: str, name: str, paths: tuple[str, ...]) -> None:
    (found,) = [fix for fix in fixes(text, name, paths) if "project's folder" in fix.title]
    assert found.safety is UNSAFE


def test_without_the_file_in_the_project_nothing_is_safe() -> None:
    assert all(fix.safety is UNSAFE for fix in fixes(READ, "src/train.py", ("data/b.csv",)))


def test_a_string_is_given_where_a_string_is_wanted() -> None:
    assert 'load(str(Path.home() / "a.csv"))' in fixed('load("/home/ann/a.csv")\n')
    assert 'sys.path.insert(0, str(Path.home() / "lib"))' in fixed(
        'import sys\n\nsys.path.insert(0, "/home/ann/lib")\n'
    )
    assert 'root: str = str(Path.home() / "x")' in fixed('class A:\n    root: str = "/home/ann/x"\n')


def test_a_local_name_becomes_a_path_only_if_all_its_uses_take_one() -> None:
    good = 'def f():\n    path = "/home/ann/a.csv"\n    return open(path), f"{path}"\n'
    assert 'path = Path.home() / "a.csv"' in fixed(good)
    for use in ('path + ".gz"', "path.upper()", "path[0]", "load(path)", 'f"{path!r}"', "path"):
        assert 'path = str(Path.home() / "a.csv")' in fixed(good.replace('f"{path}"', use)), use
    assert 'path = str(Path.home() / "a.csv")' in fixed(
        good.replace("    return", "    path = g()\n    return")
    )


def test_a_module_level_name_stays_a_string_for_who_imports_it() -> None:
    text = 'path = "/home/ann/a.csv"\nopen(path)\n'
    assert 'path = str(Path.home() / "a.csv")' in fixed(text)
    assert 'path = Path.home() / "a.csv"' in fixed(text, "a.ipynb")


def test_a_default_stays_a_default() -> None:
    text = 'import os\n\nparser.add_argument("--data-dir", default="/mnt/disk/imagenet")\n'
    (fix,) = fixes(text)
    assert 'default=os.environ.get("IMAGENET_DIR", "/mnt/disk/imagenet")' in applied(text, fix)
    text = 'import os\n\nroot = os.environ.get("ROOT", "/mnt/data/churn")\n'
    (fix,) = fixes(text)
    assert 'root = os.environ["ROOT"]' in applied(text, fix)


def test_imports_are_added_once_and_sorted() -> None:
    text = '"""Doc."""\n\nload("/mnt/big/set/a.csv")\n'
    assert fixed(text) == (
        '"""Doc."""\n\nimport os\nfrom pathlib import Path\n\nload(str(Path(os.environ["SET_DIR"]) / "a.csv"))\n'
    )
    text = 'from pathlib import Path as P\n\nload("/home/ann/a.csv")\n'
    assert fixed(text) == 'from pathlib import Path as P\n\nload(str(P.home() / "a.csv"))\n'


def test_a_comment_inside_the_expression_is_never_lost() -> None:
    text = 'x = load(\n    "/home/ann/"  # ours\n    "a.csv"\n)\n'
    assert fixes(text) == []


def test_a_shell_command_is_left_to_its_author() -> None:
    assert fixes('import os\n\nos.system("cp /home/ann/a.csv /tmp")\n') == []


@given(st.text(), st.sampled_from("\"'"))
def test_escaped_text_reads_back(text: str, quote: str) -> None:
    assert ast.literal_eval(quote + escaped(text, quote) + quote) == text


FSTRINGS = [
    ('f"a{x}b"', ["a", "{x}", "b"]),
    ("f'{x!r:>{width}}'", ["{x!r:>{width}}"]),
    ('rf"\\d{x}" "c"', ["\\d", "{x}", "c"]),
    ('f"{{}}{a[1:2]}"', ["{}", "{a[1:2]}"]),
    ("f'{d[\"k\"]}/x'", ['{d["k"]}', "/x"]),
    ('f"""a\n{x}"""', ["a\n", "{x}"]),
    ('f"\\N{BULLET}{x}"', ["•", "{x}"]),
    ('f"D:\\{x}"', ["D:\\", "{x}"]),
    ('rf"D:\\{x}\\{{"', ["D:\\", "{x}", "\\{"]),
    ('f"{ {1: 2}[x] }"', ["{ {1: 2}[x] }"]),
    ('f"{x:%H:%M\'}"', ["{x:%H:%M'}"]),
]


@pytest.mark.parametrize(("source", "parts"), FSTRINGS)
def test_an_fstring_comes_apart_at_its_holes(source: str, parts: list[str]) -> None:
    found = fstring_parts(source, Span(0, len(source)))
    assert found is not None
    assert [part.value if part.kind == "text" else f"{{{part.value}}}" for part in found] == parts


def test_windows_paths_are_read_on_every_system() -> None:
    text = 'from pathlib import Path\n\nx = load(r"D:\\scans\\raw\\a.csv")\n'
    assert 'load(str(Path(os.environ["RAW_DIR"]) / "a.csv"))' in fixed(text)
    assert os.sep  # the separator of this machine plays no part


def test_an_unknown_escape_in_the_checked_code_is_not_warned_of(recwarn: pytest.WarningsRecorder) -> None:
    text = 'from pathlib import Path\n\nx = load(f"D:\\scans\\{name}.csv")\n'
    assert 'Path(os.environ["SCANS_DIR"]) / f"{name}.csv"' in fixed(text)
    # Python is told to pass over the faults of texts that have this name.
    assert {warning.filename for warning in recwarn} <= {"<mldebt>"}
