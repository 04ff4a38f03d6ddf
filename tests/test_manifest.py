"""Manifests: every span tells the truth, and no text, however hostile, raises."""

from __future__ import annotations

import datetime
import math
import re
import string
import sys
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Pep508

from mldebt.syntax.manifest import Manifest, manifest_kind, read_manifest
from mldebt.syntax.manifest_requirements import canonical, parse_requirement
from mldebt.syntax.views import UNKNOWN

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written(manifest: Manifest, span) -> str:
    return manifest.text[span.start : span.end]


def same(left, right) -> bool:
    if isinstance(left, float) and isinstance(right, float) and math.isnan(left):
        return math.isnan(right)
    return type(left) is type(right) and left == right


def at_path(data, key):
    for part in key:
        data = data[part]
    return data


# --- TOML ---------------------------------------------------------------------

BARE = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=6)
KEY_TEXT = st.one_of(BARE, st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=6))
TOML_SCALARS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.booleans(),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=12),
    st.dates(),
    st.datetimes(min_value=datetime.datetime(1000, 1, 1)),
)


def toml_string(text: str, style: int) -> str:
    """One of TOML's four ways to write this string, the basic one where another cannot."""
    if style == 1 and not any(ord(char) < 32 or char in "'\x7f" for char in text):
        return f"'{text}'"
    if (
        style == 2
        and "'" not in text
        and not any((ord(char) < 32 and char not in "\t\n") or char == "\x7f" for char in text)
    ):
        return f"'''\n{text}'''"
    escaped = "".join(f"\\U{ord(char):08x}" if ord(char) < 32 or char in '"\\\x7f' else char for char in text)
    if style == 3:
        quotes = '"' if text.endswith("x") else ""
        return (
            f'"""{escaped[:-1]}\\U00000078"""'
            if quotes
            else f'"""\\\n   {escaped}"""'
            if text.strip() == text
            else f'"""{escaped}"""'
        )
    return f'"{escaped}"'


def toml_value(draw, value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return toml_string(value, draw(st.integers(0, 3)))
    if isinstance(value, float):
        return (
            "nan"
            if math.isnan(value)
            else ("inf" if value > 0 else "-inf")
            if math.isinf(value)
            else toml_float(value)
        )
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=draw(st.sampled_from("T ")))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        blank = draw(st.sampled_from(["", " ", "\n  ", " # a ] comment\n"]))
        inner = ("," + blank).join(toml_value(draw, item) for item in value)
        return f"[{blank}{inner}{blank}{',' if value and draw(st.booleans()) else ''}]"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{toml_key(draw, key)} = {toml_value(draw, item)}" for key, item in value.items())
            + " }"
        )
    return repr(value)


def toml_float(value: float) -> str:
    text = repr(value)
    return text if "." in text or "e" not in text else text.replace("e", ".0e")


def toml_key(draw, key: str) -> str:
    if (
        key
        and all(char in string.ascii_letters + string.digits + "-_" for char in key)
        and draw(st.booleans())
    ):
        return key
    return toml_string(key, draw(st.integers(0, 1)))


TOML_VALUES = st.recursive(
    TOML_SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEY_TEXT, inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def toml_documents(draw):
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = []
    tables = draw(st.dictionaries(BARE, st.dictionaries(KEY_TEXT, TOML_VALUES, max_size=3), max_size=3))
    for number, (name, pairs) in enumerate(tables.items()):
        if number:
            header = draw(st.sampled_from(["[{}]", "[ {} ] # x = 1", "[[{}]]", "[{}.'sub key']"]))
            lines += [header.format(name)]
        for key, value in pairs.items():
            dotted = "" if draw(st.booleans()) or not number else "dotted ."
            pad = draw(st.sampled_from(["", " ", "\t"]))
            lines.append(f"{pad}{dotted}{toml_key(draw, key)}{pad}={pad}{toml_value(draw, value)}{pad}# c")
    return end.join(line.replace("\n", end) for line in lines) + draw(st.sampled_from(["", end]))


@QUICK
@given(toml_documents())
def test_every_toml_span_parses_to_its_value(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except ValueError:
        # `dotted.` may collide with another key; that is the standard reader's to refuse.
        assert read_manifest("a.toml", text).error
        return
    manifest = read_manifest("a.toml", text)
    assert not manifest.error
    scalars = 0
    for entry in manifest.entries:
        value = at_path(data, entry.key)
        if isinstance(entry.key[-1], str) and not written(manifest, entry.value_span).startswith("["):
            read_back = tomllib.loads(written(manifest, entry.key_span) + " = 1")
            while isinstance(read_back, dict):
                (last, read_back), *_ = read_back.items()
            assert last == entry.key[-1]
        if isinstance(value, (dict, list)):
            assert entry.value is UNKNOWN
            continue
        scalars += 1
        assert same(entry.value, value)
        assert same(tomllib.loads("x = " + written(manifest, entry.value_span))["x"], value)
    assert scalars == count_scalars(data)


def count_scalars(data) -> int:
    if isinstance(data, dict):
        return sum(count_scalars(value) for value in data.values())
    if isinstance(data, list):
        return sum(count_scalars(value) for value in data)
    return 1


def test_toml_containers_have_the_span_of_what_they_hold() -> None:
    manifest = read_manifest("a.toml", '[a]\nx = [1, [2, "]"]] # c\n\n[[b]]\n[[b]]\ny = {z = 1}\n')
    assert written(manifest, manifest.get("a").value_span) == '[a]\nx = [1, [2, "]"]]'
    assert written(manifest, manifest.get("a", "x", 1).value_span) == '[2, "]"]'
    assert written(manifest, manifest.get("b", 1).value_span) == "[[b]]\ny = {z = 1}"
    assert [comment.text for comment in manifest.comments] == ["# c"]
    assert manifest.value("b", 1, "y", "z") == 1
    assert [entry.key for entry in manifest.under("a")] == [
        ("a", "x"),
        *(("a", "x", i) for i in (0, 1)),
        *(("a", "x", 1, i) for i in (0, 1)),
    ]


# --- YAML ---------------------------------------------------------------------

YAML_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False),
        st.dates(), st.text(st.characters(blacklist_categories=("Cs",)), max_size=20),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(st.characters(blacklist_categories=("Cs",)), max_size=6), inner, max_size=4)),
    max_leaves=12,
)  # fmt: skip


@QUICK
@given(
    YAML_VALUES,
    st.sampled_from([None, True, False]),
    st.booleans(),
    st.sampled_from([None, "'", '"', "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_every_yaml_span_parses_to_its_value(data, flow, unicode, style, end, bom) -> None:
    text = yaml.safe_dump(
        {"root": data},
        default_flow_style=flow,
        allow_unicode=unicode,
        default_style=style,
        width=40,
        line_break=end,
    )
    text = ("\ufeff" if bom else "") + text
    expected = yaml.safe_load(text)
    manifest = read_manifest("a.yaml", text)
    assert not manifest.error
    scalars = 0
    for entry in manifest.entries:
        value = at_path(expected, entry.key)
        if entry.value is UNKNOWN:
            assert isinstance(value, (dict, list))
            continue
        scalars += 1
        assert same(entry.value, value), (entry, value)
        body = written(manifest, entry.value_span)
        if body[:1] in ("|", ">"):
            continue
        if tag := re.search(r"!!\w+\s+\Z", text[: entry.value_span.start]):
            body = tag[0] + body
        if body:
            # Quoted scalars may be folded over lines: indent them as a value again.
            assert same(yaml.safe_load("x: " + body)["x"], value), body
    assert scalars == count_scalars(expected)


def test_yaml_keeps_comments_apart_from_scalars() -> None:
    text = 'a: "# no" # yes\nb: x#no\n# own\nc: |  # in the header\n  # no\n# after\nd: [1, # inner\n 2]\n'
    manifest = read_manifest("a.yaml", text)
    assert [(comment.text, comment.own_line) for comment in manifest.comments] == [
        ("# yes", False), ("# own", True), ("# after", True), ("# inner", False),
    ]  # fmt: skip


def test_yaml_documents_aliases_and_anchors() -> None:
    manifest = read_manifest(
        "a.yaml", "base: &b  # why\n  lr: &l 1e-3\nrun:\n  <<: *b\n  lr: *l\n---\nlr: !!float 2\n"
    )
    assert manifest.value("base", "lr") == manifest.value("run", "lr") == 0.001
    assert written(manifest, manifest.get("base", "lr").value_span) == "1e-3"
    assert written(manifest, manifest.get("base").value_span) == "lr: &l 1e-3"
    assert written(manifest, manifest.get("run", "lr").value_span) == "*l"
    assert manifest.get("run", "<<").value is UNKNOWN
    assert manifest.value("---", 1, "lr") == 2.0


def test_yaml_keeps_what_stands_before_an_error() -> None:
    manifest = read_manifest("a.yaml", "lr: 0.1\nopt:\n  beta: 0.9\n  bad: [1, 2\nafter: 3\n")
    assert manifest.error.startswith("line ")
    assert manifest.value("lr") == 0.1
    assert manifest.value("opt", "beta") == 0.9


def test_a_repeated_key_is_told_and_the_last_one_counts() -> None:
    manifest = read_manifest("a.yaml", "lr: 1\nx: {lr: 3}\nlr: 2\n")
    assert manifest.error == "line 3: `lr` is given twice; the last one counts"
    assert manifest.value("lr") == 2


@pytest.mark.parametrize(
    ("path", "text", "word"),
    [
        ("a.yaml", "name: {{ cookiecutter.name }}\n", "template"),
        ("a.yaml", "{% if x %}\na: 1\n{% endif %}\n", "template"),
        ("a.toml", "{% if x %}\na = 1\n", "template"),
        ("requirements.txt", "numpy\n{% if x %}\ntorch\n{% endif %}\n", "template"),
        ("a.yaml", "a:\n\tb: 1\n", "line 2"),
        ("a.toml", "a = 1\na = 2\n", "line 2"),
        ("a.toml", "a = ", "at the end: "),
        ("a.yaml", "a: b\0c\n", "line 1"),
        ("requirements.txt", "numpy\n\0\n", "line 2"),
        ("setup.cfg", "[options]\n\0\n", "line 2"),
        ("a.yaml", "[" * 10_000 + "]" * 10_000, "deeper"),
        ("a.yaml", "- " * 10_000, "deeper"),
        ("a.yaml", "\n".join(" " * depth + "a:" for depth in range(1_000)), "deeper"),
        ("a.toml", "a = " + "[" * 10_000 + "]" * 10_000, "deep"),
        ("a.yaml", "a: 1\n" * 1_000_000, "larger"),
        ("a.toml", "a = 1\n" * 1_000_000, "larger"),
        ("a.yaml", "a: \ud800\n", "Unicode"),
        ("Pipfile.lock", "[" * 100_000, "not a lock"),
        ("Pipfile.lock", '{"default": []}', "not a lock"),
    ],
)  # fmt: skip
def test_trouble_is_told_not_raised(path: str, text: str, word: str) -> None:
    began = time.process_time()
    manifest = read_manifest(path, text)
    assert word in manifest.error
    assert time.process_time() - began < 2


def test_a_yaml_bomb_stays_small() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 60))
    manifest = read_manifest("a.yaml", "l0: &l0 lol\n" + levels)
    assert len(manifest.entries) == 60 + 59 * 9


@pytest.mark.parametrize(
    "text",
    ["a: '{{ x }}'\n", "run: ${{ matrix.x }}\n", "d: at {{ $labels.x }} down\n", "s: |\n  {% if x %}\n"],
)
def test_braces_inside_scalars_are_text(text: str) -> None:
    manifest = read_manifest("a.yaml", text)
    assert not manifest.error
    assert len(manifest.entries) == 1


KINDS = ["a.yaml", "a.toml", "requirements.txt", "environment.yml", "pyproject.toml", "Pipfile", "setup.cfg", "uv.lock", "conda-lock.yml", "Pipfile.lock", "Makefile"]  # fmt: skip


@QUICK
@given(
    st.sampled_from(KINDS),
    st.text(
        st.one_of(st.characters(), st.sampled_from("[]{}:-#\n\r\t '\"\\&*!|>=,<~;@.0a\0\ufeff\ud800")),
        max_size=80,
    ),
)
def test_no_text_raises_and_every_span_lies_in_it(path: str, text: str) -> None:
    manifest = read_manifest(path, text)
    spans = [span for entry in manifest.entries for span in (entry.key_span, entry.value_span)]
    spans += [
        span for item in manifest.requirements for span in (item.span, item.name_span, item.specifier_span)
    ]
    spans += [item.span for item in (*manifest.comments, *manifest.options)]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
    for comment in manifest.comments:
        assert written(manifest, comment.span) == comment.text


# --- requirements -------------------------------------------------------------

NAMES = st.from_regex(r"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,8}[A-Za-z0-9])?\Z")
CLAUSES = st.tuples(
    st.sampled_from(["==", "~=", "!=", "<=", ">=", "<", ">"]),
    st.sampled_from(["1.2", "2.0.1", "0.1rc1", "1.0+cu118", "3.4.post1"]),
).filter(lambda clause: "+" not in clause[1] or clause[0] in ("==", "!="))


@QUICK
@given(
    NAMES,
    st.lists(NAMES, max_size=2),
    st.lists(CLAUSES, max_size=3),
    st.booleans(),
    st.sampled_from(["", " "]),
    st.sampled_from(["", ' ; python_version < "3.9"']),
)
def test_requirements_agree_with_packaging(name, extras, clauses, brackets, blank, marker) -> None:
    specifier = f"{blank},{blank}".join(operator + blank + version for operator, version in clauses)
    specifier = f"({specifier})" if brackets and specifier else specifier
    text = f"{name}{blank}{'[' + ','.join(extras) + ']' if extras else ''}{blank}{specifier}{marker}"
    theirs = Pep508(text)
    ours = parse_requirement(text)
    assert ours is not None
    assert text[slice(*ours.name_span)] == name
    assert {*ours.extras} == {canonical(extra) for extra in theirs.extras}
    assert {*ours.specifier.split(",")} - {""} == {operator + version for operator, version in clauses}
    assert text[slice(*ours.specifier_span)].replace(" ", "") == specifier.replace(" ", "")
    assert bool(ours.marker) == bool(theirs.marker)


@QUICK
@given(st.text(string.ascii_letters + string.digits + " .-_[](),<>=!~;@\"'", max_size=20))
def test_what_packaging_reads_we_read(text: str) -> None:
    try:
        theirs = Pep508(text)
    except InvalidRequirement:
        return
    ours = parse_requirement(text)
    assert ours is not None
    assert text[slice(*ours.name_span)] == theirs.name
    assert bool(ours.specifier) == bool(theirs.specifier)


def looseness(path: str, text: str) -> dict[str, str]:
    manifest = read_manifest(path, text)
    assert not manifest.error
    return {requirement.name: requirement.looseness for requirement in manifest.requirements}


def test_requirement_files() -> None:
    text = (
        "-r base.txt\n--constraint=c.txt\n--index-url https://example.org\n"
        "Numpy==1.26.4 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb  # pinned\n"
        "torch >= 2.0, <3 ; python_version > '3.8'\nscikit_learn[x,Y]\npandas~=2.1.0\nscipy==1.*\n"
        "-e git+https://example.org/a/b.git@main#egg=b\nfoo @ https://example.org/foo-1.0-py3-none-any.whl\n"
        "git+https://example.org/d.git@0123456789abcdef0123456789abcdef01234567#egg=d\n./local\n# tail"
    )  # fmt: skip
    manifest = read_manifest("requirements/base.txt", text)
    assert not manifest.error
    assert [(option.name, option.value) for option in manifest.options][:3] == [
        ("-r", "base.txt"), ("-c", "c.txt"), ("-i", "https://example.org"),
    ]  # fmt: skip
    assert {requirement.name: requirement.looseness for requirement in manifest.requirements} == {
        "numpy": "exact", "torch": "range", "scikit-learn": "bare", "pandas": "near", "scipy": "range",
        "b": "bare", "foo": "exact", "d": "exact", "": "exact",
    }  # fmt: skip
    numpy = manifest.requirements[0]
    assert numpy.hashes == ("sha256:aa", "sha256:bb")
    assert written(manifest, numpy.specifier_span) == "==1.26.4"
    assert written(manifest, manifest.requirements[1].span).endswith("'3.8'")
    assert [comment.text for comment in manifest.comments] == ["# pinned", "# tail"]


def test_a_line_that_is_no_requirement_is_told_and_the_others_stay() -> None:
    manifest = read_manifest("requirements.txt", "numpy\npip install torch\npandas\n")
    assert manifest.error.startswith("line 2:")
    assert [requirement.name for requirement in manifest.requirements] == ["numpy", "pandas"]


def test_pyproject_groups() -> None:
    manifest = read_manifest(
        "pyproject.toml",
        '[build-system]\nrequires = ["hatchling"]\n[project]\ndependencies = ["numpy>=1", "torch==2.1.0"]\n'
        '[project.optional-dependencies]\nviz = ["matplotlib"]\n[dependency-groups]\ndev = ["pytest", {include-group = "x"}]\n'
        '[tool.uv]\ndev-dependencies = ["ruff"]\n[tool.poetry.dependencies]\npython = "^3.9"\npandas = "^2.1"\n'
        'sk-learn = {version = "1.2.3", extras = ["a"]}\nlib = {git = "https://example.org/x", rev = "abc1234"}\nopt = {version = "*", optional = true}\n'
        '[tool.poetry.dependencies.late]\nversion = "~1.2"\n[tool.poetry.group.lint.dependencies]\nblack = "*"\n',
    )  # fmt: skip
    assert not manifest.error
    assert {(item.name, item.group, item.looseness) for item in manifest.requirements} == {
        ("numpy", "", "range"), ("torch", "", "exact"), ("matplotlib", "extra:viz", "bare"), ("pytest", "group:dev", "bare"),
        ("ruff", "group:dev", "bare"), ("pandas", "", "range"), ("sk-learn", "", "exact"), ("lib", "", "exact"),
        ("opt", "extra:optional", "bare"), ("late", "", "near"), ("black", "group:lint", "bare"),
    }  # fmt: skip
    by_name = {item.name: item for item in manifest.requirements}
    assert written(manifest, by_name["numpy"].specifier_span) == ">=1"
    assert written(manifest, by_name["sk-learn"].specifier_span) == "1.2.3"
    assert written(manifest, by_name["late"].name_span) == "late"
    assert by_name["sk-learn"].extras == ("a",)


def test_pipfile_conda_and_setup_cfg() -> None:
    assert looseness("Pipfile", '[packages]\nnumpy = "*"\ntorch = "==2.1"\npd = {version = ">=1"}\n[dev-packages]\npytest = "*"\n') == {
        "numpy": "bare", "torch": "exact", "pd": "range", "pytest": "bare",
    }  # fmt: skip
    conda = (
        "name: x\nchannels: [defaults]\ndependencies:\n  - python=3.9\n  - numpy=1.26\n  - conda-forge::pytorch 2.1.0\n"
        '  - "pandas >=1.2"\n  - scipy=1.2.3=py_0\n  - xgboost\n  - pip\n  - pip:\n    - tqdm\n    - "torch==2.1"\n'
    )  # fmt: skip
    assert looseness("environment.yml", conda) == {
        "numpy": "near", "pytorch": "exact", "pandas": "range", "scipy": "exact", "xgboost": "bare", "tqdm": "bare", "torch": "exact",
    }  # fmt: skip
    cfg = "[options]\ninstall_requires =\n    numpy>=1\n    # why\n    torch==2.1 ; python_version < '3.9'\n[options.extras_require]\nviz = matplotlib; plotly\n"
    assert looseness("setup.cfg", cfg) == {"numpy": "range", "torch": "exact", "matplotlib": "bare"}
    assert read_manifest("setup.cfg", cfg).requirements[1].specifier == "==2.1"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("uv.lock", 'version = 1\n\n[[package]]\nname = "NumPy"\nversion = "1.26.4"\nsource = { registry = "x" }\nwheels = [\n    { url = "y" },\n]\n\n[[package]]\nname = "torch"\nversion = "2.1.0"\n\n[package.optional-dependencies]\nname = "no"\n'),
        ("poetry.lock", '[[package]]\r\nname = "numpy"\r\nversion = "1.26.4"\r\ndescription = ""\r\n\r\n[[package]]\r\nname = "torch"\r\nversion = "2.1.0"\r\n'),
        ("pylock.toml", "[[packages]]\nname = 'numpy'\nversion = '1.26.4'\n[[packages]]\nname = 'torch'\nversion = '2.1.0'\n"),
        ("Pipfile.lock", '{"_meta": {}, "default": {"numpy": {"hashes": [], "version": "==1.26.4"}, "torch": {"version": "==2.1.0"}, "x": {"git": "y"}}}'),
        ("conda-lock.yml", "version: 1\npackage:\n- name: numpy\n  version: 1.26.4\n  manager: conda\n- name: torch\n  version: '2.1.0'\n"),
        ("pixi.lock", "packages:\n- conda: https://example.org/linux-64/numpy-1.26.4-py311h_0.conda\n  sha256: x\n- pypi: https://example.org/x.whl\n  name: torch\n  version: 2.1.0\n"),
    ],
)  # fmt: skip
def test_locks(path: str, text: str) -> None:
    manifest = read_manifest(path, text)
    assert not manifest.error
    assert {item.name: written(manifest, item.specifier_span) for item in manifest.requirements} == {
        "numpy": "1.26.4",
        "torch": "2.1.0",
    }
    assert {written(manifest, item.name_span).lower() for item in manifest.requirements} == {"numpy", "torch"}


def test_a_large_lock_is_quick() -> None:
    text = "".join(
        f'[[package]]\nname = "p{n}"\nversion = "1.{n}"\nwheels = [\n    {{ url = "{"x" * 200}" }},\n]\n\n'
        for n in range(20_000)
    )
    assert len(text) > 5_000_000
    began = time.process_time()
    assert len(read_manifest("uv.lock", text).requirements) == 20_000
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("requirements.txt", "requirements"), ("requirements-dev.in", "requirements"), ("a/requirements/base.txt", "requirements"),
        ("dev-requirements.txt", "requirements"), ("constraints.txt", "requirements"), ("requirements.lock", "requirements"),
        ("pyproject.toml", "pyproject"), ("a/Pipfile", "pipfile"), ("setup.cfg", "setup.cfg"), ("environment.yaml", "conda"),
        ("conda_env.yml", "conda"), ("conda.yaml", "conda"), ("conda-lock-gpu.yml", "lock"), ("uv.lock", "lock"), ("pylock.gpu.toml", "lock"), ("dvc.yaml", "yaml"),
        ("dvc.lock", "yaml"), ("data.csv.dvc", "yaml"), ("conf/model.yml", "yaml"), ("MLproject", "yaml"), ("mldebt.toml", "toml"),
        ("Makefile", "commands"), ("docker/Dockerfile.gpu", "commands"), ("run.sh", "commands"), ("train.py", ""), ("notes.txt", ""),
        ("package.json", ""), ("requirements.md", ""), ("environment.py", ""),
    ],
)  # fmt: skip
def test_kinds(path: str, kind: str) -> None:
    assert manifest_kind(path) == kind


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements.txt", "a-1.0-" * 150_000), ("requirements.txt", "a[" + " " * 900_000), ("requirements.txt", "a==1," * 180_000),
        ("requirements.txt", "http://" + "a-1" * 300_000), ("requirements.txt", "\\\n" * 450_000), ("setup.cfg", "a" + " " * 900_000 + "b"),
        ("a.yaml", "&a" + " " * 900_000 + "b"), ("a.yaml", "'" * 900_000), ("a.toml", "a='''" + "''x" * 300_000 + "'''"),
        ("conda-lock.yml", "- conda: " + "a-1-" * 200_000), ("uv.lock", "[[package]]\n" * 80_000), ("environment.yml", "dependencies:\n- a " + " " * 900_000 + "b"),
    ],
)  # fmt: skip
def test_long_lines_cost_no_more_than_others(path: str, text: str) -> None:
    began = time.process_time()
    read_manifest(path, text)
    assert time.process_time() - began < 5


def test_yaml_is_read_alike_without_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x 1e-3 # c\nb: |\n  # no\n  text\nc: [1, {d: *x}]\ne:\n  - 'f'\n  -\n---\nä: 𝒳\n"
    with_c = read_manifest("a.yaml", text)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read_manifest("a.yaml", text) == with_c
    assert "deeper" in read_manifest("a.yaml", "[" * 2_000).error
