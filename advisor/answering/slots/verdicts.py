"""Yes, no, not yet: the answer to "is this right for us", its reasons, what to offer instead, and until when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from advisor.answering.aim import hangs
from advisor.answering.brief import Brief, unique
from advisor.answering.enough import STACKS, asks_enough
from advisor.answering.select import NEAR, focus, points
from advisor.answering.parted import parts
from advisor.answering.slots.wishes import unlabelled
from advisor.answering.slots.existing import existing
from advisor.domain import ADVISED, DOABLE, Applies, Benchmark, BenchmarkKind, ClaimKind, DraftClaim, Finding, Move, StageId, Stance, Verdict
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.library.glossary import SIZES, named

_OFFERED = 3
_KINDS = frozenset({Move.SI_PARTNERS, Move.CONSULTING_PARTNERS, Move.REFERRAL_PARTNERS, Move.IMPLEMENTATION_PARTNERS, Move.VERTICAL_SPECIALISTS})
_STOCK = frozenset({Move.ASK_DIAGNOSTICS, Move.SEPARATE_REPORTING, Move.TAG_CRM})  # advised to everybody: told where they are asked for
_RECORDED = frozenset({"attribution", "deal_registration", "sourced_share", "influenced_share", "account_mapping", "governance"})  # topics to which the record in the CRM belongs
_LATE = 45
_LEFT_OPEN = frozenset({Verdict.ALLOW, Verdict.WARN, Verdict.ASK})
_SPLIT = frozenset({Verdict.ALLOW, Verdict.WARN})  # yes and no where something is asked to be enough
_CLIENTS_CALL = frozenset({"basics", "cloud_marketplace"})  # tables that leave what they allow to the client; what the others say of it answers
_WHAT = re.compile(r"\W*(?:and |so |but |und )?(?:what|how|which|whom?|where|was|wie|welche[rsn]?|we[rnm]|wo)\b(?! about)", re.I)


def verdict(brief: Brief) -> Iterator[DraftClaim]:
    """The verdict on each move asked about, the refused ones first, each with its reason; before all what was measured of a move whose effect is asked for."""
    decided = [finding for move in brief.ask.moves if (finding := brief.deciding(move))]
    decided.sort(key=lambda finding: finding.verdict is not Verdict.FORBID)
    effects = _effects(brief)
    yield from (brief.record_claim(record, block="lead") for record in effects)
    for number, finding in enumerate(decided):
        first = number == 0 and not effects
        freeze = brief.deciding(Move.FREEZE_AND_REVIEW)
        if freeze is not None and finding.verdict is Verdict.FORBID and finding.move in existing(brief):
            yield brief.finding_claim(freeze, worded=brief.say("verdict.exists"), block="lead" if first else "paragraph")
            yield brief.finding_claim(finding, worded=unlabelled(finding.text))  # what is there cannot be too early
            yield brief.finding_claim(finding, "because")
            continue
        if brief.hangs_on_stage(finding):
            if first and (by_hand := substitute(brief, finding)):
                yield any_stage(brief, by_hand)
                first = False
            yield brief.by_stage(finding).model_copy(update={"block": "lead" if first else "paragraph"})
            continue
        worded = unlabelled(finding.text) if effects and not _refused(brief, finding.move) else _opening(brief, finding)
        yield brief.finding_claim(finding, worded=worded, block="lead" if first else "paragraph")
        if brief.stage_open:
            continue
        if number == 0 or finding.verdict is Verdict.FORBID:
            yield brief.finding_claim(finding, "because")
        for other in brief.others_against(finding):
            if not other.rule.startswith("direct_first"):
                yield brief.finding_claim(other, "because")
    for kin in [kin for finding in decided if finding.move for kin in brief.playbook.notes(finding.move).kin]:
        also = brief.deciding(kin)
        if also is not None and also.verdict is Verdict.FORBID and kin not in brief.ask.moves and not brief.stage_open:
            yield brief.finding_claim(also)
    informal = _informally(brief) if not decided and not effects else None
    if informal is not None:
        yield brief.finding_claim(informal, worded=brief.say("verdict.informally"), block="lead")
        yield brief.finding_claim(informal, "because")
    elif not decided and not effects:
        near, fact = brief.selection.opening, _turning(brief)
        if fact:
            yield brief.claim("verdict.hangs", kind=ClaimKind.QUESTION, block="lead", open=brief.say(f"short.open.{fact}"))
        elif near is None:
            yield brief.claim("verdict.no_rule", kind=ClaimKind.REFUSAL, block="lead")
        if near is not None:
            yield brief.nearest(near, block="paragraph" if fact else "lead")
        for term in [term for term in named(focus(brief.ask.text)) if term.term not in SIZES][:1]:
            yield brief.meaning(term)


def _informally(brief: Brief) -> Finding | None:
    """The informal referrals that a stage without a programme allows, where a kind of partners is asked about that no rule decides there."""
    finding = brief.deciding(Move.INFORMAL_REFERRALS) if {*brief.ask.moves} & _KINDS else None
    return finding if finding is not None and finding.verdict in ADVISED and brief.assessment.stage.id is StageId.BELOW_5M else None


def substitute(brief: Brief, finding: Finding) -> Finding | None:
    """What does the same job as a move that hangs on the open stage, where it fits in every stage."""
    move = brief.playbook.notes(finding.move).by_hand if finding.move and brief.hangs_on_stage(finding) else None
    found = brief.deciding(move) if move else None
    return found if found is not None and found.verdict in DOABLE else None


def any_stage(brief: Brief, finding: Finding) -> DraftClaim:
    """Why something fits in every stage, as the first sentence."""
    return brief.finding_claim(finding, "because", worded=brief.say("by_stage.any", because=finding.because), block="lead")


def _effects(brief: Brief) -> list[Benchmark]:
    """The record of what a move brings, where that is asked and no stage refuses the move."""
    if lexicon("asks", "effect").first(plain(brief.ask.text)) is None:
        return []
    library, facts = brief.shelf.library, brief.shelf.facts
    ids = unique(id_ for move in brief.ask.moves if not _refused(brief, move) for id_ in brief.playbook.notes(move).measured)
    return [library.benchmarks[id_] for id_ in ids if library.applies(id_, facts).applies is Applies.YES][:1]


def _refused(brief: Brief, move: Move | None) -> bool:
    finding = brief.deciding(move) if move else None
    return finding is not None and finding.verdict is Verdict.FORBID and not brief.hangs_on_stage(finding)


def _turning(brief: Brief) -> str:
    """The open fact that would give a verdict on what was asked; empty where none would."""
    return next((fact for fact in hangs(brief.ask, brief.question, brief.assessment) if brief.wording.has(f"answers.short.open.{fact}")), "")


def _opening(brief: Brief, finding: Finding) -> str:
    """The verdict as an answer to a yes/no question; a refusal and a "your call" stand as the rule words them."""
    _, _, rest = finding.text.partition(": ")
    if brief.hangs_on_currency(finding):
        return brief.say("verdict.currency" if brief.client.arr and brief.client.arr.currency is None else "verdict.rate", text=rest or finding.text)
    if finding.verdict is Verdict.FORBID and rest and not finding.text.startswith(brief.heading("not_yet")):
        return brief.say("verdict.no", text=rest)
    if finding.verdict in ADVISED and _open_question(brief.ask.text):
        return unlabelled(finding.text)
    if finding.verdict in _SPLIT and finding.move in STACKS and rest and asks_enough(brief.ask.text):
        return brief.say(f"verdict.enough_{finding.verdict}", text=rest)
    if finding.verdict in _LEFT_OPEN and rest and not (finding.verdict is Verdict.ALLOW and finding.rule.partition(".")[0] in _CLIENTS_CALL):
        return f"{rest[:1].upper()}{rest[1:]}"
    if finding.verdict not in ADVISED or not rest:
        return finding.text
    key = "needed" if finding.verdict is Verdict.REQUIRE else "yes_provisional" if finding.provisional else "yes"
    return brief.say(f"verdict.{key}", text=rest)


def _open_question(text: str) -> bool:
    """Whether the last question of a text asks for more than yes or no: then none of them answers it."""
    asked = [part.asked for part in parts(text)]
    return bool(asked) and _WHAT.match(asked[-1]) is not None


def primary(brief: Brief) -> Finding | None:
    """The finding the answer turns on: the first refused move, else the first decided one."""
    decided = [finding for move in brief.ask.moves if (finding := brief.deciding(move))]
    return next((finding for finding in decided if finding.verdict is Verdict.FORBID), decided[0] if decided else None)


def move_figures(brief: Brief) -> Iterator[DraftClaim]:
    """The figure that belongs with the move: as evidence where it holds, as a correction where people misread it."""
    finding = primary(brief)
    if finding is None or finding.move is None:
        return
    library, facts = brief.shelf.library, brief.shelf.facts
    records = [library.benchmarks[id_] for id_ in brief.playbook.notes(finding.move).records]
    for record in [record for record in records if library.applies(record.id, facts).applies is Applies.YES][:2]:
        yield brief.record_claim(record)
    tempting = [record for record in records if record.kind is BenchmarkKind.BENCHMARK and library.applies(record.id, facts).applies is Applies.NO]
    if tempting and finding.verdict is Verdict.FORBID:
        yield brief.record_claim(tempting[0])
        yield brief.claim("figure.not_you_short", kind=ClaimKind.ADVICE, evidence=[tempting[0].id])


def stage_says(brief: Brief) -> Iterator[DraftClaim]:
    """What else the knowledge says of this stage, nearest to the question."""
    for passage in brief.passages("stages"):
        if brief.shelf.library.applies(passage.id, brief.shelf.facts).applies is Applies.YES:
            every = points(passage)
            for point, weight in zip(every, brief.selection.weigh(passage, every), strict=True):
                if weight >= NEAR:
                    yield brief.point(passage, point, section=brief.heading("stage"))


def instead(brief: Brief) -> Iterator[DraftClaim]:
    """What to do now: the alternatives when the move does not fit, the next steps when it does."""
    finding = primary(brief)
    if finding is None or finding.move is None:
        return
    advised = [each.move for each in brief.assessment.findings if each.move and each.verdict in ADVISED]
    if finding.verdict is Verdict.FORBID:
        moves = _offer(brief, finding.move, advised)
        heading = brief.heading("any_size" if brief.hangs_on_stage(finding) else "do" if finding.move in existing(brief) else "instead")
    else:
        moves = brief.in_order([*_required(brief), finding.move, *_companions(brief, finding.move, advised)[:_OFFERED]])
        heading = brief.heading("do")
    for move in [move for move in moves if move not in _STOCK or move in brief.ask.moves or move in brief.playbook.notes(finding.move).along or {*brief.ask.topics} & _RECORDED]:
        claim = brief.do(move, section=heading)
        if claim is not None:
            yield claim


def _companions(brief: Brief, move: Move, advised: list[Move]) -> list[Move]:
    """What belongs with an advised move: the listed companions the rules advise too, then its neighbours in the order of work."""
    notes = brief.playbook.notes(move)
    listed = [other for other in notes.along if other in advised]
    near = sorted(advised, key=lambda other: (abs(brief.playbook.notes(other).order - notes.order), other.value))
    fitting = [other for other in near if brief.playbook.notes(other).order < _LATE and other not in _STOCK]
    return [other for other in dict.fromkeys([*listed, *fitting]) if other is not move]


def _required(brief: Brief) -> list[Move]:
    """What is needed first for certain: it belongs into every list of steps."""
    return [finding.move for finding in brief.assessment.findings if finding.move and finding.verdict is Verdict.REQUIRE and not finding.provisional][:1]


def _offer(brief: Brief, refused: Move, advised: list[Move]) -> list[Move]:
    """Alternatives the rules advise; what they require of this client always comes with them."""
    listed = [move for move in brief.playbook.notes(refused).instead if move in advised]
    required = _required(brief)
    rest = [move for move in brief.in_order(advised) if move not in listed and move not in _STOCK]
    return list(dict.fromkeys([*required, *listed, *rest]))[: _OFFERED + 1 if required else _OFFERED]


def until(brief: Brief) -> Iterator[DraftClaim]:
    """When to look at a refused move again, or what would turn a provisional yes."""
    finding = primary(brief)
    if finding is None or not finding.would_change_if or brief.hangs_on_stage(finding):
        return
    key = "until.refused" if finding.verdict is Verdict.FORBID else "until.advised"
    if finding.verdict is not Verdict.FORBID and not finding.provisional:
        return
    yield DraftClaim(
        text=brief.say(key, change=inside(finding.would_change_if, brief.wording.say("page.begins_small").split())),
        evidence=brief.basis(finding, "change"),
        kind=ClaimKind.ADVICE,
        stance=Stance.MENTION,
        moves=(finding.move,) if finding.move else (),
        section=brief.heading("until"),
    )


def inside(sentence: str, small: Collection[str] = ()) -> str:
    """A sentence as it stands inside another: no closing mark, no capital unless it is an abbreviation.

    `small` are the words that begin small there, in a language in which others do not.
    """
    plain = sentence.rstrip(". ")
    if small and plain.split(" ", 1)[0].lower() not in small:
        return plain
    return plain[:1].lower() + plain[1:] if plain[1:2].islower() or plain[:2] == "A " else plain


SLOTS = {"verdict": verdict, "stage_says": stage_says, "move_figures": move_figures, "instead": instead, "until": until}
