"""An everyday matter: the answer first, with the client's own figure beside the record's where one is told, then why, what to do, and what would settle it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.answering.asking import asking
from advisor.answering.brief import Block, Brief, unique
from advisor.answering.hearsay import bare, phrases
from advisor.answering.matters import WHOM, Standing, standing, untimely
from advisor.answering.computations import commissions
from advisor.answering.playbook import Matter
from advisor.answering.slots.sums import inputs_of, line_claim
from advisor.domain import ADVISED, DOABLE, Applies, ClaimKind, DraftClaim, Move, StageId, Stance, Unit, Verdict
from advisor.intake.age import told_month
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.toolbox import economics
from advisor.toolbox.parts import number, shown

_WEEK = 7  # days
_EARLY = "_early"  # ends the forms that are for clients below the first programme stage alone
SUMS = {"helped": commissions.helped}
"""The sums that a matter may name."""
PLACES = ("below", "inside", "above")
"""Where a figure told lies beside a record: the leads of a matter that has a place for one."""
_SENTENCE_END = re.compile(r"(?<=[.:]) (?=[A-ZÄÖÜ])")


def matter_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The answer, by where the figure told stands, unless partners are refused whom the stage cannot carry yet; else by words and stage. What is taken for granted and comes too early is told first."""
    yield from _untimely(brief)
    yield from (not _refuses(brief) and placed(brief, brief.matter)) or _without_figure(brief)
    yield from _summed(brief)
    yield from _dated(brief)


def _untimely(brief: Brief) -> Iterator[DraftClaim]:
    """That the rules put off what the matter takes for granted, and what that means for one that is there."""
    finding = untimely(_matter(brief), brief.assessment)
    if finding is not None:
        yield brief.finding_claim(finding, "text", block="lead")
        yield brief.claim("matter.untimely", kind=ClaimKind.ADVICE, evidence=[finding.rule], block="lead")


def _refuses(brief: Brief) -> bool:
    """Whether the words of the message call for a form that refuses what the stage cannot carry yet."""
    return next(_worded(brief, brief.matter, "lead"), "").endswith(_EARLY)


def _summed(brief: Brief) -> Iterator[DraftClaim]:
    """The matter's sum with the numbers of the message, where it tells them."""
    name = _matter(brief).sums
    n = inputs_of(brief)
    done = SUMS[name](n) if name and not n.mixed else None
    yield from (line_claim(brief, n, line, first=False) for line in (done.lines if done else ()))


def _dated(brief: Brief) -> Iterator[DraftClaim]:
    """The months in which the first of the matter's records that may hold for the client lies, counted from the month told."""
    matter, library = _matter(brief), brief.shelf.library
    month = told_month(bare(brief.question)) if matter.dated else None
    fits = {id_: library.applies(id_, brief.shelf.facts).applies for id_ in matter.records}
    found = next(((place, library.benchmarks[id_]) for wanted in (Applies.YES, Applies.UNKNOWN) for place, id_ in enumerate(matter.records) if fits[id_] is wanted), None)
    if month is None or found is None:
        return
    number_, record = found
    key = f"matter.{brief.matter}.{matter.dated}_{number_}"
    if not brief.wording.has(f"answers.{key}") or record.low is None or record.high is None:
        return
    names = [_month(brief, month, int(after)) for after in (0, record.low, record.high)]
    yield brief.claim(key, kind=ClaimKind.FIGURE, evidence=[record.id], start=names[0], first=names[1], last=names[2], span=library.figure(record.id))


def _month(brief: Brief, month: int, after: int) -> str:
    """A month by its name, with the year after where it lies in it."""
    years, number_ = divmod(month - 1 + after, 12)
    name = brief.wording.say(f"units.month.{number_ + 1}")
    return brief.say("matter.year_after", month=name) if years else name


def _without_figure(brief: Brief) -> Iterator[DraftClaim]:
    """The lead where no figure is told that could be placed, behind the record that it is about."""
    name, record = _unplaced(brief)
    if record:
        yield brief.record_claim(brief.shelf.library.benchmarks[record], block="lead")
    there = bool(_matter(brief).against & WHOM) and not name.endswith(_EARLY)  # what is said of partners who are there refuses none
    yield from (claim if there else _refusing(brief, claim) for claim in _claims(brief, name, block="lead"))


def placed(brief: Brief, name: str) -> list[DraftClaim]:
    """What follows for a matter from where a figure told stands beside its record; nothing where none is told."""
    matter = brief.playbook.matters[name]
    where = standing(matter, brief.question, brief.shelf.library, brief.shelf.facts, brief.playbook.claims)
    key = _keyed(brief, name, where)
    if where is None or not key:
        return []
    lead = brief.claim(key, kind=ClaimKind.QUESTION, evidence=[where.record.id, *matter.rests], block="lead", told=_written(brief, where))
    return [lead, brief.record_claim(where.record, block="lead"), *_in_days(brief, where)]


def _in_days(brief: Brief, where: Standing) -> Iterator[DraftClaim]:
    """The weeks told in the days of the record, with the formula."""
    weeks = where.told.bounds[1]
    if where.told.unit is not Unit.WEEKS or where.record.unit is not Unit.DAYS or weeks is None:
        return
    days = economics.worked(number(weeks) * number(_WEEK), "days")
    yield brief.claim(
        "matter.in_days", kind=ClaimKind.FIGURE, computed=[days.as_computation()],
        told=_written(brief, where), days=brief.amount(shown(days.value)), how=brief.amount(days.formula),
    )


def _unplaced(brief: Brief) -> tuple[str, str]:
    """The lead without a figure told: by the words of the message, behind the first record that holds for the client and has a lead of its own, or by the stage."""
    library, records = brief.shelf.library, _matter(brief).records
    held = [(f"held_{number}", id_) for number, id_ in enumerate(records) if library.applies(id_, brief.shelf.facts).applies is Applies.YES]
    own = ((name, record) for name, record in (*((name, "") for name in _worded(brief, brief.matter, "lead")), *held) if brief.wording.has(f"answers.{_key(brief, name)}"))
    return next(own, (_staged(brief, "lead", "early"), ""))


def _worded(brief: Brief, name: str, part: str) -> Iterator[str]:
    """The forms of a matter's lead, or of its closing sentence, that the words of this message call for."""
    said, only = bare(brief.question), brief.playbook.matters[name].only
    for form, words in only.items():
        if form.endswith(_EARLY) and brief.assessment.stage.id is not StageId.BELOW_5M:
            continue
        if form.startswith("lead_") and phrases(words).first(said) is not None:
            yield f"{part}_{form.removeprefix('lead_')}"


def _refusing(brief: Brief, claim: DraftClaim) -> DraftClaim:
    """A lead that refuses the moves which the matter is against, where the rules forbid them, or advises those that it favours, where the rules do or leave it open."""
    matter = _matter(brief)
    refused = [finding for move in sorted(matter.against) if (finding := brief.deciding(move)) and finding.verdict is Verdict.FORBID]
    found = refused or [finding for move in sorted(matter.favours) if (finding := brief.deciding(move)) and finding.verdict in DOABLE]
    if not found:
        return claim
    moves, stance = tuple(finding.move for finding in found if finding.move), Stance.ADVISE_AGAINST if refused else Stance.ADVISE
    return claim.model_copy(update={"stance": stance, "moves": moves, "evidence": unique([*claim.evidence, *(finding.rule for finding in found)])})


def matter_short(brief: Brief, draft: Sequence[DraftClaim]) -> str:
    """The phrase that says once more what the matter comes to; empty unless its steps stand in the draft."""
    if not brief.matter:
        return ""
    said = {claim.text for claim in draft}
    steps = (f"do_{name}" for name in _matter(brief).do if f"do_{name}" not in _matter(brief).advised)
    told = any(brief.wording.say(f"answers.{_key(brief, step)}") in said for step in steps)
    own = next((form for form in _worded(brief, brief.matter, "short") if brief.wording.has(f"answers.{_key(brief, form)}")), "")
    return _key(brief, own or _staged(brief, "short", "short_early")) if told else ""


def gap_is_own(brief: Brief) -> bool:
    """Whether what no source holds is the matter's own, so that the matter answers the rest of it."""
    return brief.gap is not None and bool(brief.matter) and _matter(brief).gap == brief.gap.name


def _staged(brief: Brief, usual: str, early: str) -> str:
    """A part of the matter, or the one for the stage below the first programme where the matter differs there."""
    return early if brief.assessment.stage.id is StageId.BELOW_5M and brief.wording.has(f"answers.{_key(brief, early)}") else usual


def _keyed(brief: Brief, name: str, where: Standing | None) -> str:
    """The phrase for a place: the record's own where it has one, else the common one; empty where neither stands."""
    names = [*_worded(brief, name, where.place), f"{where.place}_{where.number}", where.place] if where else []
    keys = [f"matter.{name}.{form}" for form in names]
    return next((key for key in keys if brief.wording.has(f"answers.{key}")), "")


def _written(brief: Brief, where: Standing) -> str:
    """The figure told, as this program writes figures, in the case that a sentence about a length of time needs."""
    (low, high), unit = where.told.bounds, where.told.unit
    if low is None or high is None:
        return where.told.text
    forms = [f"units.{unit}.one"] if high == 1 else [f"units.{unit}.dative"]
    key = next((form for form in forms if brief.wording.has(form)), f"units.{unit}")
    ends = dict.fromkeys(brief.amount(shown(end)) for end in (low, high))
    return brief.wording.say(key, n="–".join(ends))


def matter_why(brief: Brief) -> Iterator[DraftClaim]:
    """What stands behind it, and what the records say of it: those that hold for the client, else those of which nobody can tell."""
    ruled = _matter(brief).ruled
    for name in _told(brief, "why", _matter(brief).why):
        if name not in ruled:
            yield from _claims(brief, name, block="paragraph")
        elif finding := brief.deciding(ruled[name]):
            yield brief.finding_claim(finding)
    library = brief.shelf.library
    fits = {id_: library.applies(id_, brief.shelf.facts).applies for id_ in _matter(brief).records}
    sure = [id_ for id_, applies in fits.items() if applies is Applies.YES] or [id_ for id_, applies in fits.items() if applies is Applies.UNKNOWN]
    yield from (brief.record_claim(library.benchmarks[id_]) for id_ in sure)


def matter_do(brief: Brief) -> Iterator[DraftClaim]:
    """What to do, in order; a move that the rules advise in their own words."""
    section, moves = brief.heading("do"), _matter(brief).advised
    if lexicon("asks", "wording").first(plain(brief.question)) is not None:
        yield brief.claim("matter.wording", kind=ClaimKind.ADVICE, evidence=_matter(brief).rests, block="step", section=section)
    steps = _matter(brief).do
    early = _refuses(brief) and any(step.endswith(_EARLY) for step in steps)
    for name in _told(brief, "do", [step for step in steps if step.endswith(_EARLY) is early]):
        if name not in moves:
            yield from _claims(brief, name, block="step", section=section)
        elif claim := brief.do(moves[name], section=section):
            yield claim


def matter_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What would settle it, where the message does not tell."""
    if brief.presumed:
        yield brief.claim("unplaced.presumed", kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"), about=brief.say(f"matter.{brief.matter}.about"))
    if brief.wording.has(f"answers.{_key(brief, 'ask')}"):
        yield from asking(brief, _key(brief, "ask"))


def _told(brief: Brief, part: str, names: Sequence[str]) -> Iterator[str]:
    """The sentences of a part that this message calls for."""
    matter, said = _matter(brief), bare(brief.question)
    for name in (f"{part}_{each}" for each in names):
        if (name not in matter.only or phrases(matter.only[name]).first(said) is not None) and _advised(brief, matter.advised.get(name)):
            yield name


def _advised(brief: Brief, move: Move | None) -> bool:
    """Whether the rules advise a move; yes where none is named."""
    finding = brief.deciding(move) if move else None
    return move is None or (finding is not None and finding.verdict in ADVISED)


def _claims(brief: Brief, name: str, *, block: Block, section: str = "") -> Iterator[DraftClaim]:
    """A phrase as claims, one for a step or a lead, one for each sentence of a paragraph."""
    key = f"answers.{_key(brief, name)}"
    text, shown_ = brief.wording.say(key), {id_: brief.shelf.library.figure(id_) for id_ in brief.wording.figures(key)}
    for sentence in _SENTENCE_END.split(text) if block == "paragraph" else [text]:
        records = [id_ for id_, figure in shown_.items() if figure in sentence]
        yield DraftClaim(text=sentence, evidence=unique([*records, *brief.wording.rules(key), *_matter(brief).rests]), kind=ClaimKind.ADVICE, block=block, section=section)


def _matter(brief: Brief) -> Matter:
    return brief.playbook.matters[brief.matter]


def _key(brief: Brief, name: str) -> str:
    return f"matter.{brief.matter}.{name}"


SLOTS = {"matter_lead": matter_lead, "matter_why": matter_why, "matter_do": matter_do, "matter_ask": matter_ask}
