"""Runs a capability: its input handed to the advisor, what comes back made short."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from advisor.domain import Answer, Assessment, Client, Fact, Finding, Hit, Verdict
from advisor.errors import InputError
from advisor.intake.clean import clean
from advisor.integrations import results, saying
from advisor.integrations.desk import Desk, Outcome
from advisor.integrations.inputs import AskInput, AssessInput, BenchmarksInput, Detail, Facts, SearchInput
from advisor.rendering.assessment import stage_words
from advisor.rendering.choosing import compared, one_record
from advisor.rendering.documents import AssessDocument, BenchmarkRow, BenchmarksDocument, Change, ComparisonDocument, SearchDocument, WhatIf
from advisor.rendering.records import record_row
from advisor.rendering.words import Page, opening, page, sentence, without_lead_in
from advisor.rules.told import told
from advisor.settings import rates_of, reasons

_PARTNERS = {"partners": "signed", "active_partners": "active", "mapped_partners": "mapped"}
_SAYS, _TEXT = 160, 400
_ASKED = {"brief": 1, "normal": 4, "full": None}
LISTING = "Call advisor_benchmarks without id and metric for the list."


def assess(desk: Desk, given: AssessInput) -> Outcome:
    """Stage, verdicts and open questions; with `what_if`, what would differ."""
    advisor, facts = desk.advisor, given.facts or Facts()
    reading = advisor.read(given.text or "", desk.base, options=client_of(facts), fx=rates(facts))
    assessment = advisor.judge(reading)
    language = advisor.language_of(reading)
    supposed = None
    if given.what_if is not None:
        stated = _stated(given.what_if)
        if not stated:
            raise InputError("what_if supposes nothing.", hint='Give at least one fact, for example {"arr": "16M EUR"}.')
        client = put(reading.client, client_of(given.what_if, "what_if"))
        said = {name: str(value) for name, value in stated.items()}
        changed = frozenset("partners" if name in _PARTNERS else name for name in stated)
        supposed = advisor.what_if(reading, assessment, client, said=said, changed=changed, fx=rates(given.what_if))
    value = _assessed(desk, assessment, supposed, language, given.detail)
    return Outcome(value, saying.assessed(assessment, value, supposed, advisor.titles_in(language), language, given.detail, reading.about))


def ask(desk: Desk, given: AskInput) -> Outcome:
    """A cited answer; with a session, the next turn of a conversation."""
    advisor, facts = desk.advisor, given.facts or Facts()
    options, fx = client_of(facts), rates(facts)
    if not clean(given.question):
        raise InputError("question is empty.", hint="Write what you want to know, with what is known of the client.")
    if given.session is None:
        answer, name = advisor.ask(given.question, desk.base, options=options, fx=fx), None
    else:
        name = desk.conversation(given.session)
        answer = advisor.talk(desk.stored(name), base=desk.base, fx=fx).ask(given.question, options)
    value = _answered(desk, answer, given.detail, name)
    return Outcome(value, saying.answered(answer, value, advisor.documents, given.detail))


def search(desk: Desk, given: SearchInput) -> Outcome:
    """Passages and records on a text, best first."""
    advisor = desk.advisor
    if not clean(given.query):
        raise InputError("query is empty.", hint="Write what to look for.")
    hits, enough = advisor.search(given.query, given.limit), advisor.holds(given.query)
    document = SearchDocument(query=given.query, results=hits, floor=advisor.floor, below_floor=not enough)
    value = results.SearchResult(
        enough=enough, results=tuple(_found(hit, given.detail) for hit in hits), document=whole(document, given.detail)
    )
    return Outcome(value, saying.found(value, given.detail))


def benchmarks(desk: Desk, given: BenchmarksInput) -> Outcome:
    """Records of one metric held beside each other, one record, or a page of all."""
    if given.id is not None and given.metric is not None:
        raise InputError("id and metric are both given.", hint="Give id for one record, or metric to compare its records.")
    rows = _rows(desk, given)
    if given.metric is not None:
        document = compared(rows, given.metric, desk.advisor.library, desk.advisor.book.thresholds, LISTING)
        value = _comparison(document, given.detail)
    elif given.id is not None:
        value = _page((one_record(rows, given.id, LISTING),), given)
    else:
        value = _page(tuple(row for row in rows if given.kind in (None, row.kind)), given)
    return Outcome(value, saying.records(value, given.detail))


def client_of(facts: Facts, where: str = "facts") -> Client:
    """The client that typed facts make; raises InputError naming the fact, what was found and what is allowed."""
    from pydantic import ValidationError

    table, stated = _table(facts), _stated(facts)
    paths = {name: f"partners.{_PARTNERS[name]}" if name in _PARTNERS else name for name in stated}
    notes = {paths[name]: Fact(origin="option", quote=f"{name}={value}"[:200]) for name, value in stated.items()}
    try:
        return Client.model_validate({**table, "facts": notes})
    except ValidationError as error:
        raise InputError(f"{where}.{reasons(error)}", hint="Amounts are written like 8.2M EUR, moves by the names that advisor_assess gives.") from None


def put(client: Client, top: Client) -> Client:
    """The client with the facts of `top` in place of its own; of partners, only the numbers that are given."""
    fields = {name: getattr(top, name) for name in top.model_fields_set - {"facts", "partners"}}
    counts = {name: number for name, number in top.partners.model_dump().items() if number is not None}
    return client.model_copy(
        update={**fields, "partners": client.partners.model_copy(update=counts), "facts": {**client.facts, **top.facts}}
    )


def _stated(facts: Facts) -> dict[str, Any]:
    """The facts that were given, by name, as they were written."""
    found = {name: getattr(facts, name) for name in facts.model_fields_set - {"fx"}}
    return {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in found.items() if value is not None}


def _table(facts: Facts) -> dict[str, Any]:
    stated = {name: getattr(facts, name) for name in _stated(facts)}
    counts = {_PARTNERS[name]: value for name, value in stated.items() if name in _PARTNERS}
    plain = {name: value for name, value in stated.items() if name not in _PARTNERS}
    return {**plain, **({"partners": counts} if counts else {})}


def rates(facts: Facts) -> Mapping[str, Decimal]:
    """Euro per unit by currency, as facts state it."""
    pairs = [item.partition("=") for item in facts.fx or ()]
    return rates_of({code: rate for code, _, rate in pairs})


def _assessed(desk: Desk, found: Assessment, supposed: WhatIf | None, language: str, detail: Detail) -> results.AssessResult:
    labels, of = page(language), _by_verdict(found)
    brief, silent = detail == "brief", detail == "brief" or (supposed is not None and detail == "normal")
    document = AssessDocument(**{name: getattr(found, name) for name in Assessment.model_fields}, what_if=supposed)
    return results.AssessResult(
        stage=stage_words(found.stage, labels),
        because=found.stage.because,
        also=tuple(found.stage.also),
        motion=found.motion.id if found.motion else None,
        known={} if brief else told(found.client, desk.advisor.wording(language)),
        required={_name(item): _says(item, labels) for item in of[Verdict.REQUIRE]},
        recommended={_name(item): "" if silent else _says(item, labels) for item in of[Verdict.RECOMMEND]},
        forbidden={_name(item): "" if silent else until(item) for item in of[Verdict.FORBID]},
        allowed=() if silent else tuple(_name(item) for item in of[Verdict.ALLOW]),
        warnings=() if silent else tuple(_says(item, labels) for item in of[Verdict.WARN]),
        tools_that_fit=tuple(tool.name for tool in found.tools if tool.verdict == "fits"),
        questions=tuple(results.Asked(fact=item.fact, ask=item.ask) for item in found.questions[: _ASKED[detail]]),
        contradictions=tuple(f"{sentence(item.text)} {sentence(item.treated_as)}" for item in found.contradictions),
        what_if=None if supposed is None else tuple(_change(item, detail) for item in supposed.changes if detail == "full" or item.what != "figure"),
        document=whole(document, detail),
    )


def _change(item: Change, detail: Detail) -> results.Changed:
    because = item.because if detail == "full" or item.what == "stage" else ""
    return results.Changed(id=item.id, before=item.before, after=item.after, because=because)


def _by_verdict(found: Assessment) -> dict[Verdict, list[Finding]]:
    return {verdict: [item for item in found.findings if item.verdict is verdict] for verdict in Verdict}


def _says(finding: Finding, labels: Page) -> str:
    return sentence(without_lead_in(finding.text, labels))


def until(finding: Finding) -> str:
    """What would change a verdict, without a full stop; the sentence where nothing would."""
    return finding.would_change_if.rstrip(".") if finding.would_change_if else sentence(finding.text)


def _name(finding: Finding) -> str:
    return finding.move or finding.rule


def _answered(desk: Desk, answer: Answer, detail: Detail, session: str | None) -> results.AskResult:
    labels, reply = page(answer.language), answer.answer
    cited = tuple(
        results.Cited(
            n=item.n, id=item.id, who=_who(item.publisher, item.year), evidence=labels.evidence(item.evidence_class),
            says="" if detail == "brief" else opening(item.says, _SAYS), applies=item.applies,
        )
        for item in answer.citations
    )  # fmt: skip
    return results.AskResult(
        answer=saying.short_answer(answer, desk.advisor.documents) if detail == "brief" else reply.text.strip(),
        recommended_moves=reply.recommended_moves,
        advised_against=reply.advised_against,
        questions=reply.questions,
        abstained_on=reply.abstained_on,
        citations=cited,
        notices=answer.run.notices,
        session=session,
        document=whole(answer, detail),
    )


def _found(hit: Hit, detail: Detail) -> results.Found:
    limit = {"brief": _SAYS, "normal": _TEXT, "full": len(hit.text) + 1}[detail]
    return results.Found(id=hit.id, kind=hit.kind, heading=hit.heading, text=opening(hit.text, limit), score=round(hit.score, 3))


def _rows(desk: Desk, given: BenchmarksInput) -> tuple[BenchmarkRow, ...]:
    advisor, facts = desk.advisor, given.facts or Facts()
    known = advisor.facts(advisor.read("", desk.base, options=client_of(facts), fx=rates(facts)).client)
    return tuple(record_row(advisor.library, id_, known) for id_ in sorted(advisor.library.benchmarks))


def _page(rows: tuple[BenchmarkRow, ...], given: BenchmarksInput) -> results.BenchmarksResult:
    """One page of rows. Raises InputError for an offset beyond them."""
    if given.offset and given.offset >= len(rows):
        raise InputError(f"offset {given.offset} is beyond the {len(rows)} records.", hint="Begin with offset 0 and go on with next_offset.")
    shown, end = rows[given.offset : given.offset + given.limit], given.offset + given.limit
    return results.BenchmarksResult(
        records=tuple(_record(row, given.detail) for row in shown),
        total=len(rows),
        next_offset=end if end < len(rows) else None,
        document=whole(BenchmarksDocument(benchmarks=shown), given.detail),
    )


def _comparison(document: ComparisonDocument, detail: Detail) -> results.BenchmarksResult:
    rows = (*document.records, *document.against)
    return results.BenchmarksResult(
        records=tuple(_record(row, detail) for row in rows),
        total=len(rows),
        preferred=document.preferred,
        because=" ".join(dict.fromkeys(sentence(text) for text in (*document.why, document.because))),
        document=whole(document, detail),
    )


def _record(row: BenchmarkRow, detail: Detail) -> results.Record:
    return results.Record(
        id=row.id, metric=row.metric, text=sentence(row.text), who=_who(row.publisher, row.year), evidence=page().evidence(row.evidence_class),
        applies=row.applies, applies_because="" if detail == "brief" or not row.condition else row.applies_because,
    )  # fmt: skip


def _who(publisher: str, year: int | None) -> str:
    return f"{publisher}, {year}" if year else publisher


def whole(document: Any, detail: Detail) -> dict[str, Any] | None:
    """The whole JSON of a command, with detail `full` alone."""
    found: dict[str, Any] | None = document.as_json() if detail == "full" else None
    return found
