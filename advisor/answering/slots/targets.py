"""A plan or target that is to be judged: first whether it can be reached and by what that is measured, then its other numbers, each thing it does, the order, and what to find out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from advisor.answering.asking import asking
from advisor.answering.brief import Brief, unique
from advisor.answering.computations.lines import Figure
from advisor.answering.slots.sums import figure_slots, inputs_of
from advisor.answering.targets import Item, Target
from advisor.domain import Applies, Benchmark, ClaimKind, DraftClaim, Move, StageId, Stance, Verdict
from advisor.intake.quantities import Quantity
from advisor.toolbox.economics import whole, worked
from advisor.toolbox.parts import Part, number

_FINE, _OPEN, _TIGHT, _NO = range(4)  # how much a judgement weighs: the gravest one opens the answer
_COLUMNS = ("sourced-share-early", "sourced-share-growth", "sourced-share-mature")
_PIPELINE_SHARE = "ninety-day-pipeline-share-6-months"
_SIZES = ("partners-below-5m", "partners-5-15m", "partners-15-50m", "partners-50-150m")
_ANY_SIZE = 10  # partners up to which no stage is too small by much
_CLOCKS = {"pipeline": ("timeline-first-deal-5-15m", "timeline-pipeline-15-50m"), "deals": ("timeline-first-deal-5-15m", "timeline-revenue-15-50m")}
_FIRST_DEAL, _PARTNERS_OWN = "timeline-first-deal-5-15m", "first-deal-early"
_TOLD = frozenset({"deals", "leads"})  # roles of numbers that count deals or introductions, and are no amounts
_BEFORE_DEALS = frozenset({"leads", "pipeline"})
_RECRUITING = frozenset({Move.RECRUIT_5_10, Move.RECRUIT_15_30})
_KINDS = frozenset({Move.REFERRAL_PARTNERS, Move.CONSULTING_PARTNERS, Move.TECH_PARTNERS, Move.SI_PARTNERS, Move.RESELLERS})  # kinds of partners that how one sells decides about
_ORDER = ("revenue-first#pilot-stage-in-months-1-3", "drive-deals#revenue-first-marketing-later")
_SEQUENCE = 3  # things from which on an order that holds is worth saying
_ASKS = 2


class Judged(NamedTuple):
    """One number of a plan as it is judged: `kind` names the closing sentence, the first claim can open the answer."""

    kind: str
    weight: int
    claims: tuple[DraftClaim, ...]


def target_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The gravest judgement of all."""
    first, *_ = _ranked(brief)
    yield first.claims[0].model_copy(update={"block": "lead"})
    yield from first.claims[1:]


def target_rest(brief: Brief) -> Iterator[DraftClaim]:
    """The other numbers of the plan."""
    for each in _ranked(brief)[1:]:
        yield from () if each.kind == "order" else (claim.model_copy(update={"block": "bullet", "section": brief.heading("plan_numbers")}) for claim in each.claims)


def target_items(brief: Brief) -> Iterator[DraftClaim]:
    """Each thing that the plan does: now or not yet."""
    for item in _target(brief).items:
        claim = _of_item(brief, item)
        if claim is not None:
            yield claim.model_copy(update={"block": "bullet", "section": brief.heading("plan_items")})


def target_order(brief: Brief) -> Iterator[DraftClaim]:
    """The order in which the plan does things, where another judgement opens the answer."""
    for each in _ranked(brief)[1:]:
        yield from each.claims if each.kind == "order" else ()


def target_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What the judgement still hangs on."""
    target, client = _target(brief), brief.client
    keys = []
    if target.amounts and _size(brief) is None and any(item.role != "deals" for item in target.amounts):
        keys.append("need.deal_size")
    if brief.stage_open and (target.partners or target.first_deal or any(item.move for item in target.items)):
        keys.append("need.fact.arr_eur")
    if target.share is not None and target.share.of == "revenue" and client.programme_age_months is None:
        keys.append("need.fact.phase")
    if client.motion is None and any(item.move in _KINDS and brief.deciding(item.move) is None for item in target.items):
        keys.append("need.fact.motion")
    if target.amounts and _partners(brief, target) is None:
        keys.append("target.ask.partners")
    keys.append("target.ask.brought")
    yield from (claim for key in keys[:_ASKS] for claim in asking(brief, key))


def target_short(brief: Brief) -> Iterator[DraftClaim]:
    """What to do now, what not yet, and what to find out, by what opened the answer."""
    first = _ranked(brief)[0]
    evidence = unique(id_ for claim in first.claims for id_ in claim.evidence)
    yield brief.claim(f"target.short.{first.kind}", kind=ClaimKind.ADVICE, evidence=evidence or _ORDER, section=brief.heading("short"))


def judges(brief: Brief) -> bool:
    """Whether something of the plan can be judged."""
    return brief.target is not None and bool(_ranked(brief))


def _target(brief: Brief) -> Target:
    if brief.target is None:
        raise ValueError("no plan to judge")
    return brief.target


def _ranked(brief: Brief) -> list[Judged]:
    target = _target(brief)
    found = [each for find in (_share, _first, _recruits, _terms, _order) if (each := find(brief, target)) is not None]
    amounts = _amounts(brief, target, opens=all(each.weight <= _OPEN for each in found))
    return sorted([*found, *([amounts] if amounts else [])], key=lambda each: (target.by_order and each.kind != "order", -each.weight))


def _share(brief: Brief, target: Target) -> Judged | None:
    """A share of revenue beside the column for the programme's age, or the one that today's share belongs to; a share of pipeline beside the target of the sources."""
    if target.share is None:
        return None
    goal, now = target.share.goal.bounds[1], target.share.now.bounds[0] if target.share.now else None
    if goal is None:
        return None
    if target.share.of == "pipeline":
        record = _held(brief, (_PIPELINE_SHARE,))
        if record is None or record.high is None:
            return None
        place = "above" if goal > record.high else "inside"
        claim = brief.claim(f"target.pipeline_share.{place}", kind=ClaimKind.FACT, evidence=[record.id])
        return Judged("share", _NO if place == "above" else _FINE, (claim, brief.record_claim(record)))
    known = brief.client.programme_age_months is not None
    record = _held(brief, _COLUMNS) if known else _column(brief, now)
    if record is None or record.high is None or record.low is None:
        return None
    above = record.open != "above" and goal > record.high
    place = "above" if above else "inside" if goal >= record.low else "below"
    form = "_nothing" if now == 0 else ""
    claims = [brief.claim(f"target.share.{place}{form}", kind=ClaimKind.FACT, evidence=[record.id])]
    if now:
        claims.append(_computed(brief, "target.share.times", {"x": worked(number(goal, ("goal", 0)) / number(now, ("now", 0)), "multiple")}))
    reached = next((each for id_ in _COLUMNS if (each := brief.shelf.library.benchmarks[id_]).low is not None and each.low <= goal and (each.high is None or goal <= each.high)), None)
    others = [reached] if reached is not None and reached.id != record.id else []
    return Judged("share", _NO if above else _FINE, (*claims, *(brief.record_claim(each) for each in (record, *others))))


def _column(brief: Brief, now: Decimal | None) -> Benchmark | None:
    """The column that a share of today belongs to; the youngest for one below all."""
    if now is None:
        return None
    columns = [brief.shelf.library.benchmarks[id_] for id_ in _COLUMNS]
    return next((each for each in reversed(columns) if each.low is not None and now >= each.low), columns[0])


def _amounts(brief: Brief, target: Target, *, opens: bool) -> Judged | None:
    """An amount or a number of deals: how many opportunities it takes and how many from each partner, beside the time until partners bring any."""
    item = max(target.amounts, key=lambda item: (item.role != "leads", item.value), default=None)
    if item is None:
        return None
    if brief.assessment.stage.id is StageId.BELOW_5M:
        return Judged("amount", _NO, (_before_any(brief), *_worked_out(brief, target, item)))
    clock = _clock(brief, target, "pipeline" if item.role in _BEFORE_DEALS else "deals")
    if clock is not None:
        weight, record = clock
        key = {_NO: "no", _TIGHT: "tight", _OPEN: "fits"}[weight]
        first, *rest = _worked_out(brief, target, item)
        needed = {"x": whole(number(item.value) / size, _unit(item))} if item.role not in _TOLD and (size := _size(brief)) is not None else {}
        claim = _computed(brief, f"target.clock.{key}{'_sum' if needed else ''}", needed, evidence=[record.id])
        return Judged("amount", weight, (claim, *(rest if needed else (first, *rest)), brief.record_claim(record)))
    return Judged("amount", _OPEN, _worked_out(brief, target, item, opens=opens))


def _before_any(brief: Brief) -> DraftClaim:
    return brief.claim("target.below", kind=ClaimKind.ADVICE, evidence=[brief.passages("informal")[0].id])


def _worked_out(brief: Brief, target: Target, item: Quantity, *, opens: bool = False) -> tuple[DraftClaim, ...]:
    """What an amount comes to in opportunities or deals, and for each partner; the first sentence is worded to open an answer."""
    n, said = inputs_of(brief), number(item.value, (item.role, item.start))
    size, close = _size(brief), n.one("close")
    told = item.role in _TOLD
    if size is None and not told:
        return (brief.claim("target.sum.lead_no_size" if opens else "target.sum.no_size", kind=ClaimKind.QUESTION),)
    count = said if told or size is None else said / size
    unit = _unit(item)
    partners, lead = _partners(brief, target), "lead_" if opens else ""
    needed = [] if told else [_computed(brief, f"target.sum.{lead}{unit}", {"x": whole(count, unit)})]
    form = "each" if needed else "lead_each" if opens else "planned"
    each = _computed(brief, f"target.sum.{form}_{unit}", {"x": worked(count / partners, "deals")}) if partners is not None else brief.claim("target.sum.no_source", kind=ClaimKind.QUESTION)
    further = []
    if close is not None and unit == "deals":
        further = [_computed(brief, "target.sum.for_deals", {"x": whole(count / close, "opportunities")})]
    elif close is not None and told:
        further = [_computed(brief, "target.sum.of_leads", {"x": worked(said * close, "deals")})]
    return (*needed, each, *further)


def _unit(item: Quantity) -> str:
    return "opportunities" if item.role in _BEFORE_DEALS else "deals"


def _size(brief: Brief) -> Part | None:
    """The average deal: that of the sum, else the one known of the client."""
    known, n = brief.client.acv, inputs_of(brief)
    if n.mixed:
        return None
    return n.one("deal") or (n.in_currency(known.amount, known.currency, "deal") if known else None)


def _partners(brief: Brief, target: Target) -> Part | None:
    """The partners who are to bring it: those of the plan, else those who are active or signed."""
    there = brief.client.partners
    count = target.partners or there.active or there.signed
    return number(count, ("partners", 0)) if count else None


def _clock(brief: Brief, target: Target, role: str) -> tuple[int, Benchmark] | None:
    """Where the plan's span lies beside the time until partners bring anything, for a programme that only begins."""
    there = brief.client.partners
    if target.months is None or target.running or brief.client.programme_age_months or there.signed or there.active:
        return None
    record = _held(brief, _CLOCKS[role])
    return (_span(target.months, record), record) if record is not None else None


def _span(months: int, record: Benchmark) -> int:
    if record.low is not None and months < record.low:
        return _NO
    return _TIGHT if record.high is not None and months <= record.high else _OPEN


def _held(brief: Brief, ids: Sequence[str]) -> Benchmark | None:
    """The first record that holds for the client, else the first of which nobody can tell."""
    fits = {id_: brief.shelf.library.applies(id_, brief.shelf.facts).applies for id_ in ids}
    for wanted in (Applies.YES, Applies.UNKNOWN):
        found = next((id_ for id_, applies in fits.items() if applies is wanted), None)
        if found is not None:
            return brief.shelf.library.benchmarks[found]
    return None


def _recruits(brief: Brief, target: Target) -> Judged | None:
    """The partners to be won, with those there are, beside the number that the stage carries."""
    if target.partners is None:
        return None
    signed = brief.client.partners.signed or 0
    part = number(target.partners, ("partners", 0))
    total = part + number(signed, ("signed", 0)) if signed and signed != target.partners else part
    sizes = [brief.shelf.library.benchmarks[id_] for id_ in _SIZES]
    own = next((each for each in sizes if brief.shelf.library.applies(each.id, brief.shelf.facts).applies is Applies.YES), None)
    record = own or next((each for each in sizes if each.high is not None and total.value <= each.high), sizes[-1])
    if own is not None:
        place = "above" if own.high is not None and own.open != "above" and total.value > own.high else "inside"
        weight = _NO if place == "above" else _FINE
    elif total.value <= _ANY_SIZE:
        return None
    else:
        place, weight = "size", _TIGHT
    form = "total" if not total.atomic else "alone"
    claim = _computed(brief, f"target.recruits.{place}_{form}", {"x": whole(total, "partners")} if form == "total" else {}, evidence=[record.id], **({} if form == "total" else {"n": str(target.partners)}))
    return Judged("recruits", weight, (claim, brief.record_claim(record)))


def _first(brief: Brief, target: Target) -> Judged | None:
    """The time to the first deal beside that of the sources, from the start of the programme."""
    record = _held(brief, (_FIRST_DEAL, *_CLOCKS["pipeline"]))
    if target.first_deal is None or record is None:
        return None
    weight = _span(target.first_deal, record)
    key = {_NO: "no", _TIGHT: "inside", _OPEN: "later"}[weight]
    claim = brief.claim(f"target.first.{key}", kind=ClaimKind.FACT, evidence=[record.id])
    own = brief.shelf.library.benchmarks[_PARTNERS_OWN]
    return Judged("first", _NO if weight == _NO else _FINE, (claim, brief.record_claim(record), brief.record_claim(own)))


def _terms(brief: Brief, target: Target) -> Judged | None:
    """What partners are to be paid, beside what is usual for those who refer or resell."""
    aimed = target.share.goal.bounds[1] if target.share else None
    item = next((item for item in target.terms if item.value != aimed), None)
    if item is None:
        return None
    record = brief.shelf.library.benchmarks["reseller-margin" if item.role != "commission" else "referral-commission-first-year"]
    if record.low is None or record.high is None:
        return None
    place = "below" if item.value < record.low else "above" if item.value > record.high else "inside"
    return Judged("amount", _FINE if place == "inside" else _OPEN, (brief.claim(f"target.terms.{place}", kind=ClaimKind.FACT, evidence=[record.id], x=_percent(brief, item.value)), brief.record_claim(record)))


def _order(brief: Brief, target: Target) -> Judged | None:
    """Whether the plan does things in the order in which they carry each other; what comes too early has no place in it."""
    if not target.in_sequence:
        return None
    names = [str(item.move or item.name) for item in target.items]
    late = brief.playbook.targets.after_deals
    if "results" in names and late & {*names[: names.index("results")]}:
        return Judged("order", _NO, (brief.claim("target.order.deals_last", kind=ClaimKind.ADVICE, evidence=_ORDER),))
    kept = [item for item in target.items if not _early(brief, item)]
    ranked = sorted(kept, key=lambda item: (_place(brief, item), item.start))
    if len(kept) < _SEQUENCE:
        return None
    nouns = brief.join([_noun(brief, item) for item in ranked])
    shown = [id_ for item in ranked if item.move and not brief.wording.has(f"answers.target.noun.{item.move}") for id_ in brief.shown(f"moves.{item.move}.noun")]
    holds = ranked == kept
    claim = brief.claim(f"target.order.{'holds' if holds else 'other'}", kind=ClaimKind.ADVICE, evidence=[*_ORDER, *shown], order=nouns)
    return Judged("order", _FINE if holds else _TIGHT, (claim,))


def _early(brief: Brief, item: Item) -> bool:
    finding = brief.deciding(item.move) if item.move else None
    return finding is not None and finding.verdict is Verdict.FORBID and not brief.hangs_on_stage(finding)


def _place(brief: Brief, item: Item) -> int:
    return brief.playbook.notes(item.move).order if item.move else brief.playbook.targets.items[item.name].order


def _noun(brief: Brief, item: Item) -> str:
    """What a thing of a plan is called in a list."""
    own = f"target.noun.{item.move or item.name}"
    return brief.noun(item.move, "nominative") if item.move and not brief.wording.has(f"answers.{own}") else brief.say(own)


def _of_item(brief: Brief, item: Item) -> DraftClaim | None:
    """What the rules say of a move, or the sentence on another thing of the plan; none on the results it is all for."""
    if item.move is None:
        rests = brief.playbook.targets.items[item.name].rests
        key = f"target.item.{item.name}"
        return brief.claim(key, kind=ClaimKind.ADVICE, evidence=rests, stance=Stance.MENTION) if brief.wording.has(f"answers.{key}") else None
    finding = brief.deciding(item.move)
    if item.move in _RECRUITING and _target(brief).partners:
        return None  # their number is judged by itself
    if finding is None:
        noun, hangs = brief.noun(item.move, "nominative"), item.move in _KINDS and brief.client.motion is None
        return brief.claim(f"target.item.{'hangs' if hangs else 'open'}", kind=ClaimKind.QUESTION, noun=f"{noun[:1].upper()}{noun[1:]}")
    _, _, rest = finding.text.partition(": ")
    if brief.hangs_on_stage(finding) and rest:
        return brief.finding_claim(finding, worded=f"{rest[:1].upper()}{rest[1:]}")
    return brief.finding_claim(finding)


def _percent(brief: Brief, value: Decimal) -> str:
    return brief.amount(f"{number(value).formula} %")


def _computed(brief: Brief, key: str, figures: Mapping[str, Figure], *, evidence: Sequence[str] = (), **slots: str) -> DraftClaim:
    """A sentence with what was worked out for it."""
    filled = {name: text for each, figure in figures.items() for name, text in figure_slots(brief, each, figure, inputs_of(brief).currency)}
    done = [item.as_computation() for figure in figures.values() for item in (figure if isinstance(figure, tuple) else (figure,))]
    return brief.claim(key, kind=ClaimKind.FIGURE if done else ClaimKind.FACT, evidence=evidence, computed=done, **filled, **slots)  # type: ignore[arg-type]


SLOTS = {"target_lead": target_lead, "target_rest": target_rest, "target_items": target_items, "target_order": target_order, "target_ask": target_ask, "target_short": target_short}
