"""Where to start, with which partners, and who owns it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import Brief, unique
from advisor.answering.enough import asks_part_time
from advisor.answering.select import steps_of
from advisor.answering.slots.existing import existing_lead
from advisor.domain import (
    ADVISED,
    DOABLE,
    TURNING,
    Applies,
    AskKind,
    Business,
    ClaimKind,
    DraftClaim,
    Finding,
    Motion,
    Move,
    StageId,
    Stance,
    Verdict,
)
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.rules import Row

_STEPS = 5
_OWNER_MOVES = (Move.PARTNER_MANAGER_HIRE, Move.FIRST_PARTNER_HIRE, Move.ASSIGN_OWNER, Move.PARTNER_ORG)
_NOT_STEPS = frozenset({Move.SEPARATE_REPORTING, Move.NO_TOOLING, Move.LIGHT_PRM, Move.MID_PRM, Move.ENTERPRISE_PRM, Move.FREEZE_AND_REVIEW})


def advised_moves(brief: Brief) -> list[Move]:
    """Moves the rules advise, in the order of work."""
    return brief.in_order(finding.move for finding in brief.assessment.findings if finding.move and finding.verdict in ADVISED)


def start(brief: Brief) -> Iterator[DraftClaim]:
    """What becomes of what exists against the rules, then the first thing to do, and why it is that."""
    kept = [*_stage_asked(brief), *existing_lead(brief)]
    yield from kept
    ranked = sorted(
        (move for move in advised_moves(brief) if brief.playbook.notes(move).headline),
        key=lambda move: brief.playbook.notes(move).headline or 0,
    )
    leading = [finding for move in ranked[:2] if (finding := brief.deciding(move))]
    if not leading:
        yield brief.claim("start.open", kind=ClaimKind.REFUSAL, block="paragraph" if kept else "lead")
        return
    yield DraftClaim(
        text=brief.say("start.beside" if kept else "start.early" if _too_early(brief) else "start.lead", moves=brief.join([brief.noun(move) for move in ranked[:2]])),
        evidence=tuple(dict.fromkeys(each for f in leading for each in (f.rule, *brief.shown(f"moves.{f.move}.noun")))),
        kind=ClaimKind.ADVICE,
        stance=Stance.ADVISE,
        moves=tuple(ranked[:2]),
        block="paragraph" if kept else "lead",
    )
    for finding in leading:
        yield brief.finding_claim(finding, "because")


def _too_early(brief: Brief) -> bool:
    """Whether it is asked if partners come too early, where the stage has no programme yet."""
    asked = lexicon("asks", "too_early").first(plain(brief.ask.text)) is not None
    return asked and brief.assessment.stage.id is StageId.BELOW_5M


def _stage_asked(brief: Brief) -> Iterator[DraftClaim]:
    """The stage, first of all where it is asked for; on an edge that is said already."""
    stage = brief.assessment.stage
    if not stage.also and lexicon("asks", "which_stage").first(plain(brief.ask.text)) is not None:
        rule = f"stage.{stage.id}"
        yield DraftClaim(text=stage.because, evidence=(rule,) if rule in brief.shelf else (), kind=ClaimKind.FACT if rule in brief.shelf else ClaimKind.QUESTION, block="lead")


def type_finding(brief: Brief) -> Finding | None:
    """The finding that names the partner types to start with."""
    starts = brief.assessment.partner_types.start_with
    return next((finding for move in starts if (finding := brief.deciding(move)) and finding.verdict in DOABLE), None)


def partner_types(brief: Brief) -> Iterator[DraftClaim]:
    """Partner types to begin with and to add later."""
    types, finding = brief.assessment.partner_types, type_finding(brief)
    if finding is None:
        return
    first, rules = brief.join([brief.noun(move) for move in types.start_with]), _start_rules(brief)
    if not types.add_later:
        yield brief.claim("types.first", kind=ClaimKind.ADVICE, stance=Stance.ADVISE, evidence=rules, moves=types.start_with, first=first)
        return
    later = brief.join([brief.noun(move) for move in types.add_later])
    yield brief.claim("types.both", kind=ClaimKind.ADVICE, stance=Stance.ADVISE, evidence=rules, moves=types.start_with, first=first, later=later)


def _start_rules(brief: Brief) -> tuple[str, ...]:
    """The rules that name the types to start with, each once."""
    found = (brief.deciding(move) for move in brief.assessment.partner_types.start_with)
    return unique(finding.rule for finding in found if finding is not None and finding.verdict in DOABLE)


def types_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The partner types as the answer's first sentence, or what decides them."""
    for claim in partner_types(brief):
        yield claim.model_copy(update={"block": "lead"})
        return
    if brief.client.business is Business.CONSULTANCY:
        return
    near = None if hangs_on_motion(brief) else brief.selection.opening
    if near:
        yield brief.nearest(near, block="lead")
    yield brief.claim("types.open", kind=ClaimKind.QUESTION, block="paragraph" if near else "lead")


def hangs_on_motion(brief: Brief) -> bool:
    """Whether it is asked which kinds of partners come first, at home, and nothing is known of how the client sells."""
    client, ask = brief.client, brief.ask
    if client.motion is not None or client.expansion is not None or client.business is Business.CONSULTANCY:
        return False
    alone = ask.kind is AskKind.WHICH_PARTNERS and not ask.moves and not {*ask.topics} - {"recruiting"}
    return alone or len(_motions(brief)) > 1


def types_by_motion(brief: Brief) -> Iterator[DraftClaim]:
    """With which partners each motion starts, for the motions in which those asked about have their place, or for all."""
    if not hangs_on_motion(brief):
        return
    for motion, row in _motions(brief) or _by_motion(brief):
        key = f"rules.partner_types.{motion}.because"
        yield DraftClaim(text=brief.wording.say(key), evidence=unique([row.id, *brief.shown(key)]), kind=ClaimKind.ADVICE, block="bullet", section=brief.heading("by_motion"))


def _motions(brief: Brief) -> list[tuple[Motion, Row]]:
    """The motions that start with a kind of partner that is asked about, or add it later."""
    return [(motion, row) for motion, row in _by_motion(brief) if {*brief.ask.moves} & {Move(move) for column in row.then.values() for move in column}]


def _by_motion(brief: Brief) -> list[tuple[Motion, Row]]:
    """Each motion with the row that it would lead to, everything else as it is."""
    table = brief.shelf.book.tables["partner_types"]
    return [(motion, table.row_for({**brief.shelf.facts, "motion": motion.value})) for motion in Motion]


def types_why(brief: Brief) -> Iterator[DraftClaim]:
    """Why these types: the reason of the rule, once; and what brings a type forward that its row adds later."""
    finding = type_finding(brief)
    if finding is None:
        return
    yield brief.finding_claim(finding, "because")
    row, rules = brief.shelf.book.rows.get(finding.rule), _start_rules(brief)
    brought = [move for move in brief.assessment.partner_types.start_with if row and move in row.then.get("add_later", ())]
    if brought and len(rules) > 1:
        names = brief.join([brief.noun(move, "nominative") for move in brought])
        yield brief.claim("types.brought_forward", kind=ClaimKind.ADVICE, stance=Stance.ADVISE, evidence=rules, moves=brought, names=names)


def types_next(brief: Brief) -> Iterator[DraftClaim]:
    """What to do to win the first of them."""
    others = [move for move in (Move.DEFINE_IPP, Move.FORMAL_REFERRAL_PROGRAMME, Move.INFORMAL_REFERRALS) if move in advised_moves(brief)]
    moves = [*brief.assessment.partner_types.start_with, *others]
    claims = [claim for move in dict.fromkeys(moves) if (claim := brief.do(move, section=brief.heading("do")))]
    yield from claims[:4]


def steps(brief: Brief) -> Iterator[DraftClaim]:
    """The work in order."""
    moves = [move for move in advised_moves(brief) if move not in _NOT_STEPS]
    claims = [claim for move in moves if (claim := brief.do(move, section=brief.heading("steps")))]
    yield from claims[:_STEPS]


def operator(brief: Brief) -> Iterator[DraftClaim]:
    """The layers in which a consultancy works with partners."""
    if brief.client.business is Business.CONSULTANCY:
        for passage in brief.passages("operator"):
            for point in steps_of(passage):
                yield brief.point(passage, point, block="bullet", section=brief.heading("operator"))


def expect(brief: Brief) -> Iterator[DraftClaim]:
    """What results to expect and when, as far as records apply to this client."""
    if brief.assessment.stage.id in {StageId.BELOW_5M, StageId.UNKNOWN}:
        return
    name = "consultancy" if brief.client.business is Business.CONSULTANCY else "expect"
    records = [brief.shelf.library.benchmarks[id_] for id_ in brief.playbook.topics[name].records]
    facts = {**brief.shelf.facts, "phase": brief.shelf.facts.get("phase") or "early"} if _no_programme(brief) else brief.shelf.facts
    held = [record for record in records if brief.shelf.library.applies(record.id, facts).applies is Applies.YES]
    for record in held[:2]:
        yield brief.record_claim(record, section=brief.heading("expect"))


def _no_programme(brief: Brief) -> bool:
    return brief.client.programme_age_months is None and not any(brief.client.partners.model_dump().values())


def owner_finding(brief: Brief) -> Finding | None:
    found = [finding for move in _OWNER_MOVES if (finding := brief.deciding(move))]
    refused = next((finding for finding in found if finding.move in brief.ask.moves and finding.verdict is Verdict.FORBID), None)
    named = next((finding for move in brief.ask.moves if move is Move.PARTNER_ORG and (finding := brief.deciding(move)) and finding.verdict in ADVISED), None)
    needed = next((finding for finding in found if finding.verdict is Verdict.REQUIRE), None)
    return refused or named or needed or next((finding for finding in found if finding.verdict in ADVISED), found[0] if found else None)


def owner_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Who should own partners at this stage."""
    finding, part_time = owner_finding(brief), asks_part_time(brief.ask.text)
    if part_time and brief.stage_open:
        yield brief.claim("owner.enough_open", kind=ClaimKind.QUESTION, block="lead")
        return
    if finding is None:
        yield brief.claim("owner.open", kind=ClaimKind.QUESTION, block="lead")
        return
    if part_time:
        enough = "yes" if brief.assessment.stage.id is StageId.BELOW_5M else "no"
        yield brief.claim(f"owner.enough_{enough}", kind=ClaimKind.ADVICE, evidence=[finding.rule], block="lead")
    if brief.assessment.stage.id is StageId.BELOW_5M:
        yield brief.record_claim(brief.shelf.library.benchmarks["fte-below-5m"], block="lead")
    elif finding.verdict in TURNING:
        yield brief.lead(finding)
    else:
        yield brief.record_claim(brief.shelf.library.benchmarks["programme-without-owner-dies"], block="lead")
        yield brief.finding_claim(finding)


def owner_why(brief: Brief) -> Iterator[DraftClaim]:
    """The reason, and what happens to programmes without an owner."""
    finding = brief.deciding(Move.FIRST_PARTNER_HIRE) if brief.assessment.stage.id is StageId.BELOW_5M else owner_finding(brief)
    if finding is not None and finding.verdict is Verdict.FORBID and brief.assessment.stage.id is StageId.BELOW_5M:
        yield brief.finding_claim(finding)
    if finding is not None and not brief.hangs_on_stage(finding):
        yield brief.finding_claim(finding, "because")
    library = brief.shelf.library
    for record in library.benchmarks.values():
        if record.metric == "fte" and library.applies(record.id, brief.shelf.facts).applies is Applies.YES:
            yield brief.record_claim(record)
    if finding is not None and finding.verdict in ADVISED:
        yield brief.record_claim(library.benchmarks["programme-without-owner-dies"])


def owner_next(brief: Brief) -> Iterator[DraftClaim]:
    """What to do about the owner."""
    moves = [Move.FIX_DIRECT_FIRST, *_OWNER_MOVES[:3], Move.EXECUTIVE_SPONSOR, Move.PARTNER_ORG, Move.INFORMAL_REFERRALS, Move.SEPARATE_REPORTING]
    claims = [claim for move in moves if (claim := brief.do(move, section=brief.heading("do")))]
    yield from claims[:3]


SLOTS = {
    "start": start,
    "partner_types": partner_types,
    "types_lead": types_lead,
    "types_by_motion": types_by_motion,
    "types_why": types_why,
    "types_next": types_next,
    "steps": steps,
    "expect": expect,
    "operator": operator,
    "owner_lead": owner_lead,
    "owner_why": owner_why,
    "owner_next": owner_next,
}
