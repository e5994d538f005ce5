"""The composer that needs no model: for each ask a document plan, for each slot its claims, then one text of fitting length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisor.answering.brief import TOLD, Brief
from advisor.answering.computations.choice import adds_up
from advisor.answering.select import stems
from advisor.answering.slots import SLOTS
from advisor.answering.slots.wishes import unlabelled
from advisor.answering.slots.decisions import decided
from advisor.answering.slots.methods import told_apart
from advisor.answering.slots.edges import closings, languages, openings, two_readings
from advisor.answering.slots.matters import gap_is_own
from advisor.answering.slots.numbers import held
from advisor.answering.slots.signals import fired, resembling
from advisor.answering.slots.standing import stands
from advisor.answering.slots.start import hangs_on_motion
from advisor.answering.slots.takeaway import takeaway
from advisor.domain import AskKind, ClaimKind, DraftClaim, Verdict
from advisor.figures import find
from advisor.intake.message import plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import lexicon

MAX_WORDS = 400
_SAME = 0.8  # the share of their words from which two sentences say the same
_FEW_WORDS = 3  # content words of a question that mostly asks about what stands before it
_ASKING_FIRST = 5  # content words of a question that only asks which comes first
_NAME = 3  # words that a name before a colon has at most
_LOOSE = frozenset({"paragraph", "bullet"})
_SHARED = frozenset({"placing", "read_for", "own_words", "questions", "not_yet", "refused_wishes"})
_DECIDED = frozenset(
    {AskKind.IS_IT_RIGHT_FOR_US, AskKind.WHO_OWNS, AskKind.WHERE_TO_START, AskKind.WHICH_PARTNERS, AskKind.WHICH_TOOL, AskKind.REACT_TO_SIGNAL, AskKind.DRAFT_PLAN}
)  # what rules may decide in the same question for which no source holds a part
_WEIGH = frozenset({AskKind.COMPARE, AskKind.EXPLAIN_TERM})
_WEIGH_FIGURES = frozenset({AskKind.HOW_MUCH, AskKind.CHECK_CLAIM})
_TO_DO = frozenset({"instead", "tools_instead", "until", "steps", "types_next", "owner_next", "idle_next", "tools_how", "how_steps", "plan_phases", "signal_steps", "decided_next"})


def compose(briefs: Sequence[Brief]) -> tuple[DraftClaim, ...]:
    """The draft of an answer to all asks of a message, in their order.

    Parts that would be said twice are said once; when the text grows beyond 400 words the optional slots go first, from
    the end.
    """
    if not briefs:
        return ()
    asked = list(_slots(_answered(briefs)))
    asked.sort(key=lambda pair: pair[1] == "questions")
    sections = [(slot, list(SLOTS[slot.rstrip("?")](brief))) for brief, slot in asked]
    fixed = [("opening", list(openings(briefs[0]))), *sections, ("closing", list(closings(briefs[0])))]
    if briefs[0].occasion or all(brief.ask.kind in {AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE} for brief in briefs):
        fixed = [*fixed[:1], *sections] if briefs[0].reading.planted else sections
    elif briefs[0].matter or briefs[0].target:
        fixed = fixed[:-1]
    draft = _bearing(briefs, _behind_lead(_once(_trimmed(fixed)), [] if briefs[0].matter else list(two_readings(briefs[0]))))
    short = takeaway(briefs, draft)
    said = [*draft, *([short] if short else [])]
    return tuple(_questions_last([*said, *languages(briefs[0], said)]))


def _answered(briefs: Sequence[Brief]) -> Sequence[Brief]:
    """The asks without those that only decline what another one answers in the same words, or what says by itself nothing of what it is about."""
    apart = [brief for brief in briefs if brief.ask.kind is AskKind.COMPARE and told_apart(brief)]
    if apart:  # whose answer tells which of the two comes first
        briefs = [brief for brief in briefs if brief in apart or not _asks_first(brief)]
    declining = [brief for brief in briefs if len(briefs) > 1 and brief.gap is None and _declines(brief)]
    answered = {brief.ask.text for brief in briefs if brief not in declining}
    return [brief for brief in briefs if brief not in declining or not answered or not (brief.ask.text in answered or _leans(brief))]


def _asks_first(brief: Brief) -> bool:
    """Whether an ask of a few words asks which comes first, and names nothing itself."""
    few = len(stems(brief.ask.text)) <= _ASKING_FIRST and not brief.ask.topics and not mentions(plain(brief.ask.text))
    return few and lexicon("asks", "which_first").first(plain(brief.ask.text)) is not None


def _leans(brief: Brief) -> bool:
    """Whether an ask is of a few words that name nothing, and asks about what was said before."""
    return not brief.ask.moves and not brief.ask.topics and len(stems(brief.ask.text)) <= _FEW_WORDS


def _declines(brief: Brief) -> bool:
    """Whether the first thing said on an ask is that the sources do not hold it."""
    first = next((claim for slot in _plan(brief) for claim in SLOTS[slot.rstrip("?")](brief)), None)
    return first is not None and first.block == "lead" and first.kind is ClaimKind.REFUSAL


def _slots(briefs: Sequence[Brief]) -> Iterator[tuple[Brief, str]]:
    """The slots of all asks: what is said of the client once, and one list of things to do."""
    done: set[str] = set()
    for number, brief in enumerate(briefs):
        plan = [(brief, slot) for slot in _plan(brief) if number == 0 or slot.rstrip("?") not in _SHARED | (_TO_DO if done & _TO_DO else set())]
        done |= {slot.rstrip("?") for _, slot in plan}
        yield from plan


def _plan(brief: Brief) -> Sequence[str]:
    """The plan of the ask's kind. One of its own goes before it where sources disagree, where no source holds a part (then only what
    rules decide follows), and where a decision table settles what would weigh figures or terms against each other."""
    unlike = brief.ask.kind is AskKind.REACT_TO_SIGNAL and not resembling(brief)
    special, usual = brief.playbook.special, brief.playbook.plans[AskKind.HOW_TO if unlike else brief.ask.kind]
    if brief.apart is not None:
        return special["apart"]
    if brief.target is not None:
        return special["target"]
    if brief.beside:
        return special["beside_gap" if brief.gap is not None else "beside"]
    if brief.conflict:
        return special["conflict"]
    if brief.gap is not None and brief.matter:
        return [*special["gap"], *(slot for slot in special["matter"] if not (gap_is_own(brief) and slot == "matter_lead"))]
    if brief.gap is not None:
        ruled = any((finding := brief.deciding(move)) and finding.verdict is not Verdict.ASK for move in brief.ask.moves)
        return [*special["gap"], *([usual[0], *special["gap_ruled"]] if ruled and brief.ask.kind in _DECIDED else special["gap_alone"])]
    if brief.occasion is not None:
        return special["occasion"]
    if brief.choice is not None:
        return special["choice"]
    if brief.either is not None:
        return special["either"]
    if brief.matter:
        return special["matter"]
    if brief.activities is not None:
        return special["activities"]
    if stands(brief):
        return special["standing"]
    if brief.neighbours is not None:
        return special["decided" if any(decided(brief)) else "unplaced" if brief.neighbours else "unplaced_far"]
    weighs = brief.ask.kind in _WEIGH or (brief.ask.kind in _WEIGH_FIGURES and not brief.heard and not held(brief))
    weighs = weighs or (brief.ask.kind is AskKind.SUM and not adds_up(brief.question, brief.client, brief.shelf.library))
    weighs = weighs or (brief.ask.kind is AskKind.REACT_TO_SIGNAL and not fired(brief))
    weighs = weighs or (brief.ask.kind is AskKind.HOW_TO and not brief.selection.hits and not brief.ask.moves)
    weighs = weighs or (brief.ask.kind is AskKind.IS_IT_RIGHT_FOR_US and not any(brief.deciding(move) for move in brief.ask.moves))
    if brief.ask.kind is AskKind.COMPARE and told_apart(brief):  # what sets two things apart is wanted, not which of them this is
        return [slot for slot in usual if slot != "decided?"]
    return special["decided"] if weighs and any(decided(brief)) else usual


def _trimmed(sections: list[tuple[str, list[DraftClaim]]]) -> Iterable[DraftClaim]:
    kept = list(sections)
    while words([claim for _, claims in kept for claim in claims]) > MAX_WORDS:
        optional = [index for index, (slot, claims) in enumerate(kept) if slot.endswith("?") and claims]
        if not optional:
            break
        del kept[optional[-1]]
    return [claim for _, claims in kept for claim in claims]


def words(claims: Iterable[DraftClaim]) -> int:
    return sum(len(claim.text.split()) for claim in claims)


def _once(claims: Iterable[DraftClaim]) -> list[DraftClaim]:
    """Drop what is said twice, with or without the label of its verdict, or in nearly the same words with the same figures. What answers a question
    of its own stays there, rather than where it was one thing among others."""
    kept: dict[str, DraftClaim] = {}
    for claim in claims:
        plain = " ".join(_said(claim).lower().split())
        if claim.block == "lead" and plain in kept and kept[plain].block != "lead":
            del kept[plain]
        if plain not in kept and not (claim.block in _LOOSE and any(_repeats(claim, other) for other in kept.values())):
            kept[plain] = claim
    return [*kept.values()]


def _repeats(claim: DraftClaim, other: DraftClaim) -> bool:
    """Whether a sentence has nearly all words of another one and its figures, and not another name before its colon."""
    if len({_named(claim), _named(other)} - {""}) > 1:
        return False
    one, two = stems(claim.text), stems(other.text)
    return len(one & two) >= _SAME * len(one | two) and [figure.bounds for figure in find(claim.text)] == [figure.bounds for figure in find(other.text)]


def _said(claim: DraftClaim) -> str:
    """The words of a claim without the label of its verdict, which only what is said of a move has."""
    return unlabelled(claim.text) if claim.moves else claim.text


def _named(claim: DraftClaim) -> str:
    """Whom or what a claim speaks of, where it says so before a colon: `Agency D: out, whatever its size`."""
    name, colon, _ = _said(claim).partition(": ")
    return name.lower() if colon and len(name.split()) <= _NAME else ""


def _behind_lead(claims: list[DraftClaim], added: list[DraftClaim]) -> list[DraftClaim]:
    """The claims with others put in behind the first answer."""
    leads = [place for place, claim in enumerate(claims) if claim.block == "lead"]
    if not leads:
        return [*added, *claims]
    end = next((place for place in range(leads[0], len(claims)) if claims[place].block != "lead"), len(claims))
    return [*claims[:end], *added, *claims[end:]]


def _bearing(briefs: Sequence[Brief], claims: list[DraftClaim]) -> list[DraftClaim]:
    """The claims without questions for facts that would turn nothing said, where knowledge answers all that is asked."""
    if any(brief.ask.kind not in TOLD or brief.gap is not None or hangs_on_motion(brief) for brief in briefs):
        return claims
    turns = {question.ask: {*question.turns} for question in briefs[0].assessment.questions if not briefs[0].asks_again(question)}
    told = {move for claim in claims for move in claim.moves}
    return [claim for claim in claims if claim.text not in turns or turns[claim.text] & told]


def _questions_last(claims: list[DraftClaim]) -> list[DraftClaim]:
    return sorted(claims, key=lambda claim: claim.block == "question")
