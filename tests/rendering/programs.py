"""Real programs that open what we write: LibreOffice, Chromium and poppler, each started headless with a profile of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
_LONGEST = 180
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


class Word(NamedTuple):
    """A word on a page and its box in points, from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Page(NamedTuple):
    width: float
    height: float
    words: tuple[Word, ...]


def program(*names: str) -> str:
    """The first of these that is installed; without any, the test is skipped and says what is missing."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed; .ci/apt.txt names the Debian packages")
    return found


def converted(files: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """The files as LibreOffice writes them in another format."""
    office = program("soffice", "libreoffice")
    folder.mkdir(exist_ok=True)
    _run(office, "--headless", "--norestore", f"-env:UserInstallation={(folder.parent / 'office').as_uri()}", "--convert-to", form, "--outdir", str(folder), *map(str, files))
    written = [folder / f"{file.stem}.{form.partition(':')[0]}" for file in files]
    assert [path.name for path in written if not path.is_file()] == [], "LibreOffice could not open them"
    return written


def browsed(page: Path, folder: Path, *options: str) -> str:
    """What Chromium says when it opens a page with these options."""
    browser = program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return _run(browser, *QUIET, f"--user-data-dir={folder / 'browser'}", *options, page.as_uri())


def pages(pdf: Path) -> list[Page]:
    """The words of a PDF file with their places."""
    text = _run(program("pdftotext"), "-bbox", str(pdf), "-")
    return list(_pages(text))


def _pages(text: str) -> Iterator[Page]:
    for width, height, body in re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', text, re.DOTALL):
        words = (Word(*map(float, place), unescape(word)) for *place, word in _WORD.findall(body))
        yield Page(float(width), float(height), tuple(words))


def _run(*arguments: str) -> str:
    done = subprocess.run(arguments, capture_output=True, timeout=_LONGEST, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-800:]
    return done.stdout.decode(errors="replace")
