"""Runs `verify`: a host model's last text held against the knowledge and against what the rules forbid for the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from advisor import library
from advisor.answering.verify import verify as figures_of
from advisor.domain import Assessment, Client, Verdict, VerifiedFigure, VerifyReport
from advisor.domain.verified import HOLDS, FigureVerdict
from advisor.errors import InputError
from advisor.integrations import conscience, mending, results, saying
from advisor.integrations.desk import Desk, Outcome
from advisor.integrations.inputs import Facts, VerifyInput
from advisor.integrations.pieces import bare, spans
from advisor.integrations.running import client_of, rates, until, whole
from advisor.intake import clean, language_of
from advisor.library import Library
from advisor.rendering.words import opening, sentence

_LISTED, _PIECE = 12, 200
_KNOWN: dict[tuple[str, str], frozenset[str]] = {}


def verify(desk: Desk, given: VerifyInput) -> Outcome:
    """Which figures do not hold, which sentences go on with a forbidden move, and the text without them."""
    advisor, facts = desk.advisor, given.facts or Facts()
    if not clean(given.text):
        raise InputError("text is empty.", hint="Give the text that you are about to say.")
    reading = advisor.read(given.client or "", desk.base, options=client_of(facts), fx=rates(facts))
    language = library.spoken(language_of(given.text))
    known = reading.client != Client()
    assessment = advisor.judge(reading) if known else None
    check = cache(partial(_checked, against=given.against, client=reading.client, language=language, rules=_said(assessment), held=advisor.library.in_language(language)))
    report, forbidden = check(given.text), _forbidden(assessment)
    held = advisor.library.in_language(language)
    sourced = partial(_sourced, check, _sentences(held, advisor.knowledge_version))
    steps = conscience.oversteps(given.text, forbidden, sourced)

    def mend(text: str) -> str:
        kept = mending.mended(text, check, held, advisor.facts(reading.client))
        return conscience.mended(kept, forbidden, advisor.titles_in(language), language, sourced)

    value = results.VerifyResult(
        passed=report.summary.passed and not steps,
        figures=report.summary.figures,
        moves_checked=known,
        failing=_failing(report),
        forbidden=tuple(results.Forbidden(move=step.move, text=opening(step.text, _PIECE), until=forbidden[step.move]) for step in steps),
        mended=None if report.summary.passed and not steps else mend(given.text),
        document=whole(report, given.detail),
    )
    return Outcome(value, saying.verified(value, report, advisor.wording(language), language))


def _checked(text: str, *, against: Sequence[str] | None, client: Client, language: str, rules: str, held: Library) -> VerifyReport:
    """The figures of a text held against the truth.

    What the advisor itself says to this client is true beside the knowledge, and a figure that is not for the client may stand where its
    record's whole sentence does, which says for whom it is.
    """
    report = figures_of(text, against, client=client, language=language, packs=held.packs)
    if report.summary.passed or against is not None:
        return report
    report = VerifyReport.of(tuple(_with_condition(figure, text, held) for figure in report.figures))
    if report.summary.passed or not rules:
        return report
    found = figures_of(text, {"assessment": rules}, client=client, language=language, packs=held.packs).figures
    own = {(figure.start, figure.end): figure for figure in found if figure.verdict in HOLDS}
    return VerifyReport.of(tuple(_better(figure, own) for figure in report.figures))


def _with_condition(figure: VerifiedFigure, text: str, held: Library) -> VerifiedFigure:
    if figure.verdict is not FigureVerdict.NOT_APPLICABLE:
        return figure
    piece = next((bare(text[start:end]) for start, end in spans(text) if start <= figure.start < end), "")
    said = [held.say_record(id_) for id_ in (*figure.evidence, figure.nearest.id if figure.nearest else "") if id_ in held.benchmarks]
    whole_said = any(set(bare(each).split()) <= set(piece.split()) for each in said)
    return figure.model_copy(update={"verdict": FigureVerdict.SUPPORTED}) if whole_said else figure


def _better(figure: VerifiedFigure, own: Mapping[tuple[int, int], VerifiedFigure]) -> VerifiedFigure:
    return figure if figure.verdict in HOLDS else own.get((figure.start, figure.end), figure)


def _said(assessment: Assessment | None) -> str:
    """What an assessment says in sentences."""
    if assessment is None:
        return ""
    found = [text for item in assessment.findings for text in (item.text, item.because, item.would_change_if)]
    said = [assessment.stage.because, *found, *(tool.why for tool in assessment.tools), *(item.ask for item in assessment.questions)]
    return "\n\n".join(dict.fromkeys(sentence(text) for text in said if text))


def _forbidden(assessment: Assessment | None) -> Mapping[str, str]:
    """The moves forbidden for the client, each with what would change that; none where nothing is known of a client."""
    findings = assessment.findings if assessment else ()
    return {item.move: until(item) for item in findings if item.verdict is Verdict.FORBID and item.move}


def _failing(report: VerifyReport) -> tuple[results.Failing, ...]:
    wrong = mending.failing(report)[:_LISTED]
    return tuple(
        results.Failing(figure=item.text, verdict=item.verdict, why=item.nearest.why if item.nearest else item.why, id=item.nearest.id if item.nearest else None)
        for item in wrong
    )


def _sourced(check: mending.Check, known: frozenset[str], piece: str) -> bool:
    """Whether a piece passes on figures that all hold, or is a sentence of the knowledge."""
    if bare(piece) in known:
        return True
    report = check(piece)
    return bool(report.figures) and report.summary.passed


def _sentences(held: Library, version: str) -> frozenset[str]:
    """The sentences of passages and records, bare; kept for each version and language of the knowledge."""
    key = (version, held.language)
    if key not in _KNOWN:
        _KNOWN[key] = frozenset(_bare_sentences(held))
    return _KNOWN[key]


def _bare_sentences(held: Library) -> Iterator[str]:
    texts = (*(passage.text for passage in held.passages.values()), *(held.say_record(id_) for id_ in held.benchmarks))
    return (bare(text[start:end]) for text in texts for start, end in spans(text))
