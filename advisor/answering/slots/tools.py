"""Which tool: what fits the stage and the compliance need, what is for later, what to check before buying."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import PRMS, Brief
from advisor.answering.enough import STACKS, asks_enough
from advisor.answering.select import doable, points, steps_of
from advisor.answering.slots.wishes import unlabelled
from advisor.answering.slots.existing import existing, existing_lead
from advisor.answering.slots.verdicts import any_stage, instead, primary, substitute
from advisor.domain import ADVISED, Applies, ClaimKind, DraftClaim, Finding, Passage, Stance, Unit, Verdict
from advisor.figures import find

_HOW = 4
_LISTED_IN = "USD"


def stack(brief: Brief) -> Finding | None:
    """The finding on the tool stack that the rules advise for this client."""
    return next((finding for move in STACKS if (finding := brief.deciding(move)) and finding.verdict in ADVISED), None)


def tools_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The stack that fits; a refused tool that was asked about is answered first."""
    kept = list(existing_lead(brief))
    yield from kept
    finding = None if kept else stack(brief)
    refused = [found for move in brief.ask.moves if (found := brief.deciding(move)) and found is not finding and _declined(found)]
    if refused:
        by_hand = substitute(brief, refused[0])
        if by_hand is not None and not kept:
            yield any_stage(brief, by_hand)
        yield brief.finding_claim(refused[0]) if kept else brief.lead(refused[0]).model_copy(update={"block": "paragraph" if by_hand else "lead"})
        if not brief.hangs_on_stage(refused[0]):
            yield brief.finding_claim(refused[0], "because")
    compliant = list(_compliant(brief)) if finding is not None and not refused else []
    yield from compliant
    if finding is not None:
        text = unlabelled(finding.text)
        worded = brief.say("tools.compliant.stage", text=text) if compliant else text
        yield brief.finding_claim(finding, worded=worded) if refused or compliant else brief.lead(finding)
        if not refused:
            yield brief.finding_claim(finding, "because")
    elif not refused and not kept:
        yield brief.claim("tools.enough" if asks_enough(brief.ask.text) else "tools.open", kind=ClaimKind.QUESTION, block="lead")
        for passage in brief.passages("tools"):
            yield from [brief.point(passage, point, block="bullet", section=brief.heading("columns")) for point in points(passage)[:1]]


def _compliant(brief: Brief) -> Iterator[DraftClaim]:
    """Which tools of the stage the client's need for data protection leaves, where it rules one of them out."""
    dropped = _ruled_out(brief)
    if not dropped:
        return
    for verdict in ("fits", "to_check"):
        names = [tool.name for tool in brief.assessment.tools if tool.verdict == verdict and tool.name in _of_stage(brief)]
        if names:
            evidence = [f"tool.{name}" for name in (*names, *dropped)]
            yield brief.claim(f"tools.compliant.{verdict}", kind=ClaimKind.ADVICE, evidence=evidence, block="lead", names=brief.join(names), dropped=brief.join(dropped))
            return


def _ruled_out(brief: Brief) -> list[str]:
    """The tools that would fit the stage and fail the need for data protection alone."""
    by_stage = _of_stage(brief) if brief.client.compliance else frozenset()
    return [tool.name for tool in brief.assessment.tools if tool.verdict == "not_for_you" and tool.name in by_stage]


def _of_stage(brief: Brief) -> frozenset[str]:
    """The tools that fit the stage, whatever else the client needs."""
    return frozenset(tool.name for tool in brief.shelf.book.tools if tool.verdicts.get(brief.assessment.stage.id) == "fits")


def _declined(finding: Finding) -> bool:
    """Whether something asked about does not fit, or is a tool that the rules do not put first."""
    return finding.verdict is Verdict.FORBID or (finding.move in STACKS and finding.verdict not in ADVISED)


def tools_instead(brief: Brief) -> Iterator[DraftClaim]:
    """What to do in place of a tool that was asked about and does not fit."""
    finding = primary(brief)
    if finding is not None and finding.verdict is Verdict.FORBID and not brief.hangs_on_stage(finding):
        yield from instead(brief)


def tools_table(brief: Brief) -> Iterator[DraftClaim]:
    """Each tool named for this stage or by the client, with the reason."""
    asked = brief.ask.text.lower()
    ranked = sorted(brief.assessment.tools, key=lambda tool: (tool.name.lower() not in asked, tool.verdict != "fits", tool.name))
    if any(brief.hangs_on_stage(finding) for move in brief.ask.moves if (finding := brief.deciding(move))):
        return  # where the stage is open, none of them is judged
    settled = bool(PRMS & {*existing(brief)})  # one is there: another beside it is no choice to make
    chosen = [tool for tool in ranked if (tool.verdict == "fits" and not settled) or tool.name.lower() in asked][:4]
    for tool in chosen:
        yield DraftClaim(
            text=brief.say(f"tools.verdict.{tool.verdict}", name=tool.name, why=tool.why),
            evidence=(f"tool.{tool.name}",),
            kind=ClaimKind.ADVICE,
            stance=Stance.MENTION,
            block="bullet",
            section=brief.heading("tools"),
        )


def tools_how(brief: Brief) -> Iterator[DraftClaim]:
    """How to go about it at this stage, and how close to European rules the tools are where that was asked."""
    told, dropped = [] if PRMS & {*existing(brief)} else brief.passages("tools"), _ruled_out(brief)
    for passage in [passage for passage in told if brief.shelf.library.applies(passage.id, brief.shelf.facts).applies is Applies.YES]:
        for point in [point for point in doable(passage) if not any(name in point for name in dropped) and not _priced(point)][:_HOW]:
            yield brief.point(passage, point, block="step", section=brief.heading("do"))
    by_hand = _by_hand(brief)
    yield from (brief.point(passage, point, block="bullet", section=brief.heading("by_hand")) for passage, point in by_hand)
    if brief.client.compliance is not None and not by_hand:
        for passage in brief.passages("compliance"):
            for point in steps_of(passage)[:_HOW]:
                yield brief.point(passage, point, block="bullet", section=brief.heading("compliance"))


def _by_hand(brief: Brief) -> list[tuple[Passage, str]]:
    """What the passages say to the question on doing by hand what a tool was asked for, where that fits in every stage."""
    findings = (finding for move in brief.ask.moves if (finding := brief.deciding(move)))
    moves = [found.move for finding in findings if (found := substitute(brief, finding)) and found.move]
    passages = [brief.shelf.library.passages[id_] for move in moves for id_ in brief.playbook.notes(move).passages]
    listed = [(passage, point) for passage in passages for point in doable(passage)]
    weights = [weight for passage in passages for weight in brief.selection.weigh(passage, doable(passage))]
    return [listed[index] for index in sorted(sorted(range(len(listed)), key=lambda index: -weights[index])[:_HOW])]


def _priced(point: str) -> bool:
    """Whether a point tells a list price, which the table of the tools has."""
    return any(figure.unit is Unit.MONEY and figure.currency == _LISTED_IN for figure in find(point))


def tools_checks(brief: Brief) -> Iterator[DraftClaim]:
    """What no source settles: prices and ownership today."""
    finding = stack(brief)
    if finding is not None and not PRMS & {*existing(brief)}:
        dates = {tool.as_of for tool in brief.assessment.tools if tool.verdict == "fits"}
        if dates:
            yield brief.claim("tools.check", kind=ClaimKind.ADVICE, evidence=[finding.rule])


SLOTS = {"tools_lead": tools_lead, "tools_table": tools_table, "tools_checks": tools_checks, "tools_how": tools_how, "tools_instead": tools_instead}
