"""An assessment as Markdown for people: where they stand, what fits now, what is needed first, what comes later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from advisor.domain import Assessment, Decision, Finding, Move, Stage, StageId, Verdict
from advisor.rendering.words import SECTIONS, Page, capital, page, sentence, sentences, shortlist, small, table, title_of, without_lead_in


def assessment_markdown(assessment: Assessment, titles: Mapping[str, str], *, why: bool = False, language: str = "en") -> str:
    """The whole assessment; `why` adds rule ids, verdicts, the facts used and the places of the sources."""
    labels = page(language)
    blocks = [
        _standing(assessment, labels),
        _contradictions(assessment, labels),
        _decided(assessment, titles, labels),
        *(_section(verdict, labels, assessment.findings, why) for verdict in SECTIONS),
        _partner_types(assessment, titles, labels),
        _tools(assessment, labels),
        _questions(assessment, labels),
        f"*{labels.say('assessment.provisional_note')}*" if any(finding.provisional for finding in assessment.findings) else "",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def assessment_brief(assessment: Assessment, titles: Mapping[str, str], *, language: str = "en", about: Collection[Move] = ()) -> str:
    """Five lines at most; the moves that were asked `about` stand first, so that none of them is among those only counted."""
    labels = page(language)
    findings = sorted(assessment.findings, key=lambda item: item.move not in about)
    by_verdict = {verdict: _moves(findings, verdict, titles) for verdict in SECTIONS}
    lines = [f"**{stage_words(assessment.stage, labels)}** {sentence(assessment.stage.because)}".strip()]
    for verdict in (Verdict.REQUIRE, Verdict.RECOMMEND, Verdict.FORBID):
        if by_verdict[verdict]:
            lines.append(f"{labels.verdict(verdict)}: {sentence(shortlist(by_verdict[verdict], labels))}")
    if assessment.questions:
        lines.append(f"{labels.say('assessment.still_open')}: {assessment.questions[0].ask}")
    return "\n\n".join(lines[:5]) + "\n"


def stage_words(stage: Stage, labels: Page) -> str:
    """The stage's label, and the bands that cannot be excluded."""
    bands = f" {labels.say('assessment.or')} ".join(str(band) for band in stage.also)
    also = f" ({labels.say('assessment.possibly', bands=bands)})" if stage.also else ""
    provisional = stage.provisional and stage.id not in {StageId.UNKNOWN, StageId.NOT_APPLICABLE}
    note = f", {labels.say('assessment.provisional')}" if provisional else ""
    return f"{stage.label}{also}{note}"


def _standing(assessment: Assessment, labels: Page) -> str:
    lines = [f"## {stage_words(assessment.stage, labels)}"]
    if assessment.stage.because:
        lines += ["", sentence(assessment.stage.because)]
    facts = [
        f"- {labels.say('assessment.motion')}: {assessment.motion.label}" if assessment.motion else "",
        f"- {labels.say('assessment.phase')}: {assessment.phase.label}" if assessment.phase else "",
        f"- {_maturity(assessment, labels)}" if assessment.maturity and assessment.maturity.level else "",
    ]
    known = [fact for fact in facts if fact]
    return "\n".join([*lines, *([""] if known else []), *known])


def _maturity(assessment: Assessment, labels: Page) -> str:
    maturity = assessment.maturity
    if maturity is None:
        return ""
    return sentences(labels.say("assessment.maturity", level=maturity.level, label=maturity.label), maturity.because)


def _contradictions(assessment: Assessment, labels: Page) -> str:
    items = [f"- {sentences(item.text, item.treated_as)}" for item in assessment.contradictions]
    return "\n".join([f"## {labels.say('assessment.contradictions')}", "", *items]) if items else ""


def _decided(assessment: Assessment, titles: Mapping[str, str], labels: Page) -> str:
    """What the client's side decided, each beside the verdict that stays."""
    lines = [f"- {_decision(decision, assessment, titles, labels)}" for decision in assessment.client.decided]
    return "\n".join([f"## {labels.say('assessment.decided')}", "", *lines]) if lines else ""


def _decision(decision: Decision, assessment: Assessment, titles: Mapping[str, str], labels: Page) -> str:
    """`A tiered programme (board, 2026-11-03): “Promised.” The verdict stays: not yet.`"""
    who = ", ".join(part for part in (decision.by or "", decision.on.isoformat() if decision.on else "") if part)
    head = f"{capital(title_of(decision.move, titles))}{f' ({who})' if who else ''}"
    finding = assessment.finding_on(decision.move)
    verdict = labels.say("assessment.verdict_stays", verdict=labels.verdict(finding.verdict).lower()) if finding and finding.verdict in SECTIONS else ""
    reason = labels.say("answer.quote", text=sentence(decision.reason)) if decision.reason else ""
    told = " ".join(part for part in (reason, verdict) if part)
    return f"{head}: {told}" if told else f"{head}."


def _section(verdict: Verdict, labels: Page, findings: Iterable[Finding], why: bool) -> str:
    """The findings of one verdict; those that share a reason stand together below it."""
    by_reason: dict[str, dict[str, None]] = {}
    for finding in findings:
        if finding.verdict is verdict:
            by_reason.setdefault(sentence(finding.because), {})[_item(finding, labels, why)] = None
    lines = [line for reason, items in by_reason.items() for line in _group(reason, list(items))]
    return "\n".join([f"## {labels.verdict(verdict)}", "", *lines]) if lines else ""


def _group(reason: str, items: list[str]) -> list[str]:
    if len(items) == 1:
        head, mark, rest = items[0].partition("\n")
        return [f"- {head} {reason}".rstrip(), *([f"  {rest}"] if mark else [])]
    return [f"- {reason}", *(f"  - {line}".replace("\n", "\n    ") for line in items)]


def _item(finding: Finding, labels: Page, why: bool) -> str:
    notes = [
        f"{labels.say('assessment.changes_with')}: {small(finding.would_change_if.rstrip('.'), labels)}" if finding.would_change_if else "",
        labels.say("assessment.provisional") if finding.provisional else "",
    ]
    told = "; ".join(note for note in notes if note)
    text = f"{sentence(without_lead_in(finding.text, labels))}{f' *({told})*' if told else ''}"
    if not why:
        return text
    none = labels.say("assessment.none")
    facts, sources = (", ".join(items) or none for items in (finding.facts_used, finding.sources))
    return f"{text}\n- {labels.say('assessment.rule', rule=finding.rule, verdict=finding.verdict, facts=facts, sources=sources)}"


def _moves(findings: Iterable[Finding], verdict: Verdict, titles: Mapping[str, str]) -> list[str]:
    moves = (finding.move for finding in findings if finding.verdict is verdict)
    return list(dict.fromkeys(title_of(move, titles) for move in moves if move))


def _partner_types(assessment: Assessment, titles: Mapping[str, str], labels: Page) -> str:
    types = assessment.partner_types
    lines = [
        f"- {labels.say(key)}: {', '.join(title_of(move, titles) for move in moves)}"
        for key, moves in (("assessment.start_with", types.start_with), ("assessment.add_later", types.add_later))
        if moves
    ]
    return "\n".join([f"## {labels.say('assessment.kinds')}", "", *lines]) if lines else ""


def _tools(assessment: Assessment, labels: Page) -> str:
    rows: list[tuple[object, ...]] = [(t.name, labels.say(f"tool.{t.verdict}"), t.why, t.as_of) for t in assessment.tools]
    columns = tuple(labels.say(f"assessment.{name}") for name in ("tool", "for_you", "why", "as_of"))
    return f"## {labels.say('assessment.tools')}\n\n{table(columns, rows)}" if rows else ""


def _questions(assessment: Assessment, labels: Page) -> str:
    items = [f"{n}. {item.ask}{f' {sentence(item.why)}' if item.why else ''}" for n, item in enumerate(assessment.questions, 1)]
    return "\n".join([f"## {labels.say('assessment.questions')}", "", *items]) if items else ""
