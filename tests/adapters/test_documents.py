"""Files of many kinds become one kind of text; a bad one gives one clear sentence."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from advisor.adapters.documents import read_document, read_piped
from advisor.errors import InputError, MissingExtra

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
WORD = (
    f'<?xml version="1.0"?><w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Review</w:t></w:r></w:p>'
    '<w:p><w:r><w:t xml:space="preserve">Deals close </w:t></w:r><w:r><w:t>46 % faster.</w:t></w:r><w:del><w:r><w:delText>60 %</w:delText></w:r></w:del></w:p>'
    f"<w:tbl><w:tr>{CELL.format('Depot')}{CELL.format('Trains')}</w:tr><w:tr>{CELL.format('York')}{CELL.format('42')}</w:tr></w:tbl></w:body></w:document>"
)
SLIDE = (
    '<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Why</a:t></a:r></a:p></p:txBody></p:sp>'
    "<p:sp><p:txBody><a:p><a:r><a:t>46 % faster</a:t></a:r></a:p></p:txBody></p:sp></p:sld>"
)
SHEET = (
    '<worksheet xmlns="s"><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row><c r="A2" t="inlineStr"><is><t>York</t></is></c><c r="B2" s="1"><v>0.875</v></c></row></sheetData></worksheet>'
)


def packed(**parts: str) -> bytes:
    """An Office file of these parts, `__` for a slash."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return buffer.getvalue()


def read(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(str(path))


def test_word_keeps_headings_and_tables_and_leaves_deleted_words_out(tmp_path: Path) -> None:
    assert read(tmp_path, "a.docx", packed(word__document=WORD)) == "# Review\n\nDeals close 46 % faster.\n\n| Depot | Trains |\n|---|---|\n| York | 42 |"


def test_slides_are_read_in_their_order(tmp_path: Path) -> None:
    content = packed(ppt__slides__slide10=SLIDE.replace("46", "10"), ppt__slides__slide2=SLIDE)
    assert [line for line in read(tmp_path, "a.pptx", content).splitlines() if line] == ["# Why", "46 % faster", "# Why", "10 % faster"]


def test_a_sheet_shows_percent_as_its_cells_do(tmp_path: Path) -> None:
    styles = '<styleSheet xmlns="s"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    strings = '<sst xmlns="s"><si><t>Depot</t></si><si><t>Occupancy</t></si></sst>'
    content = packed(xl__sharedStrings=strings, xl__styles=styles, xl__worksheets__sheet1=SHEET)
    assert read(tmp_path, "a.xlsx", content) == "| Depot | Occupancy |\n|---|---|\n| York | 87.5 % |"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_separated_table_is_read_whatever_separates_it(tmp_path: Path, mark: str) -> None:
    assert read(tmp_path, "a.csv", f'Depot{mark}Trains\nYork{mark}"1,200"\n') == "| Depot | Trains |\n|---|---|\n| York | 1,200 |"


def test_a_page_is_what_its_reader_sees(tmp_path: Path) -> None:
    html = "<head><title>x</title></head><h2>Depots</h2><p>York &amp; Hull:<br>42&nbsp;trains</p><script>99</script><table><tr><th>A<th>B<tr><td>1<td>2</table><!-- 7 -->"
    assert read(tmp_path, "a.html", html) == "## Depots\n\nYork & Hull:\n42 trains\n\n| A | B |\n|---|---|\n| 1 | 2 |"


def test_a_pdf_gives_the_text_of_its_pages(tmp_path: Path) -> None:
    stream = b"BT /F1 12 Tf 72 700 Td (York has 42 trains.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    body += table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(body))
    assert read(tmp_path, "a.pdf", body).strip() == "York has 42 trains."


def test_a_locked_pdf_and_one_of_pictures_are_told_apart(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    for name, key, said in (("locked.pdf", "secret", "locked with a password"), ("blank.pdf", "", "pages are pictures")):
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        if key:
            writer.encrypt(key)
        writer.write(tmp_path / name)
        with pytest.raises(InputError, match=said):
            read_document(str(tmp_path / name))


def test_without_pypdf_the_install_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra, match=r"partner-advisor\[documents\]"):
        read(tmp_path, "a.pdf", b"%PDF-1.4")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", bytes(range(256)), "not UTF-8 text"), ("a.txt", b"a\x00b", "a zero byte"), ("a.docx", b"nothing", "not a .docx file"), ("a.docx", b"\xd0\xcf\x11\xe0" + b"0" * 600, "locked with a password"),
        ("a.docx", packed(word__document="<a>" + " " * 45_000_000 + "</a>"), "unpacks to more than"), ("a.docx", packed(word__document="<a><b></a>"), "is damaged"),
        ("a.docx", packed(word__document='<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>'), "declares a document type"), ("a.pdf", b"%PDF-1.4 nonsense", "cannot be read as PDF"), ("a.png", b"", "of a kind that cannot be read"),
    ],
)  # fmt: skip
def test_a_bad_file_gives_one_sentence_with_the_way_out(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read(tmp_path, name, content)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_folder_a_missing_file_and_an_endless_pipe_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(InputError):
            read_document(f"{path}/" if path.is_dir() else str(path))
    with pytest.raises(InputError, match="more than 5 MB"):
        read_piped(b"a" * 5_000_001)


def test_text_with_the_mark_of_utf_16_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "46 %\r\n".encode("utf-16")) == "46 %\n"
