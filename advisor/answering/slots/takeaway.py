"""The answer once more in a sentence: what to do now, what not yet, what to find out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.answering.brief import Brief, unique
from advisor.answering.slots.wishes import tempting
from advisor.answering.slots.decisions import asked_tables
from advisor.answering.slots.existing import only_tools, put_off
from advisor.answering.slots.matters import gap_is_own, matter_short
from advisor.answering.slots.numbers import weighed
from advisor.domain import ADVISED, AskKind, ClaimKind, DraftClaim, Finding, Move, Stance, Verdict
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon

_NOW, _PARTS = 3, 3  # moves that are said to be done now, and what a whole sentence says
_METHODS = frozenset({AskKind.HOW_TO, AskKind.COMPARE, AskKind.WHY_NOT_WORKING, AskKind.IS_IT_RIGHT_FOR_US, AskKind.REACT_TO_SIGNAL, AskKind.DRAFT_PLAN})
_WEIGHED = frozenset({AskKind.HOW_MUCH, AskKind.CHECK_CLAIM})
_FIRST = frozenset({"gap", "matter", "activities"})
_NO_DECISION = frozenset({AskKind.EXPLAIN_TERM, AskKind.SUM, AskKind.CHIT_CHAT, AskKind.OUT_OF_SCOPE})


def takeaway(briefs: Sequence[Brief], draft: Sequence[DraftClaim]) -> DraftClaim | None:
    """What the draft advises and puts off, with what is open: the sentence of the gap or matter that answered, else one made of its moves,
    else that of the table, the passages or the topic; None where nothing is decided."""
    if any(brief.target for brief in briefs):
        return None  # a plan that was judged closes with a sentence of its own
    said = (sentence for brief in briefs if brief.neighbours is None and (brief.ask.kind not in _NO_DECISION or brief.gap or brief.matter) for sentence in _said(brief, draft))
    return next(said, None)


def _said(brief: Brief, draft: Sequence[DraftClaim]) -> Iterator[DraftClaim]:
    """The sentence on one ask, the most telling kind first."""
    own = [name for name in _sources(brief, draft) if brief.wording.has(f"answers.{_key(name)}")]
    if own and own[0].partition(".")[0] in _FIRST:
        yield _written(brief, own[0], draft)
    moves = _of_moves(brief, draft)
    if moves is not None and (moves.whole or not own):
        yield moves.claim
    elif own:
        yield _written(brief, own[0], draft)


def _sources(brief: Brief, draft: Sequence[DraftClaim]) -> Iterator[str]:
    """The names under which a sentence may be written for what answered."""
    cited = [id_ for claim in draft if claim.block != "question" for id_ in claim.evidence]
    if brief.gap is not None and not gap_is_own(brief):
        yield f"gap.{brief.gap.name}"
    if matter := matter_short(brief, draft):
        yield matter
    if brief.activities is not None and not brief.gap:
        yield "activities.drop" if brief.activities.drops else "activities.first"
    for table in asked_tables(brief):
        if any(id_.startswith(f"decision.{table}.") for id_ in cited):
            yield f"decided.{table}"
    if brief.ask.kind in _METHODS and _ours(brief):
        first = next((id_ for id_ in cited if id_ in brief.shelf.library.passages), "")
        yield brief.playbook.short.get(first, f"method.{first.partition('#')[0]}")
    if (brief.ask.kind in _WEIGHED and weighed(brief)) or (brief.ask.kind in _METHODS and _ours(brief)):
        shown = {record.metric for id_ in cited if (record := brief.shelf.library.benchmarks.get(id_))}
        about = [topic for topic in brief.ask.topics if topic in brief.playbook.topics and shown & {*brief.playbook.topics[topic].metrics}]
        yield from (f"{kind}.{topic}" for topic in about for kind in (["tool", "figure"] if _names_a_tool(brief) else ["figure"]))


def _names_a_tool(brief: Brief) -> bool:
    """Whether a product that could be bought is named: what it promises is weighed by whoever thinks of buying it."""
    said = plain(brief.question).lower()
    return any(tool.name.lower() in said for tool in brief.assessment.tools)


def _ours(brief: Brief) -> bool:
    """Whether the client tells of its own case: then what is told is to be decided on."""
    return bool(brief.client.facts) or any(hit.key == "own" for hit in lexicon("asks", "cases").find(plain(brief.question)))


def _written(brief: Brief, name: str, draft: Sequence[DraftClaim]) -> DraftClaim:
    """The sentence written for what answered, resting on what that rests on."""
    kind, _, what = name.partition(".")
    cited = unique(id_ for claim in draft for id_ in claim.evidence)
    near = brief.playbook.gaps[what].near if kind == "gap" else ()
    rests = brief.playbook.matters[brief.matter].rests if kind == "matter" else ()
    told = [id_ for id_ in cited if id_ in brief.shelf.library.passages] if brief.ask.kind in _METHODS else []
    rows = [id_ for id_ in cited if id_.startswith(f"decision.{what}.")]
    fitting = [id_ for id_ in cited if id_ in near] or [*near] or rows or told or [*cited]
    return brief.claim(_key(name), kind=ClaimKind.ADVICE, evidence=rests or fitting[:1], section=brief.heading("short"))


def _key(name: str) -> str:
    """The phrase of a sentence: a matter's stands with the matter."""
    return name if name.startswith("matter.") else f"short.{name}"


class _Made(NamedTuple):
    """A sentence made of moves; `whole` when it says what to do, what not yet and what to find out."""

    claim: DraftClaim
    whole: bool


def _of_moves(brief: Brief, draft: Sequence[DraftClaim]) -> _Made | None:
    """What to do now by the moves that the draft advises, what it or the rules put off, and its first open question."""
    now, fact = _now(brief, draft), _open(brief, draft)
    later = _later(brief, draft, now)
    found_out = brief.say(f"short.open.{fact}") if fact else _told_by(brief, now)
    if not now or not (later or found_out):
        return None
    parts = {"now": brief.join([brief.noun(move, "nominative") for move in now])}
    if later is not None and later.move is not None:
        parts["later"] = brief.noun(later.move, "nominative")
    elif put_off_by := _phrase_of(brief, "later", now):
        parts["later"] = put_off_by
    if found_out:
        parts["open"] = found_out
    rules = [finding.rule for move in now if (finding := brief.deciding(move))]
    nouns = [id_ for move in (*now, *([later.move] if later and later.move else [])) for id_ in brief.shown(f"moves.{move}.noun")]
    claim = DraftClaim(
        text=brief.say(f"short.{'_'.join(parts)}", **parts),
        evidence=unique([*rules, *([later.rule] if later else []), *nouns]),
        kind=ClaimKind.ADVICE,
        stance=Stance.ADVISE,
        moves=tuple(now),
        section=brief.heading("short"),
    )
    return _Made(claim, len(parts) == _PARTS)


def _phrase_of(brief: Brief, part: str, names: Sequence[str]) -> str:
    """The words written for the first of the names that has some of its own; empty where none has."""
    return next((brief.say(f"short.{part}.{name}") for name in names if brief.wording.has(f"answers.short.{part}.{name}")), "")


def _now(brief: Brief, draft: Sequence[DraftClaim]) -> list[Move]:
    """The moves that the draft advises: all that its first sentence or the question names, else the first two."""
    said = [move for claim in draft if claim.stance in {Stance.ADVISE, Stance.REQUIRE} for move in claim.moves]
    told = {move for claim in draft if claim.block == "lead" for move in claim.moves} | {*brief.ask.moves}
    beside = {Move.FREEZE_AND_REVIEW} - told
    fitting = [move for move in dict.fromkeys(said) if move not in beside and not brief.done(move) and _stands(brief, brief.deciding(move), asked=move in told)]
    first = [move for move in fitting if move in told]
    return [*first, *(move for move in fitting if move not in first)][: max(_NOW - 1, min(len(first), _NOW))]


def _stands(brief: Brief, finding: Finding | None, *, asked: bool) -> bool:
    """Whether a move is advised, or what was asked is the client's to do now."""
    return finding is not None and (finding.verdict in ADVISED or (asked and finding.verdict is Verdict.ALLOW and not brief.comes_later(finding)))


def _later(brief: Brief, draft: Sequence[DraftClaim], now: Sequence[Move]) -> Finding | None:
    """What the draft advises against, else the tempting move nearest to what is advised; nothing that hangs on an open stage."""
    said = [move for claim in draft if claim.stance is Stance.ADVISE_AGAINST for move in claim.moves]
    found = [finding for move in said if (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]
    first = brief.playbook.notes(now[0]).order if now else 0
    near = sorted(tempting(brief), key=lambda finding: abs(_order(brief, finding) - first))
    return next((finding for finding in [*found, *near] if not brief.hangs_on_stage(finding)), None)


def _order(brief: Brief, finding: Finding) -> int:
    return brief.playbook.notes(finding.move).order if finding.move else 0


def _told_by(brief: Brief, now: Sequence[Move]) -> str:
    """What to find out for the first move that has something of its own; empty where none has."""
    names = ["freeze_tool" if move is Move.FREEZE_AND_REVIEW and only_tools(put_off(brief)) else move for move in now]
    return _phrase_of(brief, "ask", names)


def _open(brief: Brief, draft: Sequence[DraftClaim]) -> str:
    """The fact that the draft's first question asks for; one that is only old keeps nothing open."""
    facts = {question.ask: question.fact for question in brief.assessment.questions if not brief.asks_again(question)}
    fact = next((facts[claim.text] for claim in draft if claim.block == "question" and claim.text in facts), "")
    return "currency" if fact == "arr" and brief.between_stages else fact
