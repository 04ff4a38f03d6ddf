"""`workspace/executeCommand`: the names of our commands, which client and server agree on."""

SHOW_RULE = "mldebt.showRule"
"""(rule id) -> its manual as Markdown; opened in the editor where the client can show a document."""
FIX_FILE = "mldebt.fixFile"
"""(URI) -> applies all safe fixes of one document."""
FIX_WORKSPACE = "mldebt.fixRuleInWorkspace"
"""(rule id) -> applies the fixes of one rule in every file, after the client has asked the user."""
ACCEPT = "mldebt.acceptDebt"
"""(URI, rule id, start) -> adds one finding to the baseline; `start` is its offset in the analysed text."""
DEBUG = "mldebt.debugInformation"
"""() -> versions, abilities, timings, as text to paste into a report."""
STANDING = "mldebt.standing"
"""(URI) -> the configuration in force there, and how much is found and known."""
RULES = "mldebt.rules"
"""() -> every rule: id, title, category."""

ALL = (SHOW_RULE, FIX_FILE, FIX_WORKSPACE, ACCEPT, DEBUG, STANDING, RULES)
