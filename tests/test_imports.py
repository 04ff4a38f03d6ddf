"""An added import stands where a careful person would have put it, and only once."""

from __future__ import annotations

import ast

import pytest

from examples import source_of
from mldebt.fixes.imports import bound_name, import_edit
from mldebt.syntax.document import Document
from mldebt.text import apply_edits

CASES = {
    "empty file": ("", "from pathlib import Path\n"),
    "comments only": ("# notes\n", "# notes\nfrom pathlib import Path\n"),
    "code only": ("x = 1\n", "from pathlib import Path\n\nx = 1\n"),
    "function first": ("def f(): pass\n", "from pathlib import Path\n\n\ndef f(): pass\n"),
    "header comments": (
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nx = 1\n",
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nfrom pathlib import Path\n\nx = 1\n",
    ),
    "comment of the first statement": (
        "# licence\n\n# where things are\nx = 1\n",
        "# licence\n\nfrom pathlib import Path\n\n# where things are\nx = 1\n",
    ),
    "docstring": ('"""Trains."""\nx = 1\n', '"""Trains."""\n\nfrom pathlib import Path\n\nx = 1\n'),
    "docstring alone": ('"""Trains."""', '"""Trains."""\n\nfrom pathlib import Path'),
    "docstring over lines": (
        'r"""Trains.\n\nLong.\n"""  # noqa\n\nx = 1\n',
        'r"""Trains.\n\nLong.\n"""  # noqa\n\nfrom pathlib import Path\n\nx = 1\n',
    ),
    "a string that is used": (
        '"a".join(x)\n',
        'from pathlib import Path\n\n"a".join(x)\n',
    ),
    "future": (
        '"""Doc."""\nfrom __future__ import annotations\nx = 1\n',
        '"""Doc."""\nfrom __future__ import annotations\n\nfrom pathlib import Path\n\nx = 1\n',
    ),
    "future, then imports": (
        "from __future__ import annotations\n\nimport os\n",
        "from __future__ import annotations\n\nimport os\nfrom pathlib import Path\n",
    ),
    "sorted by kind": (
        "import os\nimport sys\nfrom typing import Any\n\nimport numpy as np\n",
        "import os\nimport sys\nfrom pathlib import Path\nfrom typing import Any\n\nimport numpy as np\n",
    ),
    "sorted by name": (
        "import json\nfrom os import path\nimport sys\n",
        "import json\nfrom os import path\nfrom pathlib import Path\nimport sys\n",
    ),
    "first of its section": (
        "from typing import Any\n",
        "from pathlib import Path\nfrom typing import Any\n",
    ),
    "third party only": (
        "import numpy as np\nimport torch\n",
        "from pathlib import Path\n\nimport numpy as np\nimport torch\n",
    ),
    "relative only": ("from . import data\n", "from pathlib import Path\n\nfrom . import data\n"),
    "unsorted": (
        "import sys, os\nimport json\nfrom typing import Any\nfrom abc import ABC\nx = 1\n",
        "import sys, os\nimport json\nfrom typing import Any\nfrom abc import ABC\nfrom pathlib import Path\nx = 1\n",
    ),
    "merged in order": (
        "from pathlib import PurePath\n",
        "from pathlib import Path, PurePath\n",
    ),
    "merged at the end": (
        "from pathlib import PosixPath, PurePath as P2\nimport os\n",
        "from pathlib import PosixPath, PurePath as P2\nfrom pathlib import Path\nimport os\n",
    ),
    "merged over lines": (
        "from pathlib import (\n    PurePath,\n    PosixPath,\n)\n",
        "from pathlib import (\n    PurePath,\n    PosixPath,\n    Path,\n)\n",
    ),
    "merged after one name in brackets": (
        "from pathlib import (\n    Dir,\n)\n",
        "from pathlib import (\n    Dir,\n    Path,\n)\n",
    ),
    "carriage returns": (
        '"""Doc."""\r\nimport os\r\n\r\nimport torch\r\n',
        '"""Doc."""\r\nimport os\r\nfrom pathlib import Path\r\n\r\nimport torch\r\n',
    ),
    "no line end": ("import os", "import os\nfrom pathlib import Path"),
    "shared line": ("import os; x = (\n1)\n", "from pathlib import Path\nimport os; x = (\n1)\n"),
    "brackets": (
        "import os\nfrom re import (\n    sub,\n)\nx = 1\n",
        "import os\nfrom pathlib import Path\nfrom re import (\n    sub,\n)\nx = 1\n",
    ),
    "only below TYPE_CHECKING": (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from pathlib import Path\n",
        "from pathlib import Path\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from pathlib import Path\n",
    ),
    "only inside a function": (
        "import os\n\n\ndef f():\n    from pathlib import Path\n",
        "import os\nfrom pathlib import Path\n\n\ndef f():\n    from pathlib import Path\n",
    ),
    "a class of that name": (
        "import os\n\n\nclass Path: ...\n",
        "import os\nimport pathlib\n\n\nclass Path: ...\n",
    ),
    "another import of that name": (
        "from kedro.io import Path\n",
        "import pathlib\n\nfrom kedro.io import Path\n",
    ),
    "everything taken": (
        "def f(Path, pathlib): ...\n",
        "import pathlib as pathlib_module\n\n\ndef f(Path, pathlib): ...\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_import_stands_in_its_place(name: str, newline: str) -> None:
    before, after = (text.replace("\r\n", "\n").replace("\n", newline) for text in CASES[name])
    if "\n" not in before:
        after = after.replace(newline, "\n")
    module = Document(source_of("a.py", before)).module()
    edit = import_edit(module, "pathlib", "Path")
    assert edit is not None
    result = apply_edits(before, [edit])
    assert result == after
    ast.parse(result)
    again = Document(source_of("a.py", result)).module()
    assert import_edit(again, "pathlib", "Path") is None
    assert bound_name(again, "pathlib", "Path") == bound_name(module, "pathlib", "Path")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("from pathlib import Path\n", "Path"),
        ("from pathlib import Path as P\n", "P"),
        ("import pathlib\n", "pathlib.Path"),
        ("import pathlib as pl\n", "pl.Path"),
        ("try:\n    from pathlib import Path\nexcept ImportError:\n    pass\n", "Path"),
    ],
)
def test_import_that_is_there_is_used(text: str, written: str) -> None:
    module = Document(source_of("a.py", text)).module()
    assert import_edit(module, "pathlib", "Path") is None
    assert bound_name(module, "pathlib", "Path") == written


def test_plain_module() -> None:
    module = Document(source_of("a.py", "import os.path\nimport torch\n")).module()
    assert bound_name(module, "os") == "os"
    edit = import_edit(module, "os")
    assert edit is not None and edit.text == "import os\n"


NOTEBOOK = """\
# %%
%%time
%matplotlib inline
# %%
import numpy as np
# %%
from pathlib import Path
x = 5
"""


def test_notebook_takes_it_in_the_first_cell_that_imports() -> None:
    source = source_of("a.ipynb", NOTEBOOK.partition("# %%\n")[2])
    module = Document(source).module()
    edit = import_edit(module, "dataclasses", "dataclass")
    assert edit is not None and edit.text == "from dataclasses import dataclass\n\n"
    assert source.text[edit.span.start :].startswith("import numpy")


def test_import_below_the_place_that_needs_it_does_not_count() -> None:
    source = source_of("a.ipynb", NOTEBOOK.partition("# %%\n")[2])
    module = Document(source).module()
    assert import_edit(module, "pathlib", "Path") is None
    edit = import_edit(module, "pathlib", "Path", before=source.text.index("import numpy") + 5)
    assert edit is not None and edit.span.start <= source.text.index("import numpy")
