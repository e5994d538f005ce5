"""Office files are archives of XML: parts are unpacked and read within bounds, and a part that declares entities is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat

from advisor.errors import InputError

_MOST = 40_000_000  # bytes of a part once unpacked; the text of a thousand pages has about ten million
_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an old Office file, or a new one with a password, is a compound file and no archive
Start = Callable[[str, dict[str, str]], None]
Say = Callable[[str], None]


class Package:
    """The parts of an Office file. Raises InputError when it is no archive, damaged, locked or larger unpacked than any document."""

    def __init__(self, content: bytes, name: str, kind: str) -> None:
        self.name = name
        if content.startswith(_ENCRYPTED):
            raise InputError(f"{name} is locked with a password, or in the format of Office before 2007.", hint=f"Save it without a password as .{kind}.")
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError):
            raise InputError(f"{name} is not a .{kind} file: it is damaged or of another kind.", hint=f"Open it where it was made and save it as .{kind} again.") from None
        self.parts = frozenset(self._archive.namelist())

    def read(self, part: str) -> bytes:
        """The bytes of a part; none where there is no such part."""
        if part not in self.parts:
            return b""
        try:
            with self._archive.open(part) as file:
                content = file.read(_MOST + 1)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
            raise InputError(f"{self.name}: its part {part[:80]} cannot be unpacked ({type(error).__name__}).", hint="Save the file again where it was made.") from None
        except Exception as error:  # zlib has an error of its own  # noqa: BLE001
            raise InputError(f"{self.name}: its part {part[:80]} is damaged ({type(error).__name__}).", hint="Save the file again where it was made.") from None
        if len(content) > _MOST:
            raise InputError(f"{self.name} unpacks to more than {_MOST // 10**6} MB.", hint="No document is that large: give its text, or a part of it.")
        return content

    def walk(self, part: str, start: Start, end: Say, data: Say) -> None:
        """Read a part as XML, calling these for its elements (without namespaces) and characters."""
        content = self.read(part)
        if not content:
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = lambda tag, attributes: start(_local(tag), {_local(key): value for key, value in attributes.items()})
        parser.EndElementHandler = lambda tag: end(_local(tag))
        parser.CharacterDataHandler = data
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise InputError(f"{self.name}: its part {part[:80]} is damaged ({error}).", hint="Save the file again where it was made.") from None

    def _refuse(self, *_: object) -> None:
        raise InputError(f"{self.name} declares a document type, which no Office file does.", hint="Save the file again where it was made, or give its text.")


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]
