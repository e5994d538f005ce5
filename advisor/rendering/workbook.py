"""A plan as an Excel file: tasks, targets, risks, and hours and economics with formulas that follow from a sheet of assumptions.

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
from advisor.rendering.words import Page, page

_WIDE, _MIDDLE, _NARROW = 60, 26, 12


def workbook(plan: Plan, sources: Sequence[tuple[int, str]], numbers: Mapping[int, int]) -> bytes:
    """The whole file. `sources` are the lines of the list of sources, `numbers` the shown number of each citation."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"})
    _Book(book, plan, page(plan.language), numbers).write(sources)
    book.close()
    return out.getvalue()


class _Book:
    def __init__(self, book: Workbook, plan: Plan, labels: Page, numbers: Mapping[int, int]) -> None:
        self.book, self.plan, self.labels, self.numbers = book, plan, labels, numbers
        self.head = book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True, "valign": "top"})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.figure = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.entry = book.add_format({"num_format": "#,##0.00", "bg_color": "#FFF8DC", "border": 1, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})

    def say(self, key: str) -> str:
        return self.labels.say(f"plan.{key}")

    def write(self, sources: Sequence[tuple[int, str]]) -> None:
        self._cover()
        if self.plan.tasks:
            self._tasks()
            self._hours()
        self._partners()
        self._economics()
        self._targets()
        self._risks()
        sheet = self._sheet("sources", ("number", "source"), (_NARROW, 110))
        for row, (n, text) in enumerate(sources, 1):
            sheet.write_number(row, 0, n)
            sheet.write_string(row, 1, text, self.words)

    def _cover(self) -> None:
        sheet = self.book.add_worksheet(self.say("sheet.plan"))
        sheet.set_column(0, 0, _MIDDLE)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, self.plan.title, self.title)
        facts = [("for", self.plan.prepared_for), ("by", self.plan.prepared_by or ""), ("stage", self.plan.stage), ("motion", self.plan.motion or "")]
        row = 2
        for key, value in facts:
            if value:
                sheet.write_string(row, 0, self.say(key))
                sheet.write_string(row, 1, value, self.words)
                row += 1
        for line in (*self.plan.summary, *self.plan.starting_point, *self.plan.not_now, *self.plan.assumptions):
            sheet.write_string(row, 1, self._cited(line), self.words)
            row += 1
        made = self.plan.made
        sheet.write_string(row + 1, 1, self.labels.say("plan.made", version=made.knowledge_version, inputs=made.inputs), self.words)
        if made.fx:
            sheet.write_string(row + 2, 1, self.labels.say("plan.rates", rates="; ".join(made.fx)), self.words)

    def _sheet(self, name: str, columns: Sequence[str], widths: Sequence[int]) -> Any:
        sheet = self.book.add_worksheet(self.say(f"sheet.{name}"))
        for column, (key, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.write_string(0, column, self.say(f"column.{key}"), self.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        return sheet

    def _tasks(self) -> None:
        columns = ("number", "phase", "task", "done", "why", "who", "days", "start", "end", "after", "source", "status", "status_date")
        sheet = self._sheet("tasks", columns, (6, 22, _WIDE, 50, 50, 24, 8, 12, 12, 10, 10, 12, 12))
        numbers = {task.id: number for number, task in enumerate(self.plan.tasks, 1)}
        phases = {phase.id: phase.title for phase in self.plan.phases}
        for row, task in enumerate(self.plan.tasks, 1):
            sheet.write_number(row, 0, row)
            for column, text in ((1, phases[task.phase]), (2, task.title.text), (3, task.done_when.text), (4, task.because.text), (5, task.owner_title)):
                sheet.write_string(row, column, text, self.words)
            sheet.write_number(row, 6, float(task.effort), self.figure)
            for column, day in ((7, task.start), (8, task.end)):
                sheet.write_datetime(row, column, datetime.combine(day, time()), self.day)
            sheet.write_string(row, 9, ", ".join(str(numbers[id_]) for id_ in task.depends_on))
            sheet.write_string(row, 10, ", ".join(str(n) for n in self._shown(task.because.citations)))
            sheet.write_string(row, 11, task.status.value)
            if task.status_date:
                sheet.write_datetime(row, 12, datetime.combine(task.status_date, time()), self.day)
        sheet.autofilter(0, 0, len(self.plan.tasks), len(columns) - 1)

    def _hours(self) -> None:
        """Hours a week are entries; what they give and what the tasks need are formulas over the sheet of tasks."""
        sheet = self._sheet("hours", ("role", "hours", "available", "needed", "left"), (_MIDDLE, 14, 18, 18, 18))
        first = self.plan.progress.on if self.plan.progress else self.plan.start
        weeks = Decimal((self.plan.end - first).days + 1) / 7
        last, tasks = len(self.plan.tasks) + 1, self.say("sheet.tasks")
        row = len(self.plan.capacity.loads) + 2
        sheet.write_string(row, 0, self.say("entry.weeks"), self.words)
        sheet.write_number(row, 1, round(float(weeks), 2), self.entry)
        sheet.write_string(row + 1, 0, self.say("entry.day"), self.words)
        sheet.write_number(row + 1, 1, 8, self.entry)
        for line, load in enumerate(self.plan.capacity.loads, 1):
            available = float(load.hours_per_week) * round(float(weeks), 2) / 8
            sheet.write_string(line, 0, load.title, self.words)
            sheet.write_number(line, 1, float(load.hours_per_week), self.entry)
            sheet.write_formula(line, 2, f"=B{line + 1}*$B${row + 1}/$B${row + 2}", self.figure, available)
            sheet.write_formula(line, 3, f"=SUMIFS('{tasks}'!$G$2:$G${last},'{tasks}'!$F$2:$F${last},A{line + 1},'{tasks}'!$L$2:$L${last},\"<>done\")", self.figure, float(load.needed))
            sheet.write_formula(line, 4, f"=C{line + 1}-D{line + 1}", self.figure, available - float(load.needed))

    def _partners(self) -> None:
        """The partners of a review, with what an hour brings and the sums as formulas over the rows."""
        review = self.plan.review
        if review is None:
            return
        columns = ("partner", "standing", "sourced", "influenced", "pipeline", "hours", "per_hour", "why")
        sheet = self.book.add_worksheet(self.say("sheet.partners"))
        for column, (key, width) in enumerate(zip(columns, (40, 16, 16, 16, 16, 12, 16, _WIDE), strict=True)):
            sheet.write_string(0, column, self.say(f"review.column.{key}"), self.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for row, each in enumerate(review.partners, 1):
            sheet.write_string(row, 0, each.partner.name, self.words)
            sheet.write_string(row, 1, self.labels.say(f"plan.review.standing_word.{each.standing}"), self.words)
            for column, value in enumerate((each.partner.sourced, each.partner.influenced, each.partner.pipeline, each.partner.hours), 2):
                if value is not None:
                    sheet.write_number(row, column, float(value), self.figure)
            sheet.write_formula(row, 6, f'=IF(N(F{row + 1})>0,C{row + 1}/F{row + 1},"")', self.figure, float(each.per_hour.result) if each.per_hour else "")
            sheet.write_string(row, 7, self._cited(each.because), self.words)
        last, totals = len(review.partners) + 1, {each.id: each.worked.result for each in review.totals}
        sheet.write_string(last + 1, 0, self.say("review.totals"), self.head)
        for column, name in enumerate(("sourced", "influenced", "pipeline", "hours"), 2):
            letter = chr(ord("A") + column)
            sheet.write_formula(last + 1, column, f"=SUM({letter}2:{letter}{last})", self.figure, float(totals.get(name, 0)))

    def _economics(self) -> None:
        """Assumptions to fill, and what follows from them; what is not filled leaves its result empty."""
        assumptions = self._sheet("assumptions", ("item", "amount", "note"), (44, 16, 80))
        cells: dict[str, str] = {}
        values = self._assumed()
        for row, (key, value) in enumerate(values.items(), 1):
            assumptions.write_string(row, 0, self.say(f"entry.{key}"), self.words)
            if value is None:
                assumptions.write_blank(row, 1, None, self.entry)
            else:
                assumptions.write_number(row, 1, float(value), self.entry)
            assumptions.write_string(row, 2, self.say("entry_given" if value is not None else "entry_fill"), self.words)
            cells[key] = f"'{self.say('sheet.assumptions')}'!{xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)}"
        sheet = self._sheet("economics", ("item", "amount", "formula"), (44, 18, 90))
        for row, (key, formula, needs) in enumerate(_SUMS, 1):
            filled = " * ".join(f"ISNUMBER({cells[name]})" for name in needs)
            written = formula.format(**cells)
            sheet.write_string(row, 0, self.say(f"sum.{key}"), self.words)
            sheet.write_formula(row, 1, f'=IF({filled},{written},"")', self.figure, _worked(key, values))
            sheet.write_string(row, 2, self.say(f"sum_how.{key}"), self.words)

    def _assumed(self) -> dict[str, Decimal | None]:
        client = self.plan.client
        fee = next((line for line in self.plan.budget if line.unit is Unit.PERCENT), None)
        low, high = (fee.low, fee.high) if fee else (None, None)
        return {"acv": client.acv.amount if client.acv else None, "fee_low": low, "fee_high": high, "margin": None, "people": None, "tools": None, "partner_hours": None, "close": None, "partner_rate": None}

    def _targets(self) -> None:
        names = ("baseline", "day_90", "month_6", "month_12")
        sheet = self._sheet("targets", ("measure", *names, "source"), (_WIDE, 16, 16, 16, 16, 12))
        for row, target in enumerate(self.plan.targets, 1):
            sheet.write_string(row, 0, target.measure.text, self.words)
            lines = [getattr(target, name) for name in names]
            for column, line in enumerate(lines, 1):
                sheet.write_string(row, column, line.text if line else self.say("fill"), self.words)
            cited = dict.fromkeys(n for line in lines if line for n in self._shown(line.citations))
            sheet.write_string(row, 5, ", ".join(map(str, cited)))

    def _risks(self) -> None:
        sheet = self._sheet("risks", ("risk", "response", "who"), (_WIDE, _WIDE, _MIDDLE))
        for row, risk in enumerate(self.plan.risks, 1):
            for column, text in enumerate((self._cited(risk.risk), risk.response.text, risk.owner_title)):
                sheet.write_string(row, column, text, self.words)

    def _cited(self, line: Line) -> str:
        return f"{line.text} {''.join(f'[{n}]' for n in self._shown(line.citations))}".strip()

    def _shown(self, citations: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(self.numbers[n] for n in citations))


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
