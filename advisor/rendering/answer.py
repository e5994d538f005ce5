"""An answer as Markdown: its text, then the reference list with what each source says and how far it carries."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.domain import Answer, Applies, Citation, Claim, ClaimKind, Stance
from advisor.rendering.words import Page, opening, page, place_in_words, sentence

_BRIEF_ORDER = (Stance.ADVISE_AGAINST, Stance.REQUIRE, Stance.ADVISE)


def answer_markdown(answer: Answer, documents: Mapping[str, str], *, why: bool = False) -> str:
    """The answer for people; `documents` gives the title for each document number, `why` adds ids and the checks made."""
    blocks = [answer.text.strip(), references(answer.citations, documents, page(answer.language), why=why)]
    if why:
        labels = page(answer.language)
        blocks.append("\n".join([f"## {labels.say('answer.checked')}", "", *(f"- {item}" for item in checks(answer, labels))]))
    return "\n\n".join(block for block in blocks if block) + "\n"


def answer_brief(answer: Answer, documents: Mapping[str, str]) -> str:
    """Five lines: the first sentence, what else is advised, one question, and the sources in one line."""
    claims = _brief_claims(answer)
    used = {number for claim in claims for number in claim.citations}
    sources = [_short_source(citation, documents) for citation in answer.citations if citation.n in used]
    lines = [_marked(claim) for claim in claims]
    return "\n\n".join([*lines, *([f"{page(answer.language).say('answer.sources')}: {'; '.join(sources)}."] if sources else [])]) + "\n"


def references(citations: tuple[Citation, ...], documents: Mapping[str, str], labels: Page, *, why: bool = False) -> str:
    """The reference list, or nothing when no source was used."""
    if not citations:
        return ""
    return "\n".join([f"## {labels.say('answer.sources')}", "", *(_reference(citation, documents, labels, why) for citation in citations)])


def _reference(citation: Citation, documents: Mapping[str, str], labels: Page, why: bool) -> str:
    head = ", ".join(part for part in (citation.publisher, str(citation.year or "")) if part)
    parts = [
        f"- [{citation.n}] {head} ({labels.evidence(citation.evidence_class)}): {sentence(opening(citation.says))}",
        labels.say("answer.quote", text=citation.excerpt) if citation.excerpt else "",
        f"*{place_in_words(citation.place, documents) or citation.title}*",
        f"— {labels.holds(citation.applies)}" if citation.applies is not Applies.YES else "",
        f"`{citation.kind} {citation.id}` {labels.say('answer.at')} `{citation.locator}`" if why else "",
    ]
    return " ".join(part for part in parts if part)


def checks(answer: Answer, labels: Page) -> list[str]:
    """What was checked before the answer was shown, line by line, with the ids of rules."""
    done = answer.verification
    counts = {"figures": done.figures, "cited": done.cited, "given": done.given, "computed": done.computed}
    without = {"unsupported": done.unsupported, "uncited": done.uncited_claims, "violations": done.rule_violations, "repairs": done.repairs}
    return [
        labels.say("answer.figures", **counts),
        labels.say("answer.without", **without),
        *(labels.say("answer.withheld", text=labels.say("answer.quote", text=item.text), reason=sentence(item.reason)) for item in done.removed),
        *(labels.say("answer.rule", rule=item.rule, verdict=item.verdict, because=sentence(item.because)) for item in answer.assessment.findings),
        labels.say("answer.version", version=answer.run.knowledge_version or labels.say("answer.unrecorded")),
    ]


def _brief_claims(answer: Answer) -> list[Claim]:
    """The opening claim, two that advise, and one question: at most four, in the order of the answer."""
    claims = answer.answer.claims
    advice = sorted(
        (claim for claim in claims[1:] if claim.stance in _BRIEF_ORDER), key=lambda claim: _BRIEF_ORDER.index(claim.stance)
    )
    questions = [claim for claim in claims[1:] if claim.kind is ClaimKind.QUESTION]
    chosen = {claim.n for claim in (*claims[:1], *advice[:2], *questions[:1])}
    return [claim for claim in claims if claim.n in chosen]


def _marked(claim: Claim) -> str:
    marks = "".join(f"[{number}]" for number in claim.citations if f"[{number}]" not in claim.text)
    return f"{claim.text} {marks}".strip()


def _short_source(citation: Citation, documents: Mapping[str, str]) -> str:
    place = place_in_words(citation.place, documents) or citation.title
    return f"[{citation.n}] {citation.publisher}{f', {citation.year}' if citation.year else ''}, {place}"
