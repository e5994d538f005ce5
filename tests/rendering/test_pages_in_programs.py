"""What a client sees: the Word file, the page and the workbook opened in real programs, and the pages read by where their words stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import combinations, product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from advisor import Advisor, Client
from advisor.domain.plan import Plan, PlanRequest
from advisor.rendering.blocks import Heading
from advisor.rendering.formats import render
from advisor.rendering.logo import logo
from advisor.rendering.plan import document
from advisor.rendering.words import page

NAME = "Müller & Söhne Versicherungsmaschinenbausoftwaregesellschaft mbH שלום 🚀"
POINTS = 72 / 2.54
EDGE = 16 / 25.4 * 72
Loader = Callable[[Path], ModuleType]


@pytest.fixture(scope="module")
def programs(load_tool: Loader) -> Any:
    return load_tool(Path(__file__).parent / "programs.py")


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


@pytest.fixture(scope="module")
def plans(advisor: Advisor) -> dict[str, Plan]:
    """The longest words and the most tables, and the shortest document."""
    client = Client(arr="9M EUR", acv="24k EUR", motion="mid_touch", owner="none", partners={"signed": 7, "active": 2}, in_place=("tiered_programme",))
    long = PlanRequest(kind="ninety-day", start=date(2027, 1, 11), prepared_for=NAME, language="de")
    short = PlanRequest(kind="board-note", start=date(2027, 1, 11), prepared_for="Acme", prepared_by="Northgate")
    return {"long": advisor.plan(long, client), "short": advisor.plan(short, client)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programs")


@pytest.fixture(scope="module")
def printed(programs: Any, advisor: Advisor, plans: dict[str, Plan], folder: Path) -> dict[str, list[Any]]:
    """The pages of each plan from Word by LibreOffice, and of the long one from the browser's print and from its workbook."""
    files = []
    for name, plan in plans.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(bytes(render(plan, "docx", advisor.documents)))  # type: ignore[arg-type]
    files.append(folder / "sheets.xlsx")
    files[-1].write_bytes(bytes(render(plans["long"], "xlsx", advisor.documents)))  # type: ignore[arg-type]
    *word, sheets = programs.converted(files, "pdf", folder / "word")
    screen, sheet = _page(advisor, plans["long"], folder), folder / "browser.pdf"
    programs.browsed(screen, folder, "--no-pdf-header-footer", f"--print-to-pdf={sheet}")
    read = {f"word-{name}": programs.pages(path) for name, path in zip(plans, word, strict=True)}
    return {**read, "print-long": programs.pages(sheet), "sheets-long": programs.pages(sheets)}


NOTES: dict[str, dict[str, Any]] = {
    "founder": {"arr": "0.8M EUR", "motion": "mid_touch", "owner": "founder", "direct_predictable": True},
    "open": {"motion": "channel"},
    "first": {"arr": "9M USD", "motion": "mid_touch", "owner": "none", "partners": {"signed": 7, "active": 2}, "in_place": ("tiered_programme", "gsi_partners", "deal_registration")},
    "between": {"arr": "60M USD", "motion": "channel", "owner": "shared", "partners": {"signed": 80, "active": 20}, "in_place": ("tiered_programme", "enterprise_prm", "partner_org")},
    "repair": {"arr": "30M EUR", "motion": "enterprise", "owner": "none", "direct_predictable": False, "partners": {"signed": 12, "active": 2}, "in_place": ("tiered_programme",)},
    "large": {"arr": "200M EUR", "motion": "enterprise", "owner": "none", "partners": {"signed": 400, "active": 90}, "in_place": ("resellers", "gsi_partners")},
}  # fmt: skip


def test_a_note_for_the_board_is_one_page_in_word_in_print_and_as_pdf(programs: Any, advisor: Advisor, load_tool: Loader, tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    picture.write_bytes(load_tool(Path(__file__).parent / "test_logo.py").png(900, 300))
    files, counted = [], {}
    for name, language in product(NOTES, ("en", "de")):
        request = PlanRequest(kind="board-note", start=date(2027, 1, 11), prepared_for=NAME, prepared_by="Northgate Partner Consulting", language=language)
        plan = advisor.plan(request, Client(**NOTES[name]))
        files.append(tmp_path / f"{name}-{language}.docx")
        files[-1].write_bytes(bytes(render(plan, "docx", advisor.documents, logo=logo(picture))))  # type: ignore[arg-type]
        written, printed = tmp_path / "written.pdf", tmp_path / "printed.pdf"
        written.write_bytes(bytes(render(plan, "pdf", advisor.documents, logo=logo(picture))))  # type: ignore[arg-type]
        programs.browsed(_page(advisor, plan, tmp_path), tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
        counted[name, language] = [len(programs.pages(written)), len(programs.pages(printed))]
    for key, path in zip(counted, programs.converted(files, "pdf", tmp_path / "word"), strict=True):
        counted[key].append(len(programs.pages(path)))
    assert {key: count for key, count in counted.items() if count != [1, 1, 1]} == {}


def _page(advisor: Advisor, plan: Plan, folder: Path, script: str = "") -> Path:
    """The page as a file. A script of the test stands in it only with the ban on scripts taken out."""
    text = str(render(plan, "html", advisor.documents))
    if script:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace("</body>", f"<script>{script}</script></body>")
    path = folder / ("measured.html" if script else "page.html")
    path.write_text(text, encoding="utf-8")
    return path


def _body(of: Any) -> list[Any]:
    """The words between header and footer."""
    return [word for word in of.words if 1.9 * POINTS < word.top < of.height - 1.9 * POINTS]


@pytest.mark.parametrize("of", ["word-long", "word-short", "print-long"])
def test_no_page_is_blank(printed: dict[str, list[Any]], of: str) -> None:
    assert [number for number, each in enumerate(printed[of], 1) if len(_body(each)) < 8] == []


@pytest.mark.parametrize("of", ["word-long", "word-short", "print-long"])
def test_every_word_stands_within_the_margins(printed: dict[str, list[Any]], of: str) -> None:
    over = [(number, word.text) for number, each in enumerate(printed[of], 1) for word in each.words if word.left < EDGE - 12 or word.right > each.width - EDGE + 12]
    assert over == []


@pytest.mark.parametrize("of", ["word-long", "word-short", "print-long", "sheets-long"])
def test_no_word_lies_upon_another(printed: dict[str, list[Any]], of: str) -> None:
    upon = [(number, one.text, other.text) for number, each in enumerate(printed[of], 1) for one, other in combinations(each.words, 2) if _overlap(one, other)]
    assert upon == []


def _overlap(one: Any, other: Any) -> bool:
    wide, high = min(one.right, other.right) - max(one.left, other.left), min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return False
    smaller = min((word.right - word.left) * (word.bottom - word.top) for word in (one, other))
    return wide * high > 0.4 * smaller


@pytest.mark.parametrize(("of", "name"), [("word-long", "long"), ("word-short", "short"), ("print-long", "long")])
def test_every_heading_has_something_below_it_on_its_page(printed: dict[str, list[Any]], plans: dict[str, Plan], advisor: Advisor, of: str, name: str) -> None:
    headings = [block.text for block in document(plans[name], advisor.documents).blocks if isinstance(block, Heading)]
    alone = []
    for heading in headings:
        places = [(each, place) for each in printed[of] if (place := _bottom(each, heading)) is not None]
        assert places, f"{heading} stands on no page"
        last, bottom = places[-1]
        if not [word for word in _body(last) if word.top >= bottom - 2]:
            alone.append(heading)
    assert alone == []


def _bottom(of: Any, text: str, place: int = -1) -> float | None:
    """How far down the last place, or another, goes where these words follow each other."""
    wanted, words = text.split(), of.words
    ends = [words[start + len(wanted) - 1].bottom for start in range(len(words) - len(wanted) + 1) if [word.text for word in words[start : start + len(wanted)]] == wanted]
    return ends[place] if ends else None


def test_the_contents_name_the_page_on_which_each_part_begins(printed: dict[str, list[Any]], plans: dict[str, Plan], advisor: Advisor) -> None:
    headings = [block.text for block in document(plans["long"], advisor.documents).blocks if isinstance(block, Heading) and block.level == 2]
    sheets = printed["word-long"]
    wrong = []
    for heading in headings:
        first, last = (next(each for each in order if _bottom(each, heading) is not None) for order in (sheets, sheets[::-1]))
        beside = [word.text for word in first.words if abs(word.bottom - (_bottom(first, heading, 0) or 0)) < 3]
        if beside[-1] != str(sheets.index(last) + 1):
            wrong.append((heading, beside))
    assert wrong == []


def test_no_name_of_a_column_is_broken_in_two(printed: dict[str, list[Any]]) -> None:
    for of in ("word-long", "print-long"):
        words = {word.text for each in printed[of] for word in each.words}
        assert {"Aufgabe", "Aufwand", "Wann", "Partnerverantwortung", "Meilenstein", "Betrag"} - words == set(), of


MEASURES = """
const seen = e => e.getClientRects().length > 0, root = document.documentElement;
const light = c => c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const colour = t => t.match(/[\\d.]+/g).slice(0, 3).map(Number);
const contrast = (a, b) => { const [x, y] = [light(colour(a)), light(colour(b))].sort((p, q) => q - p); return (x + .05) / (y + .05); };
const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255,255,255)'; };
const inner = [...document.body.querySelectorAll('*')].filter(e => seen(e) && !e.closest('svg'));
const words = [...document.querySelectorAll('svg text')].filter(seen);
const said = {
  wide: [root.scrollWidth, root.clientWidth],
  outside: inner.filter(e => !e.closest('.wide') && e.getBoundingClientRect().right > root.clientWidth + 1).map(e => e.tagName),
  cut: inner.filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden').map(e => e.tagName),
  scrolled: [...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.firstElementChild.tagName),
  drawn: [...document.querySelectorAll('svg')].filter(seen).map(e => e.getAttribute('class').split(' ')[0]),
  tiny: words.filter(e => parseFloat(getComputedStyle(e).fontSize) * e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width < 8.5).map(e => e.textContent),
  beyond: words.filter(e => e.getBoundingClientRect().right > Math.min(root.clientWidth, e.ownerSVGElement.getBoundingClientRect().right) + 1).map(e => e.textContent),
  faint: inner.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).filter(e => contrast(getComputedStyle(e).color, ground(e)) < 4.5).map(e => e.tagName),
};
document.title = JSON.stringify(said);
"""


def _measured(programs: Any, advisor: Advisor, plan: Plan, folder: Path, width: int, *more: str) -> dict[str, Any]:
    told = programs.browsed(_page(advisor, plan, folder, MEASURES), folder, f"--window-size={width},900", *more, "--dump-dom")
    return json.loads(unescape(re.search(r"<title>(.*?)</title>", told, re.DOTALL)[1]))  # type: ignore[index, no-any-return]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (320, "light"), (1280, "dark")])
def test_a_screen_shows_everything_without_scrolling_sideways(programs: Any, advisor: Advisor, plans: dict[str, Plan], folder: Path, width: int, scheme: str) -> None:
    dark = ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    found = _measured(programs, advisor, plans["long"], folder, width, *dark)
    assert found["wide"][1] == width
    assert found["wide"][0] <= found["wide"][1]
    assert {name: found[name] for name in ("outside", "cut", "faint", "scrolled")} == {"outside": [], "cut": [], "faint": [], "scrolled": []}


@pytest.mark.parametrize("width", [1280, 880, 850, 390, 360])
def test_drawings_fit_the_screen_and_can_be_read_on_it(programs: Any, advisor: Advisor, folder: Path, width: int) -> None:
    """A drawing stands once, whole, and in letters that are large enough."""
    client = Client(arr="60M EUR", motion="channel", owner="shared", expansion="geographic", implementation_heavy=True, in_place=("tiered_programme",))
    plan = advisor.plan(PlanRequest(kind="ecosystem-map", start=date(2027, 1, 11), language="de"), client)
    found = _measured(programs, advisor, plan, folder, width)
    assert {name: found[name] for name in ("drawn", "tiny", "beyond", "scrolled")} == {"drawn": ["network", "timeline"], "tiny": [], "beyond": [], "scrolled": []}


def test_a_changed_assumption_moves_the_results_of_the_workbook(programs: Any, advisor: Advisor, plans: dict[str, Plan], folder: Path) -> None:
    import openpyxl

    labels = page("de")
    economics, hours, assumptions = (labels.say(f"plan.sheet.{name}") for name in ("economics", "hours", "assumptions"))
    whole, changed = folder / "whole.xlsx", folder / "changed.xlsx"
    whole.write_bytes(bytes(render(plans["long"], "xlsx", advisor.documents)))  # type: ignore[arg-type]
    book = openpyxl.load_workbook(whole)
    facts = {row[0].value: row[1] for row in book[assumptions].iter_rows(min_row=2)}
    for name, value in zip(facts, (48000, 10, 20, 80, 90000, 6000, 4, 25, 120), strict=True):
        facts[name].value = value
    book[hours]["B2"].value = 40
    book.save(changed)
    before, after = (openpyxl.load_workbook(path, data_only=True) for path in programs.converted([whole, changed], "xlsx", folder / "sums"))
    stated = openpyxl.load_workbook(whole, data_only=True)
    for sheet in (economics, hours):
        assert _values(before[sheet]) == _values(stated[sheet]), "the value that a formula carries is the one that it has"
    sums = [row[1] for row in after[economics].iter_rows(min_row=2, values_only=True)]
    assert sums == pytest.approx([4800, 9600, 28800, 96000, 4, 300, 2.5])
    left, then = (next(each[hours].iter_rows(min_row=2, max_row=2, values_only=True))[4] for each in (before, after))
    assert then > left


def _values(sheet: Any) -> list[Any]:
    rows = [[value or None for value in row] for row in sheet.iter_rows(values_only=True)]
    return [[round(value, 6) if isinstance(value, float) else value for value in row] for row in rows]
