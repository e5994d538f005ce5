"""An assessment as Markdown for people: where they stand, what fits now, what is needed first, what comes later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.domain import Assessment, Decision, Finding, Stage, StageId, Verdict
from advisor.rendering.words import SECTIONS, TOOL_VERDICTS, capital, sentence, sentences, shortlist, small, table, title_of, without_lead_in


PROVISIONAL = "*Provisional: it rests on a fact that is not known yet.*"


def assessment_markdown(assessment: Assessment, titles: Mapping[str, str], *, why: bool = False) -> str:
    """The whole assessment; `why` adds rule ids, verdicts, the facts used and the places of the sources."""
    blocks = [
        _standing(assessment),
        _contradictions(assessment),
        _decided(assessment, titles),
        *(_section(verdict, heading, assessment.findings, why) for verdict, heading in SECTIONS.items()),
        _partner_types(assessment, titles),
        _tools(assessment),
        _questions(assessment),
        PROVISIONAL if any(finding.provisional for finding in assessment.findings) else "",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def assessment_brief(assessment: Assessment, titles: Mapping[str, str]) -> str:
    """Five lines at most."""
    by_verdict = {verdict: _moves(assessment.findings, verdict, titles) for verdict in SECTIONS}
    lines = [f"**{stage_words(assessment.stage)}** {sentence(assessment.stage.because)}".strip()]
    for verdict in (Verdict.REQUIRE, Verdict.RECOMMEND, Verdict.FORBID):
        if by_verdict[verdict]:
            lines.append(f"{SECTIONS[verdict]}: {sentence(shortlist(by_verdict[verdict]))}")
    if assessment.questions:
        lines.append(f"Still open: {assessment.questions[0].ask}")
    return "\n\n".join(lines[:5]) + "\n"


def stage_words(stage: Stage) -> str:
    """The stage's label, and the bands that cannot be excluded."""
    also = f" (possibly {' or '.join(str(band) for band in stage.also)})" if stage.also else ""
    provisional = stage.provisional and stage.id not in {StageId.UNKNOWN, StageId.NOT_APPLICABLE}
    return f"{stage.label}{also}{', provisional' if provisional else ''}"


def _standing(assessment: Assessment) -> str:
    lines = [f"## {stage_words(assessment.stage)}"]
    if assessment.stage.because:
        lines += ["", sentence(assessment.stage.because)]
    facts = [
        f"- How you sell: {assessment.motion.label}" if assessment.motion else "",
        f"- Age of the partner programme: {assessment.phase.label}" if assessment.phase else "",
        f"- {_maturity(assessment)}" if assessment.maturity and assessment.maturity.level else "",
    ]
    known = [fact for fact in facts if fact]
    return "\n".join([*lines, *([""] if known else []), *known])


def _maturity(assessment: Assessment) -> str:
    maturity = assessment.maturity
    if maturity is None:
        return ""
    return sentences(f"Partner maturity: level {maturity.level}, {maturity.label}", maturity.because)


def _contradictions(assessment: Assessment) -> str:
    items = [f"- {sentences(item.text, item.treated_as)}" for item in assessment.contradictions]
    return "\n".join(["## What does not fit together", "", *items]) if items else ""


def _decided(assessment: Assessment, titles: Mapping[str, str]) -> str:
    """What the client's side decided, each beside the verdict that stays."""
    lines = [f"- {_decision(decision, assessment, titles)}" for decision in assessment.client.decided]
    return "\n".join(["## What you decided", "", *lines]) if lines else ""


def _decision(decision: Decision, assessment: Assessment, titles: Mapping[str, str]) -> str:
    """`A tiered programme (board, 2026-11-03): “Promised.” The verdict stays: not yet.`"""
    who = ", ".join(part for part in (decision.by or "", decision.on.isoformat() if decision.on else "") if part)
    head = f"{capital(title_of(decision.move, titles))}{f' ({who})' if who else ''}"
    finding = assessment.finding_on(decision.move)
    verdict = f"The verdict stays: {SECTIONS[finding.verdict].lower()}." if finding and finding.verdict in SECTIONS else ""
    reason = f"“{sentence(decision.reason)}”" if decision.reason else ""
    told = " ".join(part for part in (reason, verdict) if part)
    return f"{head}: {told}" if told else f"{head}."


def _section(verdict: Verdict, heading: str, findings: Iterable[Finding], why: bool) -> str:
    """The findings of one verdict; those that share a reason stand together below it."""
    by_reason: dict[str, dict[str, None]] = {}
    for finding in findings:
        if finding.verdict is verdict:
            by_reason.setdefault(sentence(finding.because), {})[_item(finding, why)] = None
    lines = [line for reason, items in by_reason.items() for line in _group(reason, list(items))]
    return "\n".join([f"## {heading}", "", *lines]) if lines else ""


def _group(reason: str, items: list[str]) -> list[str]:
    if len(items) == 1:
        head, mark, rest = items[0].partition("\n")
        return [f"- {head} {reason}".rstrip(), *([f"  {rest}"] if mark else [])]
    return [f"- {reason}", *(f"  - {line}".replace("\n", "\n    ") for line in items)]


def _item(finding: Finding, why: bool) -> str:
    notes = [
        f"changes with: {small(finding.would_change_if.rstrip('.'))}" if finding.would_change_if else "",
        "provisional" if finding.provisional else "",
    ]
    told = "; ".join(note for note in notes if note)
    text = f"{sentence(without_lead_in(finding.text))}{f' *({told})*' if told else ''}"
    if not why:
        return text
    return f"{text}\n- rule `{finding.rule}`, {finding.verdict}; facts: {_list(finding.facts_used)}; sources: {_list(finding.sources)}"


def _list(items: Iterable[str]) -> str:
    return ", ".join(items) or "none"


def _moves(findings: Iterable[Finding], verdict: Verdict, titles: Mapping[str, str]) -> list[str]:
    moves = (finding.move for finding in findings if finding.verdict is verdict)
    return list(dict.fromkeys(title_of(move, titles) for move in moves if move))


def _partner_types(assessment: Assessment, titles: Mapping[str, str]) -> str:
    types = assessment.partner_types
    lines = [
        f"- {label}: {', '.join(title_of(move, titles) for move in moves)}"
        for label, moves in (("Start with", types.start_with), ("Add later", types.add_later))
        if moves
    ]
    return "\n".join(["## Kinds of partner", "", *lines]) if lines else ""


def _tools(assessment: Assessment) -> str:
    rows: list[tuple[object, ...]] = [(t.name, TOOL_VERDICTS[t.verdict], t.why, t.as_of) for t in assessment.tools]
    return f"## Tools\n\n{table(('Tool', 'For you', 'Why', 'As of'), rows)}" if rows else ""


def _questions(assessment: Assessment) -> str:
    items = [f"{n}. {item.ask}{f' {sentence(item.why)}' if item.why else ''}" for n, item in enumerate(assessment.questions, 1)]
    return "\n".join(["## What would settle more", "", *items]) if items else ""
