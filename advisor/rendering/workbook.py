"""A plan as an Excel file: all that its pages say, on sheets; tasks with real days, and hours and economics with formulas that follow from a sheet of assumptions.

Every formula carries the value that it has now, so that a preview shows it too. Words are written as words, never as formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.domain.plan import Line, Plan
from advisor.domain.vocabulary import Unit
from advisor.rendering.blocks import Document, Grid, Logo
from advisor.rendering.plan import typed
from advisor.rendering.sheets import Part, cited, parts, sheet_name, told
from advisor.rendering.words import Page, page

_WIDE, _MIDDLE, _NARROW, _COVER = 60, 26, 12, 100
_TOLD = (20, 46, 42, 42, 20)
"""The columns of a task that hold words: phase, task, done when, why, who."""
_LINE = 15
_ACROSS = 150
"""How wide a table is over all its columns, where they say only their shares."""
_LOGO = (190, 64)
"""How wide and how high a logo may stand, in pixels."""


def workbook(plan: Plan, laid: Document, sources: Sequence[tuple[int, str]], numbers: Mapping[int, int]) -> bytes:
    """The whole file. `laid` is the plan as pages, `sources` are the lines of the list of sources, `numbers` the shown number of each citation."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"})
    _Book(book, plan, laid, page(plan.language), numbers).write(sources)
    book.close()
    return out.getvalue()


class _Book:
    def __init__(self, book: Workbook, plan: Plan, laid: Document, labels: Page, numbers: Mapping[int, int]) -> None:
        self.book, self.plan, self.laid, self.labels, self.numbers = book, plan, laid, labels, numbers
        self.sections = {section.title for section in plan.sections}
        self.head = book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True, "valign": "top"})
        self.words = book.add_format({"text_wrap": True, "valign": "top", "indent": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.figure = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.entry = book.add_format({"num_format": "#,##0.00", "bg_color": "#FFF8DC", "border": 1, "valign": "top"})
        self.part = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})

    def say(self, key: str) -> str:
        return self.labels.say(f"plan.{key}")

    def write(self, sources: Sequence[tuple[int, str]]) -> None:
        opening, *rest = parts(self.laid)
        work = next((place for place, part in enumerate(rest) if part.work), len(rest))
        before, behind = ([part for part in some if self._is_own(part)] for some in (rest[:work], rest[work:]))
        self._cover([opening, *(part for part in rest if not part.work and part not in (*before, *behind) and part.title not in self._titles())])
        self._partners()
        for part in before:
            self._part(part)
        self._fields()
        if self.plan.tasks:
            self._tasks()
            self._hours()
        self._steps()
        self._targets()
        for part in behind:
            self._part(part)
        if any(line.open or line.amount for line in self.plan.budget):
            self._economics()
        self._risks()
        sheet = self._sheet("sources", ("number", "source"), (_NARROW, 110))
        for row, (n, text) in enumerate(sources, 1):
            sheet.write_number(row, 0, n, self.words)
            self._texts(sheet, row, {1: (text, 110)})

    def _is_own(self, part: Part) -> bool:
        """Whether it is laid out on a sheet of its own as its page has it."""
        tables = part.grids and part.title not in {*self._titles(), self.say("assumptions")}
        return part.title in self.sections or bool(tables)

    def _titles(self) -> set[str]:
        """The headings of what has a sheet with numbers, days or more columns than a page has room for."""
        return {self.say(key) for key in ("milestones", "gates", "targets", "risks", "sources", "review.title")} | {self.say(f"field.object.{each.object}") for each in self.plan.fields}

    def _cover(self, shown: Sequence[Part]) -> None:
        """What the plan is, for whom, and what it says in sentences alone."""
        sheet = self._named(self.say("sheet.plan"))
        sheet.set_column(0, 0, _MIDDLE)
        sheet.set_column(1, 1, _COVER)
        row = self._logo(sheet, self.laid.logo)
        sheet.write_string(row, 0, self.plan.title, self.title)
        row += 1
        for key, value in self.laid.facts:
            row += 1
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value, self.words)
        for part in shown:
            row += 1
            for place, (text, head) in enumerate(told(part.blocks)):
                row += 1
                if part.title and not place:
                    self._texts(sheet, row, {0: (part.title, _MIDDLE)}, self.part)
                self._texts(sheet, row, {1: (text, _COVER)}, self.part if head else self.words)
        self._texts(sheet, row + 2, {1: (self.laid.foot, _COVER)})

    def _logo(self, sheet: Any, logo: Logo | None) -> int:
        """Puts the logo above all else, and says in which row the rest begins."""
        if logo is None:
            return 0
        share = min(_LOGO[0] / logo.width, _LOGO[1] / logo.height)
        size = {"x_scale": share, "y_scale": share, "x_offset": 2, "y_offset": 2, "object_position": 3, "decorative": True}
        sheet.set_row_pixels(0, round(logo.height * share) + 6)
        sheet.insert_image(0, 0, f"logo.{logo.kind}", {"image_data": BytesIO(logo.content), **size})
        return 1

    def _part(self, part: Part) -> None:
        """A part as its page has it: its title, then sentences over the whole width and tables."""
        columns = max((len(grid.columns) for grid in part.grids), default=1)
        shares = next((grid.widths for grid in part.grids if len(grid.columns) == columns and grid.widths), (100 // columns,) * columns)
        widths = [max(_NARROW, share * _ACROSS // 100) for share in shares] if columns > 1 else [_COVER]
        sheet = self._named(part.title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, part.title, self.title)
        row = 2
        for block in part.blocks:
            if isinstance(block, Grid):
                row = self._grid(sheet, row, block, widths)
            for text, head in told([block]):
                look = self.part if head else self.words
                if columns > 1:
                    sheet.merge_range(row, 0, row, columns - 1, "", look)
                self._texts(sheet, row, {0: (text, sum(widths))}, look)
                row += 1

    def _grid(self, sheet: Any, row: int, grid: Grid, widths: Sequence[int]) -> int:
        """A table; cells that are the client's to fill are marked. Gives the row behind it."""
        self._texts(sheet, row, {column: (title, width) for column, (title, width) in enumerate(zip(grid.columns, widths, strict=False))}, self.head)
        for cells in grid.rows:
            row += 1
            said = {column: ("\n".join(map(cited, texts)), width) for column, (texts, width) in enumerate(zip(cells, widths, strict=False))}
            self._texts(sheet, row, said)
            for column, (text, _) in said.items():
                if text == self.say("fill"):
                    sheet.write_string(row, column, text, self.entry)
        return row + 2

    def _texts(self, sheet: Any, row: int, cells: Mapping[int, tuple[str, int]], look: Any = None) -> None:
        """Wrapped words by column, each with the column's width, and a row high enough for them: not every program finds that out by itself."""
        lines = 1
        for column, (text, width) in cells.items():
            sheet.write_string(row, column, text, look or self.words)
            lines = max(lines, _wrapped(text, width))
        if lines > 1:
            sheet.set_row(row, _LINE * lines)

    def _sheet(self, key: str, columns: Sequence[str], widths: Sequence[int]) -> Any:
        sheet = self._named(self.say(f"sheet.{key}"))
        self._texts(sheet, 0, {column: (self.say(f"column.{title}"), width) for column, (title, width) in enumerate(zip(columns, widths, strict=True))}, self.head)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _named(self, title: str) -> Any:
        """A new sheet that prints across; no two have one name."""
        sheet = self.book.add_worksheet(sheet_name(title, {each.get_name().lower() for each in self.book.worksheets()}))
        _printed(sheet)
        return sheet

    def _tasks(self) -> None:
        columns = ("number", "phase", "task", "done", "why", "who", "days", "start", "end", "after", "source", "status", "status_date")
        sheet = self._sheet("tasks", columns, (6, *_TOLD, 8, 12, 12, 10, 10, 12, 12))
        numbers = {task.id: number for number, task in enumerate(self.plan.tasks, 1)}
        phases = {phase.id: phase.title for phase in self.plan.phases}
        for row, task in enumerate(self.plan.tasks, 1):
            sheet.write_number(row, 0, row, self.words)
            told = (phases[task.phase], task.title.text, task.done_when.text, task.because.text, task.owner_title)
            self._texts(sheet, row, {column: (text, width) for column, text, width in zip(range(1, 6), told, _TOLD, strict=True)})
            sheet.write_number(row, 6, float(task.effort), self.figure)
            for column, day in ((7, task.start), (8, task.end)):
                sheet.write_datetime(row, column, datetime.combine(day, time()), self.day)
            sheet.write_string(row, 9, ", ".join(str(numbers[id_]) for id_ in task.depends_on), self.words)
            sheet.write_string(row, 10, ", ".join(str(n) for n in self._shown(task.because.citations)), self.words)
            sheet.write_string(row, 11, self.say(f"status.{task.status}"), self.words)
            if task.status_date:
                sheet.write_datetime(row, 12, datetime.combine(task.status_date, time()), self.day)
        sheet.autofilter(0, 0, len(self.plan.tasks), len(columns) - 1)

    def _hours(self) -> None:
        """Hours a week are entries; what they give and what the tasks need are formulas over the sheet of tasks."""
        sheet = self._sheet("hours", ("role", "hours", "available", "needed", "left"), (_MIDDLE, 14, 18, 18, 18))
        first = self.plan.progress.on if self.plan.progress else self.plan.start
        weeks = Decimal((self.plan.end - first).days + 1) / 7
        last, tasks, done = len(self.plan.tasks) + 1, self.say("sheet.tasks"), self.say("status.done")
        row = len(self.plan.capacity.loads) + 2
        self._texts(sheet, row, {0: (self.say("entry.weeks"), _MIDDLE)})
        sheet.write_number(row, 1, round(float(weeks), 2), self.entry)
        self._texts(sheet, row + 1, {0: (self.say("entry.day"), _MIDDLE)})
        sheet.write_number(row + 1, 1, 8, self.entry)
        for line, load in enumerate(self.plan.capacity.loads, 1):
            available = float(load.hours_per_week) * round(float(weeks), 2) / 8
            self._texts(sheet, line, {0: (load.title, _MIDDLE)})
            sheet.write_number(line, 1, float(load.hours_per_week), self.entry)
            sheet.write_formula(line, 2, f"=B{line + 1}*$B${row + 1}/$B${row + 2}", self.figure, available)
            sheet.write_formula(line, 3, f"=SUMIFS('{tasks}'!$G$2:$G${last},'{tasks}'!$F$2:$F${last},A{line + 1},'{tasks}'!$L$2:$L${last},\"<>{done}\")", self.figure, float(load.needed))
            sheet.write_formula(line, 4, f"=C{line + 1}-D{line + 1}", self.figure, available - float(load.needed))

    def _partners(self) -> None:
        """The partners of a review, with what an hour brings and the sums as formulas over the rows."""
        review = self.plan.review
        if review is None:
            return
        columns = ("partner", "standing", "sourced", "influenced", "pipeline", "hours", "per_hour", "why")
        sheet = self._named(self.say("sheet.partners"))
        for column, (key, width) in enumerate(zip(columns, (40, 16, 16, 16, 16, 12, 16, _WIDE), strict=True)):
            sheet.write_string(0, column, self.say(f"review.column.{key}"), self.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for row, each in enumerate(review.partners, 1):
            self._texts(sheet, row, {0: (each.partner.name, 40), 7: (self._cited(each.because), _WIDE)})
            sheet.write_string(row, 1, self.labels.say(f"plan.review.standing_word.{each.standing}"), self.words)
            for column, value in enumerate((each.partner.sourced, each.partner.influenced, each.partner.pipeline, each.partner.hours), 2):
                if value is not None:
                    sheet.write_number(row, column, float(value), self.figure)
            sheet.write_formula(row, 6, f'=IF(N(F{row + 1})>0,C{row + 1}/F{row + 1},"")', self.figure, float(each.per_hour.result) if each.per_hour else "")
        last, totals = len(review.partners) + 1, {each.id: each.worked.result for each in review.totals}
        sheet.write_string(last + 1, 0, self.say("review.totals"), self.head)
        for column, name in enumerate(("sourced", "influenced", "pipeline", "hours"), 2):
            letter = chr(ord("A") + column)
            sheet.write_formula(last + 1, column, f"=SUM({letter}2:{letter}{last})", self.figure, float(totals.get(name, 0)))
        self._texts(sheet, last + 2, {0: (self.say("review.total.share"), 40)})
        grow = self.say("review.standing_word.grow")
        sheet.write_formula(last + 2, 2, f'=IF(C{last + 2}>0,SUMIFS(C2:C{last},B2:B{last},"{grow}")/C{last + 2}*100,"")', self.figure, float(totals["share"]) if "share" in totals else "")
        self._texts(sheet, last + 4, {0: (self.labels.say("plan.review.money", currency=review.currency) if review.currency else self.say("review.no_currency"), 40)})

    def _economics(self) -> None:
        """Assumptions to fill, and what follows from them; what is not filled leaves its result empty."""
        assumptions = self._sheet("assumptions", ("item", "amount", "note"), (44, 16, 80))
        cells: dict[str, str] = {}
        values = self._assumed()
        for row, (key, value) in enumerate(values.items(), 1):
            if value is None:
                assumptions.write_blank(row, 1, None, self.entry)
            else:
                assumptions.write_number(row, 1, float(value), self.entry)
            self._texts(assumptions, row, {0: (self.say(f"entry.{key}"), 44), 2: (self.say("entry_given" if value is not None else "entry_fill"), 80)})
            cells[key] = f"'{self.say('sheet.assumptions')}'!{xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)}"
        sheet = self._sheet("economics", ("item", "amount", "formula"), (44, 18, 90))
        for row, (key, formula, needs) in enumerate(_SUMS, 1):
            filled = " * ".join(f"ISNUMBER({cells[name]})" for name in needs)
            written = formula.format(**cells)
            sheet.write_formula(row, 1, f'=IF({filled},{written},"")', self.figure, _worked(key, values))
            self._texts(sheet, row, {0: (self.say(f"sum.{key}"), 44), 2: (self.say(f"sum_how.{key}"), 90)})

    def _assumed(self) -> dict[str, Decimal | None]:
        client = self.plan.client
        fee = next((line for line in self.plan.budget if line.unit is Unit.PERCENT), None)
        low, high = (fee.low, fee.high) if fee else (None, None)
        return {"acv": client.acv.amount if client.acv else None, "fee_low": low, "fee_high": high, "margin": None, "people": None, "tools": None, "partner_hours": None, "close": None, "partner_rate": None}

    def _fields(self) -> None:
        """The fields of a CRM in one list, to be filtered by object."""
        if not self.plan.fields:
            return
        sheet = self._sheet("fields", ("object", "field", "name", "type", "required", "rule"), (_MIDDLE, 30, 30, 40, 12, _WIDE))
        for row, each in enumerate(self.plan.fields, 1):
            required = self.say("field.required") if each.required else ""
            cells = (self.say(f"field.object.{each.object}"), each.label, each.id, typed(each, self.labels), required, self._cited(each.rule))
            self._texts(sheet, row, dict(enumerate(zip(cells, (_MIDDLE, 30, 30, 40, 12, _WIDE), strict=True))))
        sheet.autofilter(0, 0, len(self.plan.fields), 5)

    def _steps(self) -> None:
        """Milestones and decisions by their day."""
        plan, widths = self.plan, (16, 50, _MIDDLE, _WIDE, _WIDE)
        steps = [(each.on, self.labels.say("plan.progress.milestone", title=self._cited(each.title)), "", "", "") for each in plan.milestones]
        for gate in plan.gates:
            title = self.labels.say("plan.progress.gate", title=self._cited(gate.title))
            steps.append((gate.on, title, gate.decided_by, "\n".join(map(self._cited, gate.criteria)), self._cited(gate.if_missed)))
        if not steps:
            return
        sheet = self._sheet("steps", ("day", "step", "decides", "criteria", "missed"), widths)
        for row, (on, *cells) in enumerate(sorted(steps, key=lambda step: step[0]), 1):
            sheet.write_datetime(row, 0, datetime.combine(on, time()), self.day)
            self._texts(sheet, row, dict(enumerate(zip(cells, widths[1:], strict=True), 1)))

    def _targets(self) -> None:
        if not self.plan.targets:
            return
        names = ("baseline", "day_90", "month_6", "month_12")
        sheet = self._sheet("targets", ("measure", *names, "source"), (_WIDE, 16, 16, 16, 16, 12))
        for row, target in enumerate(self.plan.targets, 1):
            lines = [getattr(target, name) for name in names]
            told = {column: (line.text if line else self.say("fill"), 16) for column, line in enumerate(lines, 1)}
            self._texts(sheet, row, {0: (target.measure.text, _WIDE), **told})
            cited = dict.fromkeys(n for line in lines if line for n in self._shown(line.citations))
            sheet.write_string(row, 5, ", ".join(map(str, cited)), self.words)

    def _risks(self) -> None:
        if not self.plan.risks:
            return
        sheet = self._sheet("risks", ("risk", "response", "who"), (_WIDE, _WIDE, _MIDDLE))
        for row, risk in enumerate(self.plan.risks, 1):
            told = ((self._cited(risk.risk), _WIDE), (risk.response.text, _WIDE), (risk.owner_title, _MIDDLE))
            self._texts(sheet, row, dict(enumerate(told)))

    def _cited(self, line: Line) -> str:
        return f"{line.text} {''.join(f'[{n}]' for n in self._shown(line.citations))}".strip()

    def _shown(self, citations: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(self.numbers[n] for n in citations))


def _wrapped(text: str, width: int) -> int:
    """About how many lines words take in a column; a little more rather than a line that is cut."""
    room = width * 10 - 20
    if "\n" not in text:
        return -(-len(text) * 11 // room)
    return sum(-(-len(line) * 11 // room) or 1 for line in text.split("\n"))


def _printed(sheet: Any) -> None:
    """On paper across, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


_SUMS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("pay_low", "{acv}*{fee_low}/100", ("acv", "fee_low")),
    ("pay_high", "{acv}*{fee_high}/100", ("acv", "fee_high")),
    ("left_low", "{acv}*({margin}-{fee_high})/100", ("acv", "margin", "fee_high")),
    ("fixed", "{people}+{tools}", ("people", "tools")),
    ("break_even", "IF({margin}>{fee_high},ROUNDUP(({people}+{tools})/({acv}*({margin}-{fee_high})/100),0),\"∞\")", ("people", "tools", "acv", "margin", "fee_high")),
    ("partner_hour", "{acv}*{fee_low}/100*{close}/100/{partner_hours}", ("acv", "fee_low", "close", "partner_hours")),
    ("partner_times", "{acv}*{fee_low}/100*{close}/100/{partner_hours}/{partner_rate}", ("acv", "fee_low", "close", "partner_hours", "partner_rate")),
)


def _worked(key: str, values: Mapping[str, Decimal | None]) -> float | str:
    """The value of a sum as far as its assumptions are known now."""
    acv, low, high = values["acv"], values["fee_low"], values["fee_high"]
    if key == "pay_low" and acv is not None and low is not None:
        return float(acv * low / 100)
    if key == "pay_high" and acv is not None and high is not None:
        return float(acv * high / 100)
    return ""
