"""One Python text as it is now, on disk or unsaved in an editor."""

from __future__ import annotations

import codecs
import io

from mldebt.plain import dataclass, field
from mldebt.typed import TYPE_CHECKING

try:
    from _blake2 import blake2b  # hashlib's own, without the 3 ms of loading OpenSSL
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from mldebt.syntax.notebook import Notebook

MAX_FILE_BYTES = 5_000_000
# A file above this is data or a dump: parsing it costs seconds and its findings
# help nobody. The largest hand-written file measured has 13,015 lines (0.5 MB).


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`path` is relative to the workspace, with forward slashes; `text` has the line ends of the file."""

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bool = False
    notebook: Notebook | None = field(default=None, compare=False)
    """Where each part of a joined notebook came from."""

    @property
    def digest(self) -> str:
        return digest_of(self.text.encode("utf-8", "surrogatepass"))


class Unreadable(ValueError):
    """A file whose bytes are not the text they claim to be; the message says why in one sentence."""


def digest_of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def decode(data: bytes) -> tuple[str, str, bool]:
    """(text, encoding, had a byte order mark) of a Python file's bytes, by its cookie (PEP 263).

    Line ends are kept as they are. Raises Unreadable.
    """
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable(f"the file has {len(data):,} bytes; files above {MAX_FILE_BYTES:,} are passed over")
    if b"\0" in data:
        raise Unreadable("the file has NUL bytes, so it is not Python text")
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        encoding = "utf-8" if bom else _declared(data)
        text = data[3:].decode("utf-8") if bom else data.decode(encoding)
    except (SyntaxError, LookupError) as error:
        raise Unreadable(f"its encoding line is not usable: {error}") from None
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not {error.encoding} text (byte {error.start:,})") from None
    return text, encoding, bom


def _declared(data: bytes) -> str:
    """The encoding that the first two lines declare. Raises SyntaxError or LookupError."""
    lines = io.BytesIO(data)
    head = lines.readline() + lines.readline()
    if head.isascii() and b"coding" not in head:
        return "utf-8"
    import tokenize  # few files need it, and it is a millisecond to import

    lines.seek(0)
    return tokenize.detect_encoding(lines.readline)[0]


def encode(text: str, encoding: str, bom: bool) -> bytes:
    """The bytes `decode` read this text from. Raises UnicodeEncodeError."""
    return (codecs.BOM_UTF8 if bom else b"") + text.encode(encoding)
