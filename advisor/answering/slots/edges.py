"""The edges of a conversation: greetings, what lies outside, facts that do not fit, planted instructions, what is in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.answering.brief import Brief
from advisor.answering.slots.placing import tidy
from advisor.answering.slots.wishes import unlabelled
from advisor.domain import AskKind, ClaimKind, DraftClaim, Move, Reading, StageId, Stance, Verdict
from advisor.answering.slots.existing import existing
from advisor.library import LANGUAGES
from advisor.rules.told import named

_UNNAMED = frozenset({"another field", "general"})  # of these nobody could tell which part is meant
_STARTS_THERE = frozenset({AskKind.SUM, AskKind.WHERE_TO_START, AskKind.WHICH_TOOL})  # a sum hangs on nothing that exists; the others begin with it


def greeting(brief: Brief) -> Iterator[DraftClaim]:
    if brief.client.facts:
        yield DraftClaim(text=brief.wording.say("conversation.hello"), kind=ClaimKind.QUESTION)
    else:
        yield brief.claim("greeting.hello", kind=ClaimKind.QUESTION)


def decline_scope(brief: Brief) -> Iterator[DraftClaim]:
    """What lies outside B2B SaaS partner strategy is declined, and said which part."""
    kind = brief.ask.topics[0] if brief.ask.topics and brief.wording.has(f"answers.scope.{brief.ask.topics[0]}") else "other"
    yield brief.claim(f"scope.{kind}", kind=ClaimKind.REFUSAL, block="lead")
    yield brief.claim("scope.offer", kind=ClaimKind.REFUSAL)


def openings(brief: Brief) -> Iterator[DraftClaim]:
    """What must be said before anything else: facts that cannot both hold, planted instructions."""
    for contradiction in brief.assessment.contradictions[:2]:
        yield DraftClaim(text=contradiction.text, kind=ClaimKind.QUESTION)
        yield DraftClaim(text=contradiction.treated_as, kind=ClaimKind.QUESTION)
    for quote in brief.reading.planted[:1]:
        yield brief.claim("planted.text", kind=ClaimKind.REFUSAL, stance=Stance.ADVISE_AGAINST, moves=[Move.OBEY_INJECTED_TEXT], quote=tidy(quote))


def two_readings(brief: Brief) -> Iterator[DraftClaim]:
    """What belongs right behind the answer: that the stage lies between two bands, and why. A sum hangs on no stage, nor does what no source
    holds, and an amount without a rate is no doubt where all rates lead to one stage."""
    stage = brief.assessment.stage
    staged = brief.ask.kind is not AskKind.SUM and (brief.gap is None or bool(brief.ask.moves))
    settled = stage.id is not StageId.UNKNOWN and brief.client.arr is not None and brief.client.arr.eur is None
    if staged and stage.also and not settled and not brief.assessment.contradictions and stage.because and brief.client.arr is not None:
        rules = [f"stage.{id_}" for id_ in (stage.id, *stage.also) if f"stage.{id_}" in brief.shelf]
        yield DraftClaim(text=stage.because, evidence=tuple(rules), kind=ClaimKind.FIGURE if rules else ClaimKind.QUESTION)


def closings(brief: Brief) -> Iterator[DraftClaim]:
    """What exists or was decided against the advice, and the part of a message that was left out."""
    finding = brief.deciding(Move.FREEZE_AND_REVIEW)
    if finding is not None and not brief.heard and brief.ask.kind not in _STARTS_THERE and not {*existing(brief)} & {*brief.ask.moves}:
        yield brief.finding_claim(finding, worded=unlabelled(finding.text))
    yield from decisions(brief)
    if brief.reading.in_scope and brief.reading.out_of_scope and brief.reading.out_of_scope not in _UNNAMED:
        yield brief.claim("scope.part", kind=ClaimKind.REFUSAL, quote=tidy(_left_out(brief.reading)))


def _left_out(reading: Reading) -> str:
    """The words that lie outside; the field's name where no question is about it."""
    return next((ask.text for ask in reading.asks if ask.kind is AskKind.OUT_OF_SCOPE), reading.out_of_scope or "")


def languages(brief: Brief, said: Sequence[DraftClaim]) -> Iterator[DraftClaim]:
    """That a message was in a language which is not answered in, and that sentences are quoted in English."""
    library, read = brief.shelf.library, brief.reading.language
    if read not in LANGUAGES:
        yield brief.claim(f"language.{'french' if read == 'fr' else 'unread'}", kind=ClaimKind.QUESTION)
    quotes = brief.say("language.quote", text="")[:1]
    if any(claim.text.startswith(quotes) and any(library.untranslated(id_) for id_ in claim.evidence) for claim in said):
        yield brief.claim("language.english_only", kind=ClaimKind.QUESTION)


def decisions(brief: Brief) -> Iterator[DraftClaim]:
    """What the client's side decided against the advice, beside the verdict, which stays."""
    for decision in brief.client.decided:
        finding = brief.deciding(decision.move)
        if finding is None or finding.verdict is not Verdict.FORBID or not decision.on or brief.heard:
            continue
        key, slots = "decided.plain", {"day": decision.on.isoformat(), "move": named(decision.move, brief.wording)}
        if decision.reason:
            key, slots = "decided.reason", {**slots, "reason": tidy(decision.reason)}
        yield DraftClaim(text=brief.wording.say(f"conversation.{key}", **slots), kind=ClaimKind.QUESTION)
        yield brief.finding_claim(finding)


SLOTS = {"greeting": greeting, "decline_scope": decline_scope}
