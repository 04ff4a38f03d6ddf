"""Keys that configuration files define, keys that code reads, and every word that might name one.

    defined(workspace)      last word of a key -> its places
    mentioned(workspace)    every word any file could use as the name of a key

    Fact("config-key", dotted key, span of the key, (is a value, the value or None))
    Fact("config-read", key, span of the literal or name, (owner, access, has default, default, branch, doubted, is ML, class))
    Fact("config-load", path as written, span, (name it is bound to, section or ""))
    Fact("config-words", form, Span(0, 0), (words, ))

`access` is "get", "load", "attribute", "store" or "in"; `branch` says whether it is a branch's test,
`doubted` whether that branch begins with a TODO or a question. Words are strings of one
word, attributes, keywords, fields and options (`--use-v2` counts as `use_v2`): a key
whose name is none of them is read by nobody. In the file that reads it, the reads
themselves are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import Fact, Workspace
from mldebt.syntax.detail_views import Branch
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import UNKNOWN
from mldebt.text import Span, regex

KEY, READ, WORDS, LOAD = "config-key", "config-read", "config-words", "config-load"
CONFIG_FILE = regex(
    r"(?:^|/)(?:params|hparams|config|settings)[\w-]*\.ya?ml$|(?:^|/)(?:conf|config|configs|cfg)/(?:[\w-]+/)*[\w-]+\.ya?ml$",
    re.I,
)
NOT_OURS = regex(
    r"(?:^|/)(?:k8s|kubernetes|helm|charts?|deploy|docker|prometheus|grafana|\.[\w-]+|docs?)/|mkdocs|_config\.yml$|pre-commit|helm",
    re.I,
)
MAX_KEYS = 300
# Of one file; a longer one is data.
READING = ("load", "get", "attribute")
OWNER = regex(
    r"(?:^|[._])(?:cfg|config|configs|conf|configuration|params?|parameters|hparams?|hyper_?params|args|opts?|options|settings|flags)(?:_\w+)?$",
    re.I,
)
"""The last word of a chain that holds settings."""
WORDS_WORTH = ("cfg", "conf", "param", "args", "opt", "settings", "flags")
# What follows is searched from behind, in the text backwards: the mark behind a name is a plain character to start
# with, which `re` skips to at once; the other way round each costs five times as much.
READ_OF = regex(r"""["']\s*(?:\[|\(teg\.)\w*(?:gfc|GFC|fnoc|GIFNOC|marap|sgra|tpo|sgnittes|sgalf|SGALF)""")
"""`config["` or `args.get("`, backwards."""
TESTED = regex(r":\s*\w+\.(?:gfc|GFC|fnoc|gifnoc|sgra|stpo|smarap|sgalf|SGALF)[^\n]*\bfi\b")
"""`if … config.name:`, backwards."""
KEY_IN = regex(r"""["'] in \w*(?:cfg|config|params)""")
MARKED = regex(r"""["'.-]([A-Za-z_][\w-]{2,})""")
SET = regex(r"[=:] ?(\w{2,}[A-Za-z_])(?![\w-])")
"""`name =` or `name:`, backwards. What stands behind a hyphen is a word of MARKED, or part of one."""
WORD = regex(r"""["'.-]([A-Za-z_][\w-]{2,})|\b([A-Za-z_]\w{2,}) ?[=:]""")
"""Both in one, for their places."""
WHOLE_WORDS = (
    *(
        "to_container",
        "instantiate(",
        "_target_",
        "SimpleNamespace",
        "from_dict",
        "parse_obj",
        "model_validate",
    ),
    *("get_params", "set_params", "vars(", "__dict__", "setattr(", "getattr("),
)
"""Ways to take settings as a whole."""
SPREAD = regex(r"\*\*(?:\s*(?:\w+\.)*\w*(?:param|config|cfg|conf|setting|opt|args|hp)|\w+\[)")
ALL_OF = (".items(", ".values(", ".keys(", ".copy(")
ALL_OF_SETTINGS = regex(
    r"(?:params?|config|cfg|conf|settings)\w*(?:\[[^\]\n]*\])*\.(?:items|values|keys|copy)\("
)
LOADS = regex(
    r"""(?:open\(\s*[rf]?["']([\w./-]+\.ya?ml)["'][^\n]*\)\s*as\s+\w+\s*:\s*\n\s+)?\b(\w+)\s*=\s*(?:yaml|ruamel|OmegaConf)\.\w*load\("""
    r"""(?:\s*(?:open\(\s*)?["']([\w./-]+\.ya?ml)["'])?[^\n]*?\)\s*(?:\[\s*["']([\w-]+)["']\s*\])?[ \t]*(?:\#[^\n]*)?\r?$""",
    re.M,
)
MAX_ABOVE, LINES_OF_LOAD = 400, 4
"""Characters between `with open(…) as file:` and what is loaded; lines of one call."""
LOAD_CALL = regex(r"load\((?<=[\w.]load\()")
DOUBT = regex(r"#[^\n]*(?:TODO|FIXME|XXX|HACK|\?)")


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    words: set[str] = set()
    is_ml = module.is_ml or bool(module.roots & config.knowledge.ml_roots)
    for chunk, start in module.placed:
        known = chunk.memo.get(KEY)
        if known is None:
            reads = tuple(reads_of(chunk)) if is_worth(chunk.text) else ()
            known = chunk.memo[KEY] = (
                reads,
                words_of(chunk.text, [fact.span for fact in reads if fact.detail[1] in READING]),
            )
        owner = chunk.owner or (
            chunk.classes[0].name if chunk.classes else ""
        )  # a class begins with its head
        for fact in known[0]:
            yield fact._replace(span=fact.span.shifted(start), detail=(*fact.detail, is_ml, owner))
        words |= known[1]
    yield Fact(WORDS, "used", Span(0, 0), (frozenset(words),))
    text = module.text
    if takes_whole(text):
        yield Fact(WORDS, "whole", Span(0, 0), (frozenset(),))
    if "load(" in text and ("yaml." in text or "ruamel." in text or "OmegaConf." in text):
        for match in loads_in(text):
            path, name = match[1] or match[3], match[2]
            if path and len(re.findall(rf"\b{name}\b\s*(?::[^=\n]*)?=(?!=)", text)) == 1:
                yield Fact(LOAD, path, Span(*match.span(2)), (name, match[4] or ""))


def loads_in(text: str) -> Iterator[re.Match[str]]:
    """What LOADS finds; it is asked of the lines that load something, and of what stands above them."""
    done = 0
    for call in LOAD_CALL.finditer(text):
        if call.start() < done:
            continue
        first = text.rfind("\n", 0, call.start()) + 1
        above = text[max(0, first - MAX_ABOVE) : first].rstrip()
        if above[-1:] == ":":
            first = max(text.rfind("\n", 0, first - (min(first, MAX_ABOVE) - len(above))) + 1, 0)
        end = call.start()
        for _ in range(LINES_OF_LOAD):
            end = text.find("\n", end + 1)
            if end < 0:
                end = len(text)
                break
        match = LOADS.search(text, max(first, done), end)
        if match is not None:
            yield match
            done = match.end()


def takes_whole(text: str) -> bool:
    """Whether some settings are taken as a whole, without naming their keys."""
    return (
        any(word in text for word in WHOLE_WORDS)
        or ("**" in text and SPREAD.search(text) is not None)
        or (any(word in text for word in ALL_OF) and ALL_OF_SETTINGS.search(text) is not None)
    )


def is_worth(text: str) -> bool:
    """Whether something named like settings is subscripted or has an attribute."""
    lower = text.lower()
    if not any(word in lower for word in WORDS_WORTH):
        return False
    behind = text[::-1]
    return (
        READ_OF.search(behind) is not None
        or TESTED.search(behind) is not None
        or (("' in " in text or '" in ' in text) and KEY_IN.search(text) is not None)
    )


def words_of(text: str, reads: list[Span]) -> frozenset[str]:
    """Words that could name a key, without those that `reads` cover."""
    if not reads:
        words = {word.replace("-", "_") for word in set(MARKED.findall(text))}
        words.update([word[::-1] for word in set(SET.findall(text[::-1]))])
        return frozenset(words)
    places = {span.start for span in reads} | {span.start + 1 for span in reads}
    found = set()
    for match in WORD.finditer(text):
        group = match.lastindex or 0
        if match.start(group) not in places:
            found.add(match[group].replace("-", "_"))
    return frozenset(found)


def reads_of(chunk: Chunk) -> Iterator[Fact]:
    from mldebt.syntax.details import details_of

    details = details_of(chunk)
    tests = {
        (branch.chain, branch.key): branch for branch in details.branches if branch.kind in ("if", "elif")
    }
    for use in details.keys:
        if use.access not in ("load", "get", "store", "in") or use.listed or not OWNER.search(use.owner):
            continue
        branch = tests.get((use.owner + (".get()" if use.access == "get" else "[]"), use.key))
        has_default = use.access == "get" and use.default is not None
        default = use.default if use.default.__class__ in (int, float, str, bool) else None
        yield read(
            chunk, use.key, use.key_span, use.owner, use.access, has_default, default, branch, use.span
        )
    for attribute in details.attributes:
        if attribute.access == "load" and not attribute.called and OWNER.search(attribute.owner):
            branch = tests.get((f"{attribute.owner}.{attribute.name}", ""))
            if branch is not None:
                span = Span(attribute.span.end - len(attribute.name), attribute.span.end)
                yield read(
                    chunk,
                    attribute.name,
                    span,
                    attribute.owner,
                    "attribute",
                    False,
                    None,
                    branch,
                    attribute.span,
                )


def read(
    chunk: Chunk,
    key: str,
    span: Span,
    owner: str,
    access: str,
    has_default: bool,
    default: object,
    branch: Branch | None,
    whole: Span,
) -> Fact:
    is_test = branch is not None and not branch.negated and branch.test == whole
    doubted = False
    if branch is not None and is_test:
        text = chunk.text
        end = text.find("\n", branch.body.start)
        doubted = DOUBT.search(text, branch.test.end, len(text) if end < 0 else end) is not None
    return Fact(READ, key, span, (owner, access, has_default, default, is_test, doubted))


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    path = manifest.path
    if manifest.kind == "yaml" and CONFIG_FILE.search(path) and not NOT_OURS.search(path):
        if len(manifest.entries) <= MAX_KEYS:
            for entry in manifest.entries:
                if isinstance(entry.key[-1], str):
                    value = (
                        entry.value if entry.value.__class__ in (int, float, str, bool, type(None)) else None
                    )
                    dotted = ".".join(map(str, entry.key))
                    yield Fact(KEY, dotted, entry.key_span, (entry.value is not UNKNOWN, value))
    text = manifest.text
    if manifest.kind == "lock":
        return
    is_settings = CONFIG_FILE.search(path) is not None
    yield Fact(WORDS, "settings" if is_settings else "used", Span(0, 0), (words_in(text),))
    if is_settings and "${" in text:
        yield Fact(WORDS, "used", Span(0, 0), (words_in(" ".join(re.findall(r"\$\{([^}]*)\}", text))),))


def words_in(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Za-z_]\w{2,}", text.replace("-", "_")))


# What rules ask ------------------------------------------------------------------------------


def mentioned(workspace: Workspace, in_settings: bool = True) -> frozenset[str]:
    """Every word of any file that could name a key.

    With `in_settings`: whatever could set it, reads left out. Without: whatever could
    read it, configuration files left out.
    """
    memo = f"{WORDS} {in_settings}"
    known: frozenset[str] | None = workspace.memo.get(memo)
    if known is None:
        forms = ("used", "settings") if in_settings else ("used",)
        facts = [fact.detail[0] for _, fact in workspace.facts(WORDS) if fact.subject in forms]
        if not in_settings:
            facts.append(frozenset(fact.subject.replace("-", "_") for _, fact in workspace.facts(READ)))
        known = workspace.memo[memo] = frozenset().union(*facts)
    return known


def taken_whole(workspace: Workspace) -> bool:
    """Whether some code takes a configuration as a whole, so that any key may be read."""
    return any(fact.subject == "whole" for _, fact in workspace.facts(WORDS))
