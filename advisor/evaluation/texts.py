"""What any answer is held against, whoever gave it, by its words alone: moves that the rules forbid for the client, and figures without support.

The advisor and a bare model are read by the same code here; nothing that an answer says of itself counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor import library
from advisor.answering.grounding_given import Given
from advisor.answering.verify import verify
from advisor.answering.spelled import shortened
from advisor.domain import Answer, Move
from advisor.domain.verified import HOLDS, FigureVerdict, VerifiedFigure
from advisor.evaluation.cases import Case
from advisor.figures import find
from advisor.intake.moves import mentions

_WRONG = frozenset({FigureVerdict.MISATTRIBUTED, FigureVerdict.CONTRADICTED})


def checked(case: Case, answer: Answer) -> dict[str, list[str]]:
    """The forbidden moves that an answer advises, its figures that nothing supports, and those given to the wrong source or with another value."""
    figures = [*_failing(answer)]
    return {
        "forbidden": sorted({move.value for move in _advised(answer) if move in answer.assessment.forbidden_moves or move in case.expected.must_not_advise}),
        "unsupported": [f"{each.text}: {each.why}" for each in figures if each.verdict not in _WRONG],
        "misattributed": [f"{each.text}: {each.why}" for each in figures if each.verdict in _WRONG],
    }


def _advised(answer: Answer) -> Iterator[Move]:
    return (item.move for claim in answer.answer.claims for item in mentions(claim.text) if item.advised and not item.against)


def _failing(answer: Answer) -> Iterator[VerifiedFigure]:
    """Figures that neither the knowledge nor the rules' verdicts on this client support, and that the client did not give or that were not worked out before our eyes."""
    text = "\n\n".join(dict.fromkeys(claim.text for claim in answer.answer.claims))
    client = answer.assessment.client
    report = verify(text, client=client, language=answer.language)
    if report.summary.passed:
        return
    own = Given(answer.question, client)
    said = {key for piece in _ruled(answer) for key in (figure.key for figure in find(piece))}
    keys = {(figure.start, figure.end): figure for figure in find(text)}
    for each in report.figures:
        figure = keys.get((each.start, each.end))
        if each.verdict in HOLDS or (figure is not None and (own.holds(figure) or figure.key in said)) or _told_as_recorded(each, text, answer.language):
            continue
        yield each


def _told_as_recorded(figure: VerifiedFigure, text: str, language: str) -> bool:
    """Whether a figure that does not hold for the client stands in its record's own sentence: it is supported, and whether to tell it is what `applicability` scores."""
    if figure.verdict is not FigureVerdict.NOT_APPLICABLE:
        return False
    known = library.load().in_language(language)
    return any(id_ in known.benchmarks and known.say_record(id_) in shortened(text, known) for id_ in figure.evidence)


def _ruled(answer: Answer) -> Iterator[str]:
    """What the rules say of the client: true for whoever says it."""
    assessment = answer.assessment
    yield assessment.stage.because
    for finding in assessment.findings:
        yield from (text for text in (finding.text, finding.because, finding.would_change_if) if text)
    yield from (tool.why for tool in assessment.tools)
