"""Files that people hand in, as plain text: headings with #, lists with -, tables with pipes, so that all are read alike.

Every reader takes the bytes of a file and gives its text. What a file says is material: nothing in it is run, loaded or followed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from advisor.adapters.documents.mail import mail, transcript
from advisor.adapters.documents.office import presentation, word
from advisor.adapters.documents.pages import page
from advisor.adapters.documents.portable import portable
from advisor.adapters.documents.sheets import separated, sheet
from advisor.adapters.documents.text import decoded
from advisor.errors import InputError

MOST_BYTES = 20_000_000
MOST_TEXT = 5_000_000

READERS: dict[str, Callable[[bytes, str], str]] = {
    ".txt": decoded, ".md": decoded, ".markdown": decoded, "": decoded, ".text": decoded, ".rst": decoded, ".vtt": transcript, ".srt": transcript, ".eml": mail,
    ".html": page, ".htm": page, ".docx": word, ".pptx": presentation, ".pdf": portable, ".csv": separated, ".tsv": separated, ".xlsx": sheet,
}  # fmt: skip
"""How each kind of file is read, by the ending of its name."""


def read_document(name: str) -> str:
    """The text of a file. Raises InputError when it cannot be read, is of another kind, or has no text."""
    path = Path(name)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(kind.lstrip(".") for kind in READERS if kind)
        raise InputError(f"{name[:200]} is of a kind that cannot be read.", hint=f"Give one of: {kinds}; save other formats as text first.")
    text = reader(_content(path), str(path)[:200])
    if len(text) > MOST_TEXT:
        raise InputError(f"{str(path)[:200]} has {len(text):,} characters of text.", hint=f"Give at most {MOST_TEXT:,}: split the file.")
    return text


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{str(path)[:200]} cannot be read: {reason}.", hint="Check the path and its permissions.") from None
    if len(content) > MOST_BYTES:
        raise InputError(f"{str(path)[:200]} is larger than {MOST_BYTES // 10**6} MB.", hint="Split the file, or give it as text.")
    return content


def read_piped(content: bytes) -> str:
    """The text of standard input. Raises InputError when it is no text or has no end in sight."""
    if len(content) > MOST_TEXT:
        raise InputError(f"Standard input has more than {MOST_TEXT // 10**6} MB.", hint="Give the text in parts.")
    return decoded(content, "Standard input")
