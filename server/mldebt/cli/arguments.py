"""The options of the command line: one table that parsing, `--help` and its tests read.

Written by hand because importing argparse costs as much as checking a small
file. Knows what the words are, not what they mean: main.py decides that.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")
PICTURES = ("mermaid", "dot", "json")
SEVERITIES = ("error", "warning", "information", "hint", "never")

OPTIONS: tuple[tuple[str, str, str, str], ...] = (
    # (group, option, its value's name or "" for a switch, what it does)
    ("What to do", "--check", "", "check the given files and folders (the default when any are given)"),
    ("What to do", "--fix", "", "apply the safe fixes, then check what is left"),
    ("What to do", "--unsafe-fixes", "", "with --fix or --diff: also the fixes that are right in the common case only"),
    ("What to do", "--diff", "", "show what --fix would change, and drafts of new files; write nothing; exit 1 if there is anything to fix"),
    ("What to do", "--score", "", "the 20-point score of a folder, with its evidence; --format text or json"),
    ("What to do", "--report", "FILE", "write the score and all findings as one page of HTML"),
    ("What to do", "--init", "", "draft labels.yaml, consumers.yaml, features.yaml and mldebt.toml; overwrites nothing"),
    ("What to do", "--explain", "RULE", "print a rule's manual page; `all` prints every one"),
    ("What to do", "--lineage", "[FORMAT]", "draw who reads and writes which data and models; FORMAT: " + ", ".join(PICTURES)),
    ("What to do", "--show-config", "FILE", "print the settings in force for a file, and where each comes from"),
    ("What to do", "--config-schema", "", "print the JSON schema of the configuration"),
    ("What to do", "--version", "", "print the version"),
    ("What to do", "--help", "", "print this"),
    ("What to report", "--select", "NAMES", "only these rules or categories (comma-separated; `all` is every rule)"),
    ("What to report", "--extend-select", "NAMES", "these too"),
    ("What to report", "--ignore", "NAMES", "not these"),
    ("What to report", "--config", "FILE", "use this configuration file for everything"),
    ("What to report", "--isolated", "", "read no configuration file"),
    ("What to report", "--exclude", "GLOBS", "leave these paths out too (comma-separated)"),
    ("What to report", "--today", "DATE", "the date to judge ages by, as YYYY-MM-DD; otherwise today"),
    ("What to report", "--baseline", "FILE", "leave out the findings that FILE lists"),
    ("What to report", "--write-baseline", "", "list every finding of this run in the baseline (mldebt-baseline.jsonl unless --baseline names one)"),
    ("What to report", "--prune-baseline", "", "take the findings that are gone out of the baseline"),
    ("What to report", "--changed", "[REF]", "only findings on lines changed since REF (HEAD unless said: --changed=main), by git"),
    ("How to report", "--format", "FORMAT", "one of " + ", ".join(FORMATS) + "; text unless said"),
    ("How to report", "--output", "FILE", "write the report there instead of to standard output"),
    ("How to report", "--fail-on", "SEVERITY", "exit 1 for findings from this severity up; one of " + ", ".join(SEVERITIES)),
    ("How to report", "--fail-under", "SCORE", "with --score or --report: exit 1 for a score below this, 0 to 20"),
    ("How to report", "--statistics", "", "print how often each rule fired instead of the findings"),
    ("How to report", "--quiet", "", "print findings only: no summary, no notices, no progress"),
    ("How it runs", "--force-exclude", "", "leave out excluded files even where they are named (for hooks)"),
    ("How it runs", "--stdin-filename", "FILE", "the name of what `-` reads from standard input"),
    ("How it runs", "--no-cache", "", "neither read nor write remembered results"),
    ("How it runs", "--cache-dir", "DIR", "where to remember results; .mldebt_cache in the project unless said"),
    ("How it runs", "--jobs", "N", "processes for large runs; one for each core unless said"),
)  # fmt: skip

LISTS = ("--select", "--extend-select", "--ignore", "--exclude")
SHORT = {"-h": "--help", "-q": "--quiet", "-j": "--jobs", "-o": "--output", "-V": "--version"}

EXAMPLES = """\
Examples:
  mldebt-lsp --check src                             findings with their code, why and what to do
  mldebt-lsp --check . --format concise              a line each
  mldebt-lsp --check . --select configuration        one category of debt
  mldebt-lsp --check . --write-baseline              accept today's debt, so that only new debt shows
  mldebt-lsp --check . --baseline mldebt-baseline.jsonl   what is new since then
  mldebt-lsp --check . --format sarif -o out.sarif   for code scanning
  mldebt-lsp --diff src                              what --fix would change
  mldebt-lsp --check - --stdin-filename a.py < a.py  from a pipe
  mldebt-lsp --explain preprocessing-leak            a rule's manual page
  mldebt-lsp --lineage mermaid .                     who reads and writes what, as a picture
  mldebt-lsp --score . --report debt.html            the score, and a page to pass around
  mldebt-lsp --init .                                a starting configuration, and drafts of the audits
  mldebt-lsp --show-config src/train.py              which settings are in force, and why
"""

EXIT_CODES = """\
Exit codes:
  0  nothing at or above --fail-on     3  the configuration is wrong
  1  findings at or above --fail-on    4  the arguments are wrong
  2  an internal error; what was found is still printed
"""


class BadArguments(Exception):
    """The message says what is wrong and names the nearest right word."""


class Arguments:
    """What was asked for: `value("--format")`, `given("--fix")`, `names("--select")`, and the paths."""

    __slots__ = ("options", "paths")

    def __init__(self, paths: tuple[str, ...], options: dict[str, str]) -> None:
        self.paths = paths
        self.options = options

    def given(self, option: str) -> bool:
        return option in self.options

    def value(self, option: str, default: str = "") -> str:
        return self.options.get(option, default)

    def names(self, option: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.options.get(option, "").split(",") if name.strip())


def parsed(words: Sequence[str]) -> Arguments:
    """Raises BadArguments."""
    takes = {option: value for _, option, value, _ in OPTIONS}
    paths: list[str] = []
    options: dict[str, str] = {}
    given: list[str] = []  # an option just read whose value may follow as a word of its own
    rest = iter(words)
    for word in rest:
        if word in PICTURES and given == ["--lineage"]:
            options["--lineage"] = word
            given.clear()
            continue
        given.clear()
        if word == "--":
            paths += rest
            break
        if word[:1] != "-" or word == "-":
            paths.append(word)
            continue
        name, equals, value = word.partition("=")
        name = SHORT.get(name, name)
        if name not in takes:
            raise BadArguments(f"there is no option `{name}`.{nearest(name, takes)}")
        if not takes[name]:
            if equals:
                raise BadArguments(f"`{name}` takes no value")
            options[name] = ""
            continue
        if takes[name][:1] == "[":
            options[name] = value
            if not equals:
                given.append(name)
            continue
        if not equals:
            following = next(rest, None)
            if following is None:
                raise BadArguments(f"`{name}` needs a value: {name} {takes[name]}")
            value = following
        if name in LISTS and name in options:
            value = f"{options[name]},{value}"
        options[name] = value
    found = Arguments(tuple(paths), options)
    _check(found)
    return found


def _check(arguments: Arguments) -> None:
    one_of(arguments, "--format", FORMATS)
    one_of(arguments, "--fail-on", SEVERITIES)
    if arguments.value("--lineage"):
        one_of(arguments, "--lineage", PICTURES)
    jobs = arguments.value("--jobs", "1")
    if not jobs.isdecimal() or not 0 < int(jobs) <= 1024:
        raise BadArguments(f"`--jobs` takes a number from 1 to 1024, not {jobs!r}")
    least = arguments.value("--fail-under", "0")
    if not least.isdecimal() or int(least) > 20:
        raise BadArguments(f"`--fail-under` takes a score from 0 to 20, not {least!r}")
    if arguments.given("--fail-under") and not (arguments.given("--score") or arguments.given("--report")):
        raise BadArguments("`--fail-under` judges a score; give it with `--score` or `--report`")
    if arguments.given("--today") and not _is_date(arguments.value("--today")):
        raise BadArguments(f"`--today` takes a date as YYYY-MM-DD, not {arguments.value('--today')!r}")
    if "-" in arguments.paths and len(arguments.paths) > 1:
        raise BadArguments("`-` reads one file from standard input; give no other path with it")
    if arguments.given("--config") and arguments.given("--isolated"):
        raise BadArguments("`--config` names a configuration, `--isolated` wants none; give one of them")
    if "-" in arguments.paths and arguments.given("--fix") and not arguments.given("--diff"):
        raise BadArguments("`--fix` writes files; for standard input use `--diff`")


def one_of(arguments: Arguments, option: str, words: tuple[str, ...]) -> None:
    if not arguments.given(option):
        return
    given = arguments.value(option)
    if given not in words:
        raise BadArguments(
            f"`{option}` has no choice {given!r}.{nearest(given, words)} It has {', '.join(words)}."
        )


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-01-15")


def nearest(word: str, words: object) -> str:
    """The nearest right word as a question, or ""."""
    from mldebt.knowledge.extension import nearest as find

    return find(word, tuple(words))  # type: ignore[arg-type]


def help_text() -> str:
    lines = [
        "mldebt-lsp: machine-learning technical debt, shown where it is written",
        "",
        "Usage: mldebt-lsp [--check] [OPTIONS] [PATHS]    check files, folders, or - for standard input",
        "       mldebt-lsp                                serve an editor on standard input and output",
    ]
    group = ""
    shorts = {long: short for short, long in SHORT.items()}
    for heading, option, value, text in OPTIONS:
        if heading != group:
            group = heading
            lines += ["", f"{heading}:"]
        name = f"{shorts[option]}, {option}" if option in shorts else f"    {option}"
        lines.append(f"  {name + (' ' + value if value else ''):<27} {text}")
    return "\n".join([*lines, "", EXAMPLES, EXIT_CODES]).rstrip() + "\n"
