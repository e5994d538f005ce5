"""An answer as Markdown: its text, then the reference list with what each source says and how far it carries."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.domain import Answer, Applies, Citation, Claim, ClaimKind, Stance
from advisor.rendering.words import EVIDENCE, HOLDS, opening, place_in_words, sentence

_BRIEF_ORDER = (Stance.ADVISE_AGAINST, Stance.REQUIRE, Stance.ADVISE)


def answer_markdown(answer: Answer, documents: Mapping[str, str], *, why: bool = False) -> str:
    """The answer for people; `documents` gives the title for each document number, `why` adds ids and the checks made."""
    blocks = [answer.text.strip(), references(answer.citations, documents, why=why)]
    if why:
        blocks.append(_checks(answer))
    return "\n\n".join(block for block in blocks if block) + "\n"


def answer_brief(answer: Answer, documents: Mapping[str, str]) -> str:
    """Five lines: the first sentence, what else is advised, one question, and the sources in one line."""
    claims = _brief_claims(answer)
    used = {number for claim in claims for number in claim.citations}
    sources = [_short_source(citation, documents) for citation in answer.citations if citation.n in used]
    lines = [_marked(claim) for claim in claims]
    return "\n\n".join([*lines, *([f"Sources: {'; '.join(sources)}."] if sources else [])]) + "\n"


def references(citations: tuple[Citation, ...], documents: Mapping[str, str], *, why: bool = False) -> str:
    """The reference list, or nothing when no source was used."""
    if not citations:
        return ""
    return "\n".join(["## Sources", "", *(_reference(citation, documents, why) for citation in citations)])


def _reference(citation: Citation, documents: Mapping[str, str], why: bool) -> str:
    head = ", ".join(part for part in (citation.publisher, str(citation.year or "")) if part)
    parts = [
        f"- [{citation.n}] {head} ({EVIDENCE[citation.evidence_class]}): {sentence(opening(citation.says))}",
        f"“{citation.excerpt}”" if citation.excerpt else "",
        f"*{place_in_words(citation.place, documents) or citation.title}*",
        f"— {HOLDS[citation.applies]}" if citation.applies is not Applies.YES else "",
        f"`{citation.kind} {citation.id}` at `{citation.locator}`" if why else "",
    ]
    return " ".join(part for part in parts if part)


def _checks(answer: Answer) -> str:
    done = answer.verification
    lines = [
        "## How this was checked",
        "",
        f"- Figures: {done.figures}, of these cited {done.cited}, given by you {done.given}, computed {done.computed}",
        f"- Without support: {done.unsupported}; claims without a source: {done.uncited_claims}; "
        f"against a rule: {done.rule_violations}; repairs: {done.repairs}",
        *(f"- Withheld: “{removed.text}” — {sentence(removed.reason)}" for removed in done.removed),
        *(
            f"- Rule `{finding.rule}` ({finding.verdict}): {sentence(finding.because)}"
            for finding in answer.assessment.findings
        ),
        f"- Knowledge version: {answer.run.knowledge_version or 'not recorded'}",
    ]
    return "\n".join(lines)


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
