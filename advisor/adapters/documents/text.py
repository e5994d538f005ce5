"""Bytes as text: UTF-8, or UTF-16 where its mark says so."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from advisor.errors import InputError


def decoded(content: bytes, name: str) -> str:
    """The text of a file. Raises InputError with the first byte that is none."""
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8 and try again.") from None
    if "\0" in text:
        raise InputError(f"{name} is not text: a zero byte stands at character {text.index(chr(0))}.", hint="Give a document under the ending of its kind, such as .docx or .pdf.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
