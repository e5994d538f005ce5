"""A logo from a file that nobody vouches for: told by its content, bounded in size, and nothing but the picture is kept."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from advisor.errors import InputError
from advisor.rendering.blocks import Logo

MOST_BYTES, MOST_PIXELS = 1_000_000, 4_000
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_DRAWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs"})
"""The parts of a PNG file that draw it; comments, profiles and all else stay out."""
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def logo(path: Path) -> Logo:
    """The picture of a file. Raises InputError when it cannot be read, is too large or no whole PNG or JPEG."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"The logo {str(path)[:200]} cannot be read: {reason}.", hint="Check the path and its permissions.") from None
    if len(content) > MOST_BYTES:
        raise InputError(f"The logo {path.name[:80]} is larger than {MOST_BYTES // 1000} kB.", hint="Save it smaller.")
    found = _read(content)
    if found is None:
        raise InputError(f"The logo {path.name[:80]} is no whole PNG or JPEG picture.", hint="Save it as PNG; SVG can hold scripts and is never embedded.")
    if not (0 < found.width <= MOST_PIXELS and 0 < found.height <= MOST_PIXELS):
        raise InputError(f"The logo {path.name[:80]} is {found.width} × {found.height} pixels.", hint=f"Save it with at most {MOST_PIXELS} on each side.")
    return found


def _read(content: bytes) -> Logo | None:
    try:
        return _png(content) if content.startswith(_PNG) else _jpeg(content) if content.startswith(_JPEG) else None
    except (struct.error, IndexError):
        return None


def _png(content: bytes) -> Logo | None:
    """Chunk by chunk, each with its checksum, to the end mark; what follows that is dropped."""
    kept, place, size, name = [_PNG], len(_PNG), (0, 0), b""
    while name != b"IEND":
        length, name = struct.unpack(">I4s", content[place : place + 8])
        whole = content[place : place + 12 + length]
        if len(whole) < 12 + length or struct.unpack(">I", whole[-4:])[0] != zlib.crc32(whole[4:-4]):
            return None
        if name == b"IHDR":
            size = struct.unpack(">II", whole[8:16])
        if name in _DRAWN:
            kept.append(whole)
        place += 12 + length
    return Logo(b"".join(kept), "png", *size) if any(part[4:8] == b"IDAT" for part in kept) else None


def _jpeg(content: bytes) -> Logo | None:
    """Segment by segment to the picture's size; comments and camera data stay out, and so does what follows the end mark."""
    kept, place, size = [content[:2]], 2, (0, 0)
    while content[place] == 0xFF and content[place + 1] != 0xDA:
        mark, length = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        if mark in _SIZES:
            high, wide = struct.unpack(">HH", content[place + 5 : place + 9])
            size = (wide, high)
        if not (0xE1 <= mark <= 0xED or mark == 0xFE):
            kept.append(content[place : place + 2 + length])
        place += 2 + length
    end = content.rfind(b"\xff\xd9")
    if content[place : place + 2] != b"\xff\xda" or end < place or not all(size):
        return None
    if kept[1][1:2] != b"\xe0":  # Word's writer knows a JPEG by this segment
        kept.insert(1, _JFIF)
    return Logo(b"".join((*kept, content[place : end + 2])), "jpeg", *size)
