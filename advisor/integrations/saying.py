"""The results as short texts: what a host shows, or hands to its model instead of the values."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from advisor.domain import Answer, Applies, Assessment, Move, Verdict, VerifyReport
from advisor.integrations.inputs import Detail
from advisor.integrations.results import AskResult, AssessResult, BenchmarksResult, Cited, Record, SearchResult, VerifyResult
from advisor.ports import Wording
from advisor.rendering.answer import answer_brief, answer_markdown
from advisor.rendering.assessment import assessment_brief, assessment_markdown
from advisor.rendering.changes import what_if_markdown
from advisor.rendering.documents import Change, WhatIf
from advisor.rendering.words import Page, page, sentence, small


def assessed(found: Assessment, value: AssessResult, supposed: WhatIf | None, titles: Mapping[str, str], language: str, detail: Detail, about: Collection[Move] = ()) -> str:
    """The stage and the verdicts, each with its move's id; what changes, where facts are supposed."""
    labels = page(language)
    if detail == "full":
        text = assessment_markdown(found, titles, why=True, language=language)
    elif detail == "brief":
        text = assessment_brief(found, titles, language=language, about=about)
    else:
        text = _short(value, labels)
    if supposed is None:
        return text.strip()
    shown = supposed if detail == "full" else supposed.model_copy(update={"changes": tuple(_shorter(item) for item in supposed.changes if item.what != "figure")})
    return f"{text.strip()}\n\n{what_if_markdown(shown, titles, why=detail == 'full', language=language).strip()}"


def _shorter(change: Change) -> Change:
    return change if change.what == "stage" else change.model_copy(update={"because": ""})


def _short(value: AssessResult, labels: Page) -> str:
    blocks = (
        ("", [f"**{value.stage}**. {sentence(value.because)}".strip()]),
        (labels.say("assessment.contradictions"), list(value.contradictions)),
        (labels.verdict(Verdict.REQUIRE), _lines(value.required)),
        (labels.verdict(Verdict.RECOMMEND), _lines(value.recommended)),
        (labels.verdict(Verdict.FORBID), _later(value.forbidden, labels)),
        (labels.verdict(Verdict.WARN), list(value.warnings)),
        (labels.verdict(Verdict.ALLOW), [", ".join(value.allowed)] if value.allowed else []),
        (labels.say("assessment.questions"), [item.ask for item in value.questions]),
    )
    return "\n\n".join(_block(heading, items) for heading, items in blocks if items)


def _block(heading: str, items: list[str]) -> str:
    return "\n".join([f"**{heading}**", *(f"- {item}" for item in items)]) if heading else "\n".join(items)


def _lines(says: Mapping[str, str]) -> list[str]:
    """One line a move, or all on one where nothing is said of them."""
    return [f"{move}: {text}" for move, text in says.items()] if any(says.values()) else [", ".join(says)] if says else []


def _later(until: Mapping[str, str], labels: Page) -> list[str]:
    """The moves that are not yet advisable, those that wait for the same on one line."""
    waiting: dict[str, list[str]] = {}
    for move, text in until.items():
        waiting.setdefault(text, []).append(move)
    changes = labels.say("assessment.changes_with")
    return [
        f"{', '.join(moves)}{f': {text}' if text.endswith('.') else f' ({changes}: {small(text, labels)})' if text else ''}"
        for text, moves in waiting.items()
    ]


def short_answer(answer: Answer, documents: Mapping[str, str]) -> str:
    """The answer in a few lines."""
    return answer_brief(answer, documents).strip()


def answered(answer: Answer, value: AskResult, documents: Mapping[str, str], detail: Detail) -> str:
    """The answer with its sources."""
    if detail == "full":
        return answer_markdown(answer, documents, why=True).strip()
    if detail == "brief":
        return value.answer
    labels = page(answer.language)
    return "\n".join([value.answer, "", f"**{labels.say('answer.sources')}**", *(_source(item, labels) for item in value.citations)]) if value.citations else value.answer


def _source(item: Cited, labels: Page) -> str:
    holds = "" if item.applies is Applies.YES else f" ({labels.holds(item.applies)})"
    return f"[{item.n}] {item.who}, {item.evidence}: {sentence(item.says)}{holds}"


def found(value: SearchResult, detail: Detail) -> str:
    """The hits, one a line."""
    lines = [f"{n}. [{item.id}] {item.heading}: {' '.join(item.text.split())}" for n, item in enumerate(value.results, 1)]
    return "\n".join([*([] if value.enough else [page().say("host.too_far")]), *lines])


def records(value: BenchmarksResult, detail: Detail) -> str:
    """The records, one a line, with what to prefer and where the list goes on."""
    lines = [_record(item) for item in value.records] or [page().say("host.no_record")]
    more = page().say("host.more", shown=len(value.records), total=value.total, offset=value.next_offset) if value.next_offset else ""
    return "\n".join(part for part in (*lines, value.because, more) if part)


def _record(item: Record) -> str:
    return f"- [{item.id}] {item.text} {item.who}, {item.evidence}{_holding(item, page())}."


def _holding(item: Record, labels: Page) -> str:
    """For whom a record does not hold, or what would tell."""
    because = small(item.applies_because, labels)
    if item.applies is Applies.YES:
        return ""
    if item.applies is Applies.UNKNOWN and because:
        return f"; {because}"
    return f"; {labels.holds(item.applies)}{f' ({because})' if because else ''}"


def verified(value: VerifyResult, report: VerifyReport, wording: Wording, language: str) -> str:
    """What does not hold, each with what stands in its place, then the text as it may stand."""
    labels, held = page(language), report.summary
    failing = held.figures - held.supported - held.derived
    head = "none" if not held.figures else "all" if held.passed else "some"
    lines = [
        wording.say(f"verify.page.{head}", **({"failing": str(failing), "figures": str(held.figures)} if head == "some" else {})),
        *(f"- {labels.say('answer.quote', text=item.figure)} {wording.say(f'verify.verdict.{item.verdict}')}: {sentence(item.why)}" for item in value.failing),
        *(labels.say("host.forbidden", text=item.text, move=item.move, until=sentence(item.until)) for item in value.forbidden),
        "" if value.moves_checked else labels.say("host.moves_unchecked"),
    ]
    told = "\n".join(line for line in lines if line)
    if value.mended is None:
        return told
    return f"{told}\n\n{labels.say('host.mended')}\n\n{value.mended}" if value.mended else f"{told}\n\n{labels.say('host.nothing_left')}"
