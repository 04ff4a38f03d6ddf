"""Rules that find single words, so that tests of the server do not depend on what real rules find.

`serve` starts the server with these rules in place of ours. Each word has one
kind of finding: a safe fix, an unsafe one, and so on; see `TOYS`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from harness import Client

TESTS = str(Path(__file__).resolve().parent)
START = f"import sys; sys.path.insert(0, {TESTS!r}); from toys import serve"
SCRIPT = f"{START}; serve()"

HURRY = os.environ.get("TOYS_HURRY", "")
"""Seconds of processor time after which an analysis counts as endless, in place of the real limits."""

DOC = """{title}.

## Why it is debt

Because the test says so.

## What to do

Do what the fix does.

More of it.

## When to leave it

Never.
"""


def toy_client(*arguments: str, **options: object) -> Client:
    """A client whose server has only the toy rules."""
    return Client(*arguments, script=SCRIPT, **options)  # type: ignore[arg-type]


def serve() -> None:
    install()
    if HURRY:
        from mldebt.lsp import analyses

        analyses.RULE_SECONDS = float(HURRY)
    from mldebt.engine import scan

    scan.serve = scan_with_toys  # type: ignore[assignment]
    from mldebt.__main__ import main

    sys.exit(main(sys.argv[1:]))


def scan_with_toys(connection: object, order: object) -> None:
    """What a scanning process runs in place of ours; it imports this module anew."""
    install()
    from mldebt.engine import scan, work

    work.start = start_with_toys  # type: ignore[assignment]
    scan.serve(connection, order)  # type: ignore[arg-type]


def start_with_toys(setup: object) -> Callable[[object], bytes]:
    """What its workers run first."""
    install()
    from mldebt.engine import work

    return work.start(setup)  # type: ignore[arg-type, return-value]


def install() -> None:
    """Put the toy rules in place of ours, also where the functions that give them have been imported by name."""
    if HURRY:
        from mldebt.engine import limits

        limits.processor_limit.__wrapped__.__defaults__ = (float(HURRY),)  # type: ignore[attr-defined]
    import mldebt.rules as rules

    toys = tuple(toy_rules())
    by_id = {toy.id: toy for toy in toys}
    for module in [rules, *(module for name, module in sys.modules.items() if name.startswith("mldebt."))]:
        if hasattr(module, "all_rules"):
            module.all_rules = lambda: toys
        if hasattr(module, "rules_by_id"):
            module.rules_by_id = lambda: by_id


def toy_rules() -> Iterator[object]:
    from mldebt.rule import (
        DRAFT,
        ERROR,
        HINT,
        INFORMATION,
        OPEN,
        SAFE,
        UNSAFE,
        WARNING,
        Fact,
        Finding,
        Fix,
        Related,
        Rule,
        Severity,
        Workspace,
        new_file,
    )  # fmt: skip
    from mldebt.syntax.module import Chunk, Module
    from mldebt.text import Edit, Span

    def make(
        id: str,
        severity: Severity,
        check: Callable[..., object],
        subject: str = "module",
        fixer: object = None,
    ) -> Rule:
        title = f"The word {id.removeprefix('toy-')} is debt"
        rule = Rule(
            id=id, category="toys", title=title, severity=severity, subject=subject, wakes=frozenset(), gated=False,
            in_tests=True, default=True, needs=frozenset(), gate=OPEN, kinds=frozenset(), fact_gates={},
        )  # fmt: skip
        rule.doc, rule.check, rule.manifest_check, rule.options = DOC.format(title=title), check, None, None
        rule.fixer, rule.fact_makers = fixer, {}
        return rule

    def places(text: str, word: str) -> Iterator[Span]:
        for match in re.finditer(rf"\b{word}\b", text):
            yield Span(match.start(), match.end())

    def finds(word: str, help: str = "", unnecessary: bool = False) -> Callable[[Module], Iterator[Finding]]:
        def check(module: Module) -> Iterator[Finding]:
            for span in places(module.text, word):
                yield Finding(span, f"`{word}` is debt", help, unnecessary=unnecessary)

        return check

    def becomes(title: str, new: str, safety: object, disabled: str = "") -> Callable[..., Iterator[Fix]]:
        def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
            edits = () if disabled else (Edit(finding.span, new),)
            yield Fix(title, edits, safety, disabled=disabled)  # type: ignore[arg-type]

        return fixes

    yield make(
        "toy-safe",
        WARNING,
        finds("safe_word", "Say good_word instead."),
        fixer=becomes("Say good_word", "good_word", SAFE),
    )
    yield make("toy-risky", ERROR, finds("risky_word"), fixer=becomes("Say brave_word", "brave_word", UNSAFE))
    yield make(
        "toy-draft",
        INFORMATION,
        finds("draft_word"),
        fixer=becomes("Write it down", "TODO(mldebt): where from", DRAFT),
    )
    yield make(
        "toy-stuck", WARNING, finds("stuck_word"), fixer=becomes("Unstick", "", SAFE, disabled="it is stuck")
    )

    def creates(module: Module, finding: Finding) -> Iterator[Fix]:
        yield new_file("Write new.yaml", "new.yaml", "a: TODO(mldebt)\nb: 1\n")

    yield make("toy-new", INFORMATION, finds("new_word"), fixer=creates)
    yield make("toy-dead", HINT, finds("dead_word", unnecessary=True))

    def chunky(chunk: Chunk) -> Iterator[Finding]:
        while "loop_word" in chunk.text:
            pass
        for span in places(chunk.text, "chunk_word"):
            yield Finding(span, "`chunk_word` is debt")

    yield make("toy-chunk", WARNING, chunky, subject="chunk")

    def twins(module: Module) -> Iterator[Finding]:
        found = list(places(module.text, "twin_word"))
        if len(found) > 1:
            yield Finding(
                found[0],
                "`twin_word` is there twice",
                related=tuple(Related(one, "again") for one in found[1:]),
            )

    yield make("toy-twins", WARNING, twins)

    def slow(module: Module) -> Iterator[Finding]:
        """Takes 30 ms where its word occurs: too long for a keystroke."""
        for span in places(module.text, "slow_word"):
            time.sleep(0.03)
            yield Finding(span, "`slow_word` is debt")

    yield make("toy-slow", WARNING, slow)

    def fault(module: Module) -> Iterator[Finding]:
        """Misbehaves as its word says."""
        if "crash_word" in module.text:
            raise ZeroDivisionError("a rule that fails")
        if "kill_word" in module.text:
            os.kill(os.getpid(), 9)
        while "endless_word" in module.text:
            pass
        if "memory_word" in module.text:
            raise MemoryError
        if "recursion_word" in module.text:
            fault_again(module)
        if "print_word" in module.text:
            sys.stdout.write("stray print\n")
            sys.stdout.flush()
            os.write(1, b"stray write\n")
            subprocess.run([sys.executable, "-c", "print('stray child')"], check=True)
            assert sys.stdin.read() == "", "the rule has read the protocol"
        return iter(())

    def fault_again(module: Module) -> None:
        fault_again(module)

    yield make("toy-fault", WARNING, fault)

    def across(workspace: Workspace) -> Iterator[Finding]:
        """A word that two files have is debt in both."""
        facts = list(workspace.facts("shared"))
        for path, fact in facts:
            others = sorted(
                {other for other, again in facts if other != path and again.subject == fact.subject}
            )
            if others:
                there = tuple(
                    Related(again.span, "here as well", other)
                    for other, again in facts
                    if other in others and again.subject == fact.subject
                )
                words = f"`{fact.subject}` is also in {', '.join(others)}"
                yield Finding(fact.span, words, path=path, related=there)

    shared = make("toy-shared", WARNING, across, subject="workspace")

    def facts(module: Module) -> Iterator[Fact]:
        for match in re.finditer(r"\bshared_\w+\b", module.text):
            yield Fact("shared", match[0], Span(match.start(), match.end()))

    shared.facts(facts)
    yield shared
