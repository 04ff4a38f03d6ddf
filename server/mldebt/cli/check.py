"""One check from arguments to printed report. What a warm run does not need is imported when it turns out to be cold."""

from __future__ import annotations

import os
import sys
import time

from mldebt.cli.arguments import Arguments, BadArguments
from mldebt.cli.output import log_plainly, printed
from mldebt.engine.cache import Cache, digest, named_cache, project_cache
from mldebt.engine.project import project_root
from mldebt.engine.snapshot import remembered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mldebt.config_files import Configs
    from mldebt.engine.result import Result
    from mldebt.engine.run import Request

DETAIL = {"json": 1, "sarif": 6, "gitlab": 4}
"""What a format tells besides the findings, as engine/reading.py counts it: titles of fixes, their edits, fingerprints."""
NARROWING = ("--baseline", "--write-baseline", "--prune-baseline", "--changed")
ASKED = (
    "--select",
    "--extend-select",
    "--ignore",
    "--exclude",
    "--config",
    "--isolated",
    "--fail-on",
    "--force-exclude",
)
"""The options that may change what is found."""


def check(arguments: Arguments) -> int:
    named = arguments.paths or (".",)
    for path in named:
        if path != "-" and not os.path.lexists(path):
            raise BadArguments(f"there is no file or folder {path}")
    if arguments.given("--fix") or arguments.given("--diff"):
        from mldebt.cli.fix import fix

        return fix(arguments)
    if named == ("-",):
        return finished(_cold(arguments, None, ""), arguments)
    cache = cache_for(arguments)
    question = ""
    if cache is not None:
        question = question_of(arguments)
        result = remembered(cache, question)
        if result is not None:
            return finished(result, arguments)
    return finished(_cold(arguments, cache, question), arguments)


def finished(result: Result, arguments: Arguments) -> int:
    """The exit code, after what is left of the result has been printed."""
    if any(arguments.given(option) for option in NARROWING):
        from mldebt.cli.known import narrowed

        result = narrowed(result, arguments)
    return printed(result, arguments)


def detail_of(arguments: Arguments) -> int:
    """What to tell besides the findings, as engine/reading.py counts it."""
    fingerprints = 4 if any("baseline" in option for option in arguments.options) else 0
    return DETAIL.get(arguments.value("--format"), 0) | fingerprints


def question_of(arguments: Arguments) -> str:
    """What a whole run is remembered by."""
    return digest(
        repr(
            (
                os.getcwd(),
                sorted({os.path.abspath(path) for path in arguments.paths or (".",)}),
                today_of(arguments),
                detail_of(arguments),
                [(option, arguments.value(option)) for option in ASKED if arguments.given(option)],
            )
        )
    )


def today_of(arguments: Arguments) -> str:
    """As YYYY-MM-DD."""
    return arguments.value("--today") or time.strftime("%Y-%m-%d")


def cache_for(arguments: Arguments) -> Cache | None:
    """The cache of the project that the arguments lie in."""
    if arguments.given("--no-cache"):
        return None
    root, marked = project_root(arguments.paths or (".",))
    given = arguments.value("--cache-dir")
    return named_cache(given, root) if given else project_cache(root, marked)


def _cold(arguments: Arguments, cache: Cache | None, question: str) -> Result:
    from mldebt.engine.run import check as run

    request, configs = prepared(arguments)
    return run(request, configs, cache, question)


def prepared(arguments: Arguments, extra_facts: tuple[str, ...] = ()) -> tuple[Request, Configs]:
    """What to check and how, for these arguments; `extra_facts` are kinds wanted besides what rules ask for."""
    import datetime

    from mldebt.config_files import Configs, Overrides
    from mldebt.config_settings import rule_names
    from mldebt.engine import trouble
    from mldebt.engine.run import Request
    from mldebt.rules import rules_by_id

    trouble.prepare = log_plainly
    rules = rules_by_id()
    for option in ("--select", "--extend-select", "--ignore"):
        for name in arguments.names(option):
            if name not in rule_names(rules):
                from mldebt.cli.arguments import nearest

                raise BadArguments(
                    f"`{option}`: there is no rule or category `{name}`.{nearest(name, rule_names(rules))}"
                )
    overrides = Overrides(
        arguments.names("--select"),
        arguments.names("--extend-select"),
        arguments.names("--ignore"),
        arguments.names("--exclude"),
        arguments.value("--fail-on"),
        arguments.value("--config"),
        arguments.given("--isolated"),
        extra_facts,
    )
    stdin = None
    paths = [os.path.abspath(path) for path in arguments.paths or (".",)]
    if arguments.paths == ("-",):
        name = os.path.abspath(arguments.value("--stdin-filename", "stdin.py"))
        paths = [name]
        stdin = name
    root, _ = project_root(paths)
    request = Request(
        root=root,
        paths=[os.path.realpath(path) if os.path.isdir(path) else path for path in paths],
        cwd=os.path.realpath(os.getcwd()),
        detail=detail_of(arguments),
        jobs=int(arguments.value("--jobs", "0")),
        force_exclude=arguments.given("--force-exclude"),
    )
    if sys.stderr is not None and sys.stderr.isatty() and not arguments.given("--quiet"):
        from mldebt.cli.progress import Progress

        request.progress = Progress().show
    if stdin is not None:
        relative = os.path.relpath(os.path.realpath(stdin), root).replace(os.sep, "/")
        request.stdin = (relative, sys.stdin.buffer.read())
    return request, Configs(root, rules, datetime.date.fromisoformat(today_of(arguments)), overrides)
