"""PDF as text, by pypdf (the extra `documents`): what its pages print, in reading order as far as the file tells it."""

from __future__ import annotations

import logging
from io import BytesIO

from advisor.errors import InputError, MissingExtra

_MOST = 5_000_000  # characters


def portable(content: bytes, name: str) -> str:
    """The text of a .pdf file. Raises MissingExtra without pypdf, and InputError when it is damaged, locked or holds pictures only."""
    try:
        from pypdf import PdfReader
    except ImportError:
        raise MissingExtra("Reading PDF", "documents") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        text = "" if locked else _pages(reader.pages)
    except InputError:
        raise
    except Exception as error:  # a damaged file makes pypdf raise almost anything  # noqa: BLE001
        raise InputError(f"{name} cannot be read as PDF ({type(error).__name__}).", hint="Print it to PDF again, or give its text.") from None
    if locked:
        raise InputError(f"{name} is locked with a password.", hint="Save it without one, or give its text.")
    if not text.strip():
        raise InputError(f"{name} holds no text: its pages are pictures.", hint="Run text recognition over it first, or give its text.")
    return text


def _pages(pages: object) -> str:
    texts, length = [], 0
    for page in pages:  # type: ignore[attr-defined]
        texts.append(page.extract_text())
        length += len(texts[-1])
        if length > _MOST:
            raise InputError(f"The PDF has more than {_MOST:,} characters of text.", hint="Give a part of it.")
    return "\n\n".join(texts)
