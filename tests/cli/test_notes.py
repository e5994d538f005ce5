"""Notes from files of several kinds become plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.adapters.documents import read_document
from advisor.errors import InputError

VTT = """WEBVTT - call
X-TIMESTAMP-MAP=LOCAL:00:00:00.000

STYLE
::cue { color: red }

NOTE nobody reads this

1
00:00:01.000 --> 00:00:04.000 align:start
<v Ann Lee>We're at <b>8M EUR</b> ARR</v>
<v Ann Lee>and sell mid-touch &amp; online.</v>

00:05.000 --> 00:07.000
<v.loud Bob>They are at <00:06.000>80M.

00:08.000 --> 00:09.000
- no speaker here
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Ann: We're at 8M EUR</i>\r\nARR.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nOK.\r\n"
MAIL = "From: a@b.c\nSubject: =?utf-8?q?Tiers_f=C3=BCr_uns=3F?=\nContent-Type: text/plain; charset=utf-8\n\nWe're at 8M EUR ARR.\n"
HTML = "Subject: Tiers\nMIME-Version: 1.0\nContent-Type: text/html\n\n<style>p {}</style><p>We're at &euro;8M<br>ARR.</p><p>Tiers?</p>\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.vtt", VTT, "Ann Lee: We're at 8M EUR ARR and sell mid-touch & online.\nBob: They are at 80M.\n- no speaker here"),
        ("a.srt", SRT, "Ann: We're at 8M EUR ARR. OK."),
        ("a.eml", MAIL, "Tiers für uns?\n\nWe're at 8M EUR ARR."),
        ("a.eml", HTML, "Tiers\n\nWe're at €8M\nARR.\n\nTiers?"),
        ("a.md", "# We\n", "# We\n"),
        ("a.vtt", "WEBVTT\n", ""),
        ("a.eml", "", ""),
    ],
)
def test_notes_are_read_as_what_was_said(tmp_path: Path, name: str, text: str, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert read_document(str(path)) == expected


@pytest.mark.parametrize("text", ["Content-Type: multipart/mixed; boundary=x\n\n--x", "\x00\n\n\x00", "Content-Transfer-Encoding: base64\n\n%%%"])
def test_a_broken_mail_is_read_as_far_as_it_goes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(text.encode())
    assert isinstance(read_document(str(path)), str)


def test_a_mail_in_an_unknown_alphabet_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"Content-Type: text/plain; charset=no-such\n\nx")
    with pytest.raises(InputError, match="The mail cannot be read"):
        read_document(str(path))


def test_a_file_of_another_kind_names_those_that_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Give one of: txt, md, markdown"):
        read_document(str(tmp_path / "a.odt"))


def test_a_transcript_serves_as_notes(advisor: Any, tmp_path: Path) -> None:
    Path("call.vtt").write_text(VTT.replace("They are at", "Our competitor is at"), encoding="utf-8")
    assert advisor("assess", "--notes", "call.vtt", "--json").json()["stage"]["id"] == "5-15M"
