"""Which file runs which script: Makefiles, shell, Dockerfiles, CI, dvc.yaml, MLproject, and `subprocess` in code.

    Fact("runs-script", path of the script, span of the command, (how, where, arguments, as written))

The path is relative to the workspace, as far as the command tells; `how` is "file",
"module" (`-m a.b`, then the path is `a/b.py`) or "function" (an entry point). `where`
is the stage, target or key that holds the command. An argument that is not plain text
is `*`. `scripts_run(workspace)` says which files of the workspace those are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge.kinds import words
from mldebt.rule import Fact, Gate, Subject, Workspace
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

SCRIPT = regex(r"(?:[\w.~{}$()*-]+/)*[\w.*-]+\.(?:py|ipynb|sh|R|r|jl)")
COMMAND_END = regex(r"&&|\|\||[;|\n]")
CONTINUED = regex(r"\\\r?\n")
TOKEN = regex(r"\"([^\"]*)\"|'([^']*)'|([^\s\"',\[\]]+)")
SERVICE = regex(r"(?:^|(?<=/))\.(?:github|circleci|gitlab|buildkite|azure[\w-]*)/.*")
"""Folders whose commands start where the project does."""
ENTRY_POINT = regex(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
RECIPE = regex(r"(?m)^(?:\t| {2,})(.*(?:\\\n.*)*)|^([\w./%$(){}-]+)(?:\s[\w./%$(){} -]*)?:(?!=)")
DOCKER = regex(r"(?im)^\s*(?:RUN|CMD|ENTRYPOINT)\s+(.*(?:\\\n.*)*)")
CODE_CALLS = words(
    "system popen run Popen call check_call check_output BashOperator ShellTask getoutput spawn"
)
GATES: dict[Subject, Gate] = {"module": Gate(text=(".py", ".sh"), calls=tuple(sorted(CODE_CALLS)))}
ARGUMENT = regex(
    r"[fr]{0,2}\"([^\"\n]*)\"|[fr]{0,2}'([^'\n]*)'|(sys\.executable)\b|([A-Za-z_][\w.]*(?:\([^()]*\))?)"
)
KEYWORD = regex(r"(?:args|bash_command|command|cmd)\s*=\s*")
HOLE = regex(r"\{[^{}]*\}")
NOT_RUNNERS = words(
    "add autoflake autopep8 bandit black cat chmod chown coverage cp cpplint curl diff du echo export find flake8 git "
    "grep head isort jupytext less ln ls md5sum mkdir mv mypy nbstripout pip printf pycodestyle pydocstyle pylint pyright "
    "pytest rm rsync ruff scp sed shellcheck shfmt source tail tar test touch vulture wc wget yapf zip COPY ADD"
)
"""Commands that do something with a script other than running it."""
MODULES_BESIDE = words(
    "black build coverage ensurepip flake8 http ipykernel isort jupyter mypy pip pre_commit pylint pytest ruff unittest "
    "venv virtualenv cProfile pstats twine sphinx torch spacy nltk timeit streamlit uvicorn"
)
"""Modules that are tools, not the project's."""


class Run(NamedTuple):
    """One script in one command. `start` counts from the command's text."""

    path: str
    how: str
    start: int
    end: int
    arguments: tuple[str, ...]
    written: str


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    text = manifest.text
    if manifest.kind == "lock" or manifest.path.endswith(".lock"):
        return
    if not any(
        word in text for word in (".py", " -m ", ".ipynb", ".sh", ":main", "scripts]", "entry_points")
    ):
        return
    folder = SERVICE.sub("", posixpath.dirname(manifest.path) + "/").rstrip("/")
    if manifest.kind == "commands":
        yield from _of_text(manifest, folder)
        return
    for entry in manifest.entries:
        value = entry.value
        if value.__class__ is not str or entry.key[-1:] in (("name",), ("description",), ("desc",)):
            continue
        key = tuple(str(word) for word in entry.key)
        if any("scripts" in word or word == "entry-points" for word in key[:-1]) and ENTRY_POINT.fullmatch(
            value
        ):
            path = value.partition(":")[0].replace(".", "/") + ".py"
            yield Fact("runs-script", _under(folder, path), entry.value_span, ("function", key[-1], (), path))
        elif (".py" in value or ".ipynb" in value or " -m " in value or ".sh" in value) and _is_command(
            key, value
        ):
            base = folder
            if key[0] == "stages" and len(key) > 1:
                wdir = manifest.value("stages", key[1], "wdir", default="")
                base = _under(folder, wdir) if wdir.__class__ is str and wdir else folder
            where = (
                key[1]
                if key[0] in ("stages", "jobs", "services", "entry_points") and len(key) > 1
                else key[0]
            )
            for run in scripts_in(value, base):
                yield Fact(
                    "runs-script", run.path, entry.value_span, (run.how, where, run.arguments, run.written)
                )


def _is_command(key: tuple[str, ...], value: str) -> bool:
    last = next((word for word in reversed(key) if not word.isdigit()), "")
    if last in (
        "cmd",
        "do",
        "command",
        "run",
        "script",
        "entrypoint",
        "before_script",
        "after_script",
        "args",
        "shell",
    ):
        return True
    return " " in value and any(word in ("cmd", "command", "run", "script", "do") for word in key)


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    """`subprocess.run([sys.executable, "prepare.py"])`, `os.system("python prepare.py")`."""
    for call in module.calls(*CODE_CALLS):
        if call.name in ("run", "call") and "subprocess" not in (call.target or call.chain):
            continue
        for run in scripts_in(_command(module.text[call.func.end : call.span.end]), ""):
            yield Fact("runs-script", run.path, call.span, (run.how, "", run.arguments, run.written))


def _command(arguments: str) -> str:
    """The command line in a call's arguments: of a list all items, else the string that ends in it; `*` for a hole."""
    inner = arguments[1:].lstrip()
    name = KEYWORD.match(inner)
    inner = inner[name.end() :] if name else inner
    words = []
    end = inner.find("]") if inner[:1] == "[" else 0
    for match in ARGUMENT.finditer(inner, 0, end if end > 0 else len(inner)):
        plain = match[1] if match[1] is not None else match[2]
        words.append("python" if match[3] else "*" if plain is None else HOLE.sub("*", plain))
        if end <= 0:
            break
    return " ".join(words)


def _of_text(manifest: Manifest, folder: str) -> Iterator[Fact]:
    text, name = manifest.text, manifest.path.rpartition("/")[2]
    lowered = name.lower()
    if "makefile" in lowered or lowered.endswith((".mk", "justfile")):
        target = ""
        for match in RECIPE.finditer(text):
            if match[2]:
                target = match[2]
                continue
            for run in scripts_in(match[1], folder):
                yield _fact(run, match.start(1), target)
    elif "dockerfile" in lowered or "containerfile" in lowered:
        for match in DOCKER.finditer(text):
            for run in scripts_in(match[1], "" if "/" not in folder else folder):
                yield _fact(run, match.start(1), "")
    else:
        for run in scripts_in(text, folder if lowered in ("jenkinsfile", "procfile", "tox.ini") else ""):
            yield _fact(run, 0, "")


def _fact(run: Run, start: int, where: str) -> Fact:
    return Fact(
        "runs-script",
        run.path,
        Span(start + run.start, start + run.end),
        (run.how, where, run.arguments, run.written),
    )


def scripts_in(text: str, folder: str) -> Iterator[Run]:
    """The scripts a shell text runs, started in `folder`; `cd` is followed."""
    if "\\" in text:
        text = CONTINUED.sub(lambda match: " " * len(match[0]), text)
    at = 0
    for end in [*(match.start() for match in COMMAND_END.finditer(text)), len(text)]:
        piece = text[at:end]
        start, at = at, end
        tokens = [
            (match[1] or match[2] or match[3] or "", match.start())
            for match in TOKEN.finditer(piece.lstrip("&|;\n"))
        ]
        start += len(piece) - len(piece.lstrip("&|;\n"))
        if not tokens or tokens[0][0][:1] == "#":
            continue
        if tokens[0][0].lstrip("@-") == "cd" and len(tokens) > 1:
            folder = _under(folder, tokens[1][0])
            continue
        run = _run(tokens, folder)
        if run is not None:
            yield run._replace(start=start + run.start, end=start + run.end)


def _run(tokens: list[tuple[str, int]], folder: str) -> Run | None:
    for place, (token, at) in enumerate(tokens):
        word = token.rpartition("/")[2].lstrip("@-")
        if place < 3 and word in NOT_RUNNERS:
            return None
        if token == "-m" and place + 1 < len(tokens) and place:
            module = tokens[place + 1][0]
            if module.partition(".")[0] in MODULES_BESIDE or not module.replace(".", "_").isidentifier():
                return None
            path = module.replace(".", "/") + ".py"
            return Run(
                _under(folder, path),
                "module",
                at,
                _end(tokens, place + 1),
                _arguments(tokens[place + 2 :]),
                path,
            )
        if SCRIPT.fullmatch(token) and not (place == 0 and token.endswith(".py") and "/" not in token):
            path = VARIABLE.sub("*", token)
            if path.startswith("*"):
                path = path.lstrip("*").lstrip("/")
            return Run(
                _under(folder, path), "file", at, _end(tokens, place), _arguments(tokens[place + 1 :]), path
            )
    return None


VARIABLE = regex(r"\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\{\{[^}]*\}\}")


def _end(tokens: list[tuple[str, int]], place: int) -> int:
    return tokens[place][1] + len(tokens[place][0])


def _arguments(tokens: list[tuple[str, int]]) -> tuple[str, ...]:
    found = []
    for token, _ in tokens:
        if token[:1] in ("#", ">", "<") or token in ("2>&1", "&", "1>"):
            break
        found.append("*" if "$" in token or "{" in token else token)
    return tuple(found)


def _under(folder: str, path: str) -> str:
    """A path as seen from the workspace; absolute ones are taken for a container's working folder."""
    joined = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")) or ".")
    return "" if joined == "." else joined


# What rules ask ------------------------------------------------------------------------------


def scripts_run(workspace: Workspace) -> dict[str, list[tuple[str, Fact]]]:
    """File of the workspace -> (manifest or code that runs it, the fact)."""
    known: dict[str, list[tuple[str, Fact]]] | None = workspace.memo.get("scripts-run")
    if known is None:
        known = workspace.memo["scripts-run"] = {}
        by_name: dict[str, list[str]] = {}
        for path in workspace.paths:
            if path.endswith((".py", ".ipynb", ".sh", ".R", ".r", ".jl")):
                by_name.setdefault(path.rpartition("/")[2], []).append(path)
        for owner, fact in workspace.facts("runs-script"):
            found = script_of(fact, owner, by_name)
            if found:
                known.setdefault(found, []).append((owner, fact))
    return known


def script_of(fact: Fact, owner: str, by_name: dict[str, list[str]]) -> str:
    """The workspace's file that a command means: exactly, else the only one whose path ends so, else ""."""
    path = fact.subject
    candidates = by_name.get(path.rpartition("/")[2], [])
    if path in candidates:
        return path
    if fact.detail[0] != "file":
        package = path.removesuffix(".py") + "/__main__.py"
        if package in by_name.get("__main__.py", ()):
            return package
    written = posixpath.normpath(fact.detail[3])
    for folder in (posixpath.dirname(owner), ""):
        there = posixpath.normpath(posixpath.join(folder, written))
        if there in candidates:
            return there
    tail = "/" + written.lstrip("./")
    ending = [other for other in candidates if ("/" + other).endswith(tail)]
    return ending[0] if len(ending) == 1 else ""
