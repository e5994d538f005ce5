"""What new facts change: those that replace earlier ones, and the earlier advice whose verdict turns with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisor.answering.aim import deciding
from advisor.answering.brief import Brief
from advisor.answering.compose import compose
from advisor.answering.slots.still_open import questions as asked
from advisor.domain import Assessment, Background, ClaimKind, Client, DraftClaim, Finding, Move, StageId, Verdict
from advisor.domain.changes import FactChange, changes, key_of
from advisor.rules.told import listed, named, told

_SHOWN = 4
_SAME = {Verdict.REQUIRE: Verdict.RECOMMEND, Verdict.WARN: Verdict.ALLOW}


def drafted(briefs: Sequence[Brief], past: Background, *, told: bool) -> tuple[DraftClaim, ...]:
    """The draft of an answer, with what the message changed in earlier advice: first when it only told facts, else before what is asked back."""
    draft = noted(briefs[0], past) if told else ()
    if draft:
        return draft
    draft = compose(briefs)
    revised = revisions(briefs[0], past) if briefs else ()
    if told or not revised:
        return (*revised, *draft)
    head = briefs[0].wording.say("conversation.revised.heading")
    place = next((place for place, claim in enumerate(draft) if claim.block == "question"), len(draft))
    return (*draft[:place], *(claim.model_copy(update={"section": head}) for claim in revised), *draft[place:])


def revisions(brief: Brief, background: Background) -> tuple[DraftClaim, ...]:
    """The facts that replaced others since the last answer, and what that changes in the advice given; nothing when none was replaced.

    A fact about which two statements stand against each other replaces nothing yet.
    """
    before = background.before
    if before is None:
        return ()
    disputed = {name for item in brief.assessment.contradictions for name in item.facts}
    replaced = [change for change in changes(before.client, brief.client) if change.replaces and key_of(change.path) not in disputed]
    if not replaced:
        return ()
    head = brief.wording.say("conversation.revised.heading")
    turned = [move for move in background.advised if verdict_of(before, move) is not verdict_of(brief.assessment, move)]
    first = sorted(brief.in_order(turned), key=lambda move: move not in brief.ask.moves)[:_SHOWN]
    claims = [*_facts(brief, before.client, replaced), *(_turned(brief, before, move, head) for move in first)]
    if not turned and background.advised:
        claims.append(_plain(brief.wording.say("conversation.revised.none")))
    return tuple(claims)


def noted(brief: Brief, background: Background) -> tuple[DraftClaim, ...]:
    """A short answer to facts that leave every verdict as it was; nothing when one turned, or when there was no answer before."""
    before = background.before
    same = before is not None and _standing(before) == _standing(brief.assessment) and not brief.assessment.contradictions
    if before is None or not same:
        return ()
    made = changes(before.client, brief.client)
    if any(change.replaces for change in made):
        return (*revisions(brief, background), *asked(brief))
    new = told(brief.client, brief.wording, [change.path for change in made])
    claims = [_plain(brief.wording.say("conversation.revised.told", new=listed(new.values(), brief.wording)))] if new else []
    return (*claims, _plain(brief.wording.say("conversation.revised.none")), *asked(brief))


def _facts(brief: Brief, known: Client, replaced: Iterable[FactChange]) -> Iterator[DraftClaim]:
    """The replaced facts in a sentence each, and those that are simply gone in another."""
    paths = [change.path for change in replaced]
    old, new = told(known, brief.wording, paths), told(brief.client, brief.wording, paths)
    both = [path for path in old if path in new and old[path] != new[path]]
    gone = [path for path in old if path not in new]
    say = brief.wording.say
    for path in both:  # one sentence each: an amount is held against the words around it
        yield _plain(say("conversation.revised.replaced", new=new[path], old=old[path]))
    if gone:
        yield _plain(say("conversation.revised.dropped", old=listed([old[path] for path in gone], brief.wording)))


def _plain(text: str) -> DraftClaim:
    """What is said of the client's own facts."""
    return DraftClaim(text=text, kind=ClaimKind.QUESTION)


def _turned(brief: Brief, before: Assessment, move: Move, head: str) -> DraftClaim:
    """The verdict on a move as it is now, with what was said of it until now."""
    was, now = deciding(before, move), brief.deciding(move)
    earlier = _words(brief, was)
    if now is None:
        text = brief.wording.say("conversation.revised.silent", move=named(move, brief.wording), before=earlier)
        return DraftClaim(text=text, kind=ClaimKind.REFUSAL, block="bullet", section=head)
    text = brief.wording.say("conversation.revised.item", text=now.text, before=earlier)
    return brief.finding_claim(now, worded=text, block="bullet", section=head)


def _words(brief: Brief, finding: Finding | None) -> str:
    verdict = finding.verdict if finding and finding.verdict is not Verdict.ASK else Verdict.ALLOW
    return brief.wording.say(f"conversation.revised.verdict.{verdict}")


def _standing(assessment: Assessment) -> tuple[StageId, set[tuple[Move | None, Verdict]]]:
    """The stage, and the verdict on each move."""
    return assessment.stage.id, {(finding.move, finding.verdict) for finding in assessment.findings}


def verdict_of(assessment: Assessment, move: Move) -> Verdict | None:
    """Whether a move is advised, advised against or the client's call."""
    finding = deciding(assessment, move)
    return _SAME.get(finding.verdict, finding.verdict) if finding else None
