"""Claims about the tables of evals/verify/tables.md: true ones, worked out ones, respelled ones, and each falsified in one way."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

_UNITS = {
    "%": ("{} %", "{} percent"), "ha": ("{} ha", "{} hectares"), "m³": ("{} m³", "{} cubic metres"), "t": ("{} t", "{} tonnes"), "kt": ("{} kt", "{} kilotonnes"), "min": ("{} min", "{} minutes"),
    "hours": ("{} hours", "{}-hour"), "days": ("{} days", "{} days"), "weeks": ("{} weeks", "{} weeks"), "years": ("{} years", "{} years"), "km": ("{} km", "{} kilometres"), "km/h": ("{} km/h", "{} kilometres per hour"),
    "m": ("{} m", "{} metres"), "mm": ("{} mm", "{} millimetres"), "MW": ("{} MW", "{} megawatts"), "kW": ("{} kW", "{} kilowatts"), "GWh": ("{} GWh", "{} gigawatt hours"), "MWh": ("{} MWh", "{} MWh"),
    "hl": ("{} hl", "{} hectolitres"), "°C": ("{} °C", "{} degrees Celsius"), "EUR": ("€{}", "EUR {}"), "GBP": ("£{}", "GBP {}"), "EUR m": ("€{} million", "EUR {}m"), "GBP m": ("£{} million", "GBP {}m"),
    "EUR k": ("€{}k", "EUR {} thousand"), "thousand": ("{} thousand", "{}k"), "Ml per day": ("{} Ml per day", "{} megalitres a day"), "l per cow": ("{} l per cow", "{} litres for each cow"),
}  # fmt: skip
_OTHER_UNIT = {
    "%": "{} percentage points", "ha": "{} km²", "m³": "{} litres", "t": "{} kg", "min": "{} hours", "hours": "{} days", "days": "{} weeks", "weeks": "{} days", "km": "{} miles", "km/h": "{} mph", "m": "{} km", "mm": "{} cm",
    "MW": "{} kW", "GWh": "{} MWh", "EUR": "${}", "GBP": "€{}", "EUR m": "${} million", "GBP m": "€{} million", "EUR k": "${}k", "years": "{} months",
}  # fmt: skip
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_PUBLISHERS = ("Gartner", "Deloitte", "Eurostat", "Roland Berger")


@dataclass(frozen=True)
class TableCase:
    """A claim with the text that it is held against; `kind` names the change, `derived` that it must be worked out."""

    kind: str
    text: str
    source: str
    derived: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table: its text, who publishes it, and its cells as written."""

    text: str
    publisher: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def unit(self, column: int) -> str:
        found = re.search(r"\(([^)]*)\)", self.heads[column])
        return found[1] if found else ""

    def noun(self, column: int) -> str:
        return re.sub(r"\s*\([^)]*\)", "", self.heads[column]).strip()


@dataclass(frozen=True)
class Cell:
    sheet: Sheet
    row: int
    column: int

    @property
    def value(self) -> str:
        return self.sheet.rows[self.row][self.column]

    @property
    def name(self) -> str:
        return self.sheet.rows[self.row][0]

    def shown(self, value: str = "", style: int = 0) -> str:
        unit = self.sheet.unit(self.column)
        return (_UNITS[unit][style] if unit else "{}").format(value or self.value)


def sheets(path: Path) -> list[Sheet]:
    """The tables of the file, each with its heading and source line."""
    found = []
    for part in re.split(r"^(?=## )", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in part.splitlines() if line.startswith("|")]
        publisher = re.search(r"^Source: (.+), \d{4}$", part, re.M)
        assert publisher
        found.append(Sheet(part.strip(), publisher[1], tuple(lines[0]), tuple(tuple(row) for row in lines[2:])))
    return found


def said(cell: Cell, value: str, *, form: int, name: str = "", noun: str = "", publisher: str = "") -> str:
    """A claim in one of six wordings."""
    name, noun = name or cell.name, (noun or cell.sheet.noun(cell.column)).lower()
    lead = f"According to {publisher or cell.sheet.publisher}, "
    return (
        f"{name}: {noun} {value}.", f"In {name}, {noun} stood at {value}.", f"{lead}{name} reports {noun} of {value}.", f"For {name} the figure for {noun} is {value}.",
        f"{value} is the {noun} of {name}.", f"We looked at {noun}: it came to {value} at {name}.",
    )[form % 6]  # fmt: skip


def true_cells(sheet: Sheet) -> list[Cell]:
    return [Cell(sheet, row, column) for row in range(len(sheet.rows)) for column in range(1, len(sheet.heads))]


def cases(sheet: Sheet, rng: random.Random) -> Iterator[TableCase]:
    """Every kind of case of one table: two cells each of what holds, and what is planted in them."""
    cells = true_cells(sheet)
    for form, cell in enumerate(rng.sample(cells, min(len(cells), 6))):
        yield TableCase("as it stands", said(cell, cell.shown(), form=form), sheet.text)
        yield from (replace(case, source=sheet.text) for case in _respelled(cell, form))
        yield from (TableCase(kind, text, sheet.text) for kind, text in _planted(cell, cells, form, rng))
    yield from _worked_out(sheet, rng)


def _respelled(cell: Cell, form: int) -> Iterator[TableCase]:
    value = cell.value
    versions = {
        "unit in words": cell.shown(style=1), "no separator": cell.shown(value.replace(",", "")), "thin space": cell.shown(value.replace(",", "\u202f")),
        "nbsp": cell.shown().replace(" ", "\u00a0"), "about": f"about {cell.shown()}",
    }  # fmt: skip
    if value.isdigit() and 1 < int(value) < 100 and not cell.shown().startswith(("€", "£")):
        versions["words"] = cell.shown(_worded(int(value)), 1)
    if "–" in value:
        versions |= {"to": cell.shown(value.replace("–", " to ")), "between": cell.shown(f"between {value.replace('–', ' and ')}")}
    for kind, shown in versions.items():
        if shown != cell.shown() and not (kind == "unit in words" and shown.endswith("-hour")):
            yield TableCase(kind, said(cell, shown, form=form), "")
    if form % 6 == 0:
        yield TableCase("capitals", said(cell, cell.shown(), form=form).upper().replace(" MIN.", " min.").replace(cell.shown().upper(), cell.shown()), "")


def _worded(number: int) -> str:
    return _ONES[number] if number < 20 else _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def _planted(cell: Cell, cells: list[Cell], form: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    value, sheet = cell.value, cell.sheet
    place = rng.choice([match.start() for match in re.finditer(r"[0-9]", value)])
    digit = rng.choice([each for each in "123456789" if each != value[place]])
    yield "digit", said(cell, cell.shown(value[:place] + digit + value[place + 1 :]), form=form)
    if "–" not in value:
        larger = f"{Decimal(value.replace(',', '')) * 10:,f}"
        yield "scale", said(cell, cell.shown(larger), form=form)
        low = Decimal(value.replace(",", ""))
        yield "widened range", said(cell, cell.shown(f"{low - (1 if low > 1 else 0):f}–{low + 3:f}"), form=form)
    else:
        low, high = value.split("–")
        yield "widened range", said(cell, cell.shown(f"{low}–{int(high) + 4}"), form=form)
        yield "one end", said(cell, cell.shown(high), form=form)
    unit = sheet.unit(cell.column)
    if unit == "%":
        yield "points for percent", said(cell, _OTHER_UNIT["%"].format(value), form=form)
    elif unit in _OTHER_UNIT:
        yield "unit", said(cell, _OTHER_UNIT[unit].format(value), form=form)
    yield "added hedge", said(cell, f"{'more' if form % 2 else 'less'} than {cell.shown()}", form=form)
    akin = [each for each in cells if each.column == cell.column and each.value != value]
    yield "another figure", said(cell, rng.choice(akin).shown(), form=form)
    other_row = rng.choice(akin)
    yield "swapped row", said(cell, cell.shown(), form=form, name=other_row.name)
    others = [each for each in cells if each.row == cell.row and each.column != cell.column and each.value != value and sheet.noun(each.column) != sheet.noun(cell.column)]
    yield "swapped column", said(cell, cell.shown(), form=form, noun=sheet.noun(rng.choice(others).column))
    yield "swapped publisher", said(cell, cell.shown(), form=2, publisher=rng.choice(_PUBLISHERS))


def _worked_out(sheet: Sheet, rng: random.Random) -> Iterator[TableCase]:
    plain = [column for column in range(1, len(sheet.heads)) if sheet.unit(column) in {"", "ha", "m³", "t", "km", "MW"} and all("." not in row[column] and "–" not in row[column] for row in sheet.rows)]
    for column in plain[:2]:
        values = {row[0]: Decimal(row[column].replace(",", "")) for row in sheet.rows}
        noun, unit = sheet.noun(column).lower(), sheet.unit(column)
        shown = _UNITS[unit][0] if unit else "{}"
        (a, x), (b, y) = sorted(rng.sample(sorted(values.items()), 2), key=lambda item: -item[1])
        gap, total = shown.format(f"{x - y:,f}"), sum(values.values())
        rise = _rounded((x - y) / y * 100)
        true = {
            "difference": f"{a} has {gap} more {noun} than {b}.", "sum": f"In total, {noun} comes to {shown.format(f'{total:,f}')}.",
            "mean": f"On average, {noun} is {shown.format(f'{_rounded(total / len(values)):,f}')}.", "share": f"{a} accounts for {_rounded(x / total * 100)} % of {noun}.",
            "times": f"{noun.capitalize()} at {a} is {_rounded(x / y, '0.1')} times that of {b}.", "more in percent": f"{a} has {rise} % more {noun} than {b}.",
            "two rows": f"{a} and {b} together have {shown.format(f'{x + y:,f}')} {noun}.",
        }  # fmt: skip
        yield from (TableCase(kind, text, sheet.text, derived=True) for kind, text in true.items())
        yield TableCase("flipped direction", f"{a} has {gap} fewer {noun} than {b}.", sheet.text)
        yield TableCase("flipped direction", f"{b} has {gap} more {noun} than {a}.", sheet.text)
        yield TableCase("wrong sum", f"In total, {noun} comes to {shown.format(f'{total + 7:,f}')}.", sheet.text)
        yield TableCase("wrong sum", f"{a} accounts for {_rounded(x / total * 100) + 6} % of {noun}.", sheet.text)
        yield TableCase("wrong sum", f"{a} has {gap.replace(f'{x - y:,f}', f'{x - y + 3:,f}')} more {noun} than {b}.", sheet.text)
    yield from _over_time(sheet)


def _over_time(sheet: Sheet) -> Iterator[TableCase]:
    dated = [(column, head) for column, head in enumerate(sheet.heads) if re.search(r"\b20\d\d\b", head)]
    if len(dated) != 2:
        return
    (before, first), (after, second) = dated
    noun = re.sub(r"\s*20\d\d", "", sheet.noun(before)).lower()
    years = [re.search(r"20\d\d", head)[0] for head in (first, second)]  # type: ignore[index]
    unit = sheet.unit(before)
    shown = _UNITS[unit][0] if unit else "{}"
    for row in sheet.rows:
        x, y = (Decimal(row[column].replace(",", "")) for column in (before, after))
        up, down = ("rose", "fell") if y > x else ("fell", "rose")
        gap, span = shown.format(f"{abs(y - x):,f}"), f"from {years[0]} to {years[1]}"
        yield TableCase("change", f"{noun.capitalize()} at {row[0]} {up} by {gap} {span}.", sheet.text, derived=True)
        yield TableCase("change in percent", f"{noun.capitalize()} at {row[0]} {up} by {_rounded(abs(y - x) / x * 100)} % {span}.", sheet.text, derived=True)
        yield TableCase("as it stands", f"{noun.capitalize()} at {row[0]} {up} to {shown.format(row[after])} in {years[1]}.", sheet.text)
        yield TableCase("by for to", f"{noun.capitalize()} at {row[0]} {up} by {shown.format(row[after])} in {years[1]}.", sheet.text)
        yield TableCase("to for by", f"{noun.capitalize()} at {row[0]} {up} to {gap} in {years[1]}.", sheet.text)
        yield TableCase("flipped direction", f"{noun.capitalize()} at {row[0]} {down} by {gap} {span}.", sheet.text)
        yield TableCase("swapped year", f"{noun.capitalize()} at {row[0]} stood at {shown.format(row[after])} in {years[0]}.", sheet.text)


def _rounded(number: Decimal, step: str = "1") -> Decimal:
    return number.quantize(Decimal(step), ROUND_HALF_UP)
