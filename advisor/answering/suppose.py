"""A question that supposes another ARR, `would it be different at 15?`, is answered for it; the facts of the client stay as they are."""

from __future__ import annotations

from advisor.answering.revisions import verdict_of
from advisor.domain import Ask, AskKind, Assessment, Background, ClaimKind, DraftClaim, Reading
from advisor.intake import supposed_arr
from advisor.ports import Wording
from advisor.rules import RuleBook, assess
from advisor.rules.told import told


def supposing(
    question: str, reading: Reading, assessment: Assessment, past: Background, book: RuleBook, wording: Wording
) -> tuple[Reading, Assessment, tuple[DraftClaim, ...]]:
    """The reading and the assessment to answer from, with the sentence that says what is supposed; as they are where nothing is."""
    known = past.before.client if past.before else None
    money = supposed_arr(question, known) if known is not None and reading.client.arr == known.arr and not reading.contradictions else None
    if money is None:
        return reading, assessment, ()
    acting = reading.model_copy(update={"client": reading.client.model_copy(update={"arr": money})})
    if any(ask.kind is AskKind.OUT_OF_SCOPE and not ask.topics for ask in acting.asks):
        acting = acting.model_copy(update={"in_scope": True, "out_of_scope": None})
    judged = assess(acting, book, wording)
    acting = acting.model_copy(update={"asks": tuple(_about_what_turns(ask, assessment, judged, past) for ask in reading.asks)})
    new, old = (told(client, wording, ["arr"])["arr"] for client in (acting.client, reading.client))
    opening = DraftClaim(text=wording.say("conversation.supposed", new=new, old=old), kind=ClaimKind.QUESTION)
    return acting, judged, (opening,)


def _about_what_turns(ask: Ask, assessment: Assessment, judged: Assessment, past: Background) -> Ask:
    """A yes/no question that names no move is about the move spoken of whose verdict turns: what was decided, else what was advised.

    What supposes an ARR of the client's lies inside the field, whatever its other words resemble; where it names nothing to do, it asks
    what to do at that size.
    """
    if ask.kind in {AskKind.OUT_OF_SCOPE, AskKind.HOW_TO} and not ask.topics and not ask.moves:
        return ask.model_copy(update={"kind": AskKind.WHERE_TO_START})
    if ask.moves or ask.kind is not AskKind.IS_IT_RIGHT_FOR_US:
        return ask
    spoken = (*(decision.move for decision in assessment.client.decided), *past.advised)
    turned = [move for move in dict.fromkeys(spoken) if verdict_of(assessment, move) is not verdict_of(judged, move)]
    return ask.model_copy(update={"moves": tuple(turned[:1])})
