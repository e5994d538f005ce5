"""A logo is a picture by its content, and only the picture is embedded."""

from __future__ import annotations

import struct
import zipfile
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from advisor import Advisor, Client
from advisor.domain.plan import PlanRequest
from advisor.errors import InputError
from advisor.rendering.blocks import Document
from advisor.rendering.formats import pages, render
from advisor.rendering.logo import MOST_BYTES, logo


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int = 6, height: int = 2, *more: bytes, content: bytes | None = None) -> bytes:
    rows = zlib.compress(b"".join(b"\0" + b"\x1f\x3a\x5f" * width for _ in range(height))) if content is None else content
    return b"\x89PNG\r\n\x1a\n" + b"".join((chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), *more, chunk(b"IDAT", rows), chunk(b"IEND", b"")))


def segment(mark: int, content: bytes) -> bytes:
    return bytes((0xFF, mark)) + struct.pack(">H", len(content) + 2) + content


JPEG = b"\xff\xd8" + segment(0xE1, b"Exif secret place") + segment(0xC0, struct.pack(">BHHB", 8, 20, 60, 1) + b"\x01\x11\0") + segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\x34\xff\xd9<script>"


def test_a_png_is_kept_without_what_does_not_draw_it(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(png(6, 2, chunk(b"tEXt", b"Comment\0secret")) + b"<script>alert(1)</script>")
    found = logo(path)
    assert (found.kind, found.width, found.height) == ("png", 6, 2)
    assert b"secret" not in found.content
    assert b"script" not in found.content
    assert found.content.endswith(chunk(b"IEND", b""))


def test_a_jpeg_is_kept_without_where_it_was_taken(tmp_path: Path) -> None:
    path = tmp_path / "logo.bin"
    path.write_bytes(JPEG)
    found = logo(path)
    assert (found.kind, found.width, found.height) == ("jpeg", 60, 20)
    assert b"secret" not in found.content
    assert b"script" not in found.content


@pytest.mark.parametrize("content", [
    b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"GIF89a", b"\x89PNG\r\n\x1a\n", png()[:-20], png().replace(b"IDAT", b"IDAX"), JPEG[:30],
    b"\xff\xd8\xff", png(0, 2), png(5000, 2), b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
])  # fmt: skip
def test_what_is_no_whole_picture_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        logo(path)
    assert refused.value.hint


def test_a_file_that_is_too_large_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    with pytest.raises(InputError, match="cannot be read"):
        logo(path)
    path.write_bytes(png() + b"\0" * MOST_BYTES)
    with pytest.raises(InputError, match="larger than"):
        logo(path)


@pytest.mark.parametrize("content", [png(), JPEG])
def test_a_logo_stands_at_the_head_of_pages(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "logo"
    path.write_bytes(content)
    laid = Document("Title", "en", (), (), "", "", logo(path))
    assert str(pages(laid, "html")).count("<img ") == 1
    assert b"word/media/" in bytes(pages(laid, "docx"))  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [png(), JPEG])
def test_the_logo_stands_above_the_title_of_the_workbook(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "logo"
    path.write_bytes(content)
    advisor = Advisor(today=lambda: date(2026, 11, 26))
    plan = advisor.plan(PlanRequest(kind="board-note"), Client(arr="9M EUR"))
    written = BytesIO(bytes(render(plan, "xlsx", advisor.documents, logo=logo(path))))  # type: ignore[arg-type]
    packed = zipfile.ZipFile(written)
    (picture,) = [name for name in packed.namelist() if name.startswith("xl/media/")]
    assert packed.read(picture) == logo(path).content
    sheet = openpyxl.load_workbook(written)["Plan"]
    assert (sheet["A1"].value, sheet["A2"].value) == (None, plan.title)
