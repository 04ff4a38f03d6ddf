"""`workspace/executeCommand`: the names of our commands, which client and server agree on.

VS Code's client registers each of them in the editor, so none may be a name that our extension registers itself.
"""

SHOW_RULE = "mldebt.showRule"
"""(rule id) -> its manual as Markdown; opened in the editor where the client can show a document."""
FIX_FILE = "mldebt.fixFile"
"""(URI) -> applies all safe fixes of one document."""
FIX_WORKSPACE = "mldebt.fixRuleInWorkspace"
"""(rule id) -> applies the fixes of one rule in every file, after the client has asked the user."""
ACCEPT = "mldebt.acceptDebt"
"""(URI, rule id, start) -> adds one finding to the baseline; `start` is its offset in the analysed text."""
FIX_RULE = "mldebt.fixRuleInFile"
"""(URI, rule id) -> applies the fixes of one rule in one document."""
IGNORE = "mldebt.ignore"
"""(URI, rule id, start, "line" | "file" | "project") -> silences a rule there; `start` as above."""
SCAN = "mldebt.lookAgain"
"""() -> looks at every file of the workspace anew."""
APPLY = "mldebt.apply"
"""(title, workspace edit) -> has the client apply it: for clients whose menus take commands only."""
DEBUG = "mldebt.debugInformation"
"""() -> versions, abilities, timings, as text to paste into a report."""
STANDING = "mldebt.standing"
"""(URI) -> the configuration in force there, and how much is found and known."""
RULES = "mldebt.rules"
"""() -> every rule: id, title, category."""

ALL = (SHOW_RULE, FIX_FILE, FIX_RULE, FIX_WORKSPACE, IGNORE, ACCEPT, SCAN, APPLY, DEBUG, STANDING, RULES)
