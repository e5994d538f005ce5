"""Slots for where the client stands: the facts read back, the stage they lead to, the own words that decide."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.amounts import money_text
from advisor.answering.brief import Brief
from advisor.answering.subjects import foreign
from advisor.domain import AskKind, ClaimKind, Client, DraftClaim, Money, Move, StageId, Stance, Verdict
from advisor.figures import find
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.toolbox.parts import shown

_SHOWN_FACTS = 4
_STAGED = frozenset({AskKind.WHERE_TO_START, AskKind.WHICH_TOOL, AskKind.WHO_OWNS, AskKind.DRAFT_PLAN, AskKind.MATURITY})  # kinds whose answer rests on the stage as a whole
_DIRECT = (Move.FIX_DIRECT_FIRST,)
_METRICS = (
    "activation_rate", "win_rate_gap", "win_rate_partner", "win_rate_direct", "overlaps_high_fit", "months_below_target", "sourced_share", "influenced_share",
)

_SHARES = frozenset({"sourced_share", "influenced_share"})


def placing(brief: Brief) -> Iterator[DraftClaim]:
    """The client's own facts read back, and the stage they lead to."""
    stage, facts = brief.assessment.stage, brief.join(_for_this_kind(brief, known_facts(brief))[:_SHOWN_FACTS])
    rule = f"stage.{stage.id}"
    if stage.id is StageId.UNKNOWN:
        if brief.client.arr is None and facts and _by_stage(brief):
            yield brief.claim("placing.no_arr", kind=ClaimKind.QUESTION, facts=facts)
        return
    if rule in brief.shelf and facts:
        yield brief.claim("placing.stage", kind=ClaimKind.FACT, evidence=[rule], facts=facts, stage=stage.label)


def _by_stage(brief: Brief) -> bool:
    """Whether the answer rests on the stage as a whole, and does not say already from which stage on it is otherwise."""
    hanging = any((finding := brief.deciding(move)) is not None and brief.hangs_on_stage(finding) for move in brief.ask.moves)
    return brief.ask.kind in _STAGED and not hanging


def _for_this_kind(brief: Brief, facts: list[str]) -> list[str]:
    """The facts in an order that differs with what is asked, the first one kept in place."""
    shift = list(AskKind).index(brief.ask.kind) % max(len(facts) - 1, 1)
    return [*facts[:1], *facts[1 + shift :], *facts[1 : 1 + shift]]


def read_for(brief: Brief) -> Iterator[DraftClaim]:
    """The client's own facts read back, where the stage is beside the point; what the message passes on is no fact of theirs."""
    passed_on = {(number, figure.unit) for figure in brief.passed_on for number in figure.bounds}
    own = [fact for fact in known_facts(brief) if not passed_on & {(figure.bounds[0], figure.unit) for figure in find(fact)}]
    facts = own[:_SHOWN_FACTS]
    if facts:
        yield brief.claim("placing.read_for", kind=ClaimKind.QUESTION, facts=brief.join(facts))


def known_facts(brief: Brief) -> list[str]:
    """Phrases for the facts the client gave, those that decided something first."""
    client = brief.client
    used = [fact for finding in brief.assessment.findings if finding.move in brief.ask.moves for fact in finding.facts_used]
    phrases: dict[str, str] = {
        f"metric_{name}": brief.say(f"fact.{_as_told(name, client)}", number=brief.amount(shown(client.metrics[name].value))) for name in _METRICS if name in client.metrics and not _of_else(brief, name)
    }
    if client.arr is not None:
        phrases["arr"] = brief.say(_arr_as_read(brief, client.arr), amount=brief.amount(money_text(client.arr)))
    if client.direct_predictable is not None:
        phrases["direct_predictable"] = brief.say(f"fact.direct.{str(client.direct_predictable).lower()}")
    if client.motion is not None:
        phrases["motion"] = brief.say(f"fact.motion.{client.motion}")
    if client.partners.mapped is not None:
        one = client.partners.mapped == 1
        phrases["mapped_partners"] = brief.say("fact.mapped.one") if one else brief.say("fact.mapped.many", number=str(client.partners.mapped))
    elif client.partners.signed is not None:
        key = {0: "none", 1: "one"}.get(client.partners.signed, "many")
        phrases["signed_partners"] = brief.say(f"fact.signed.{key}", **({"number": str(client.partners.signed)} if key == "many" else {}))
    if client.partners.active is not None:
        among = brief.say("fact.none_active") if client.partners.active == 0 else brief.say("fact.active", number=str(client.partners.active))
        count = phrases.pop("signed_partners", None)
        phrases["active_partners"] = f"{count}, {among}" if count else brief.say("fact.active_partners", number=str(client.partners.active))
    if client.owner is not None:
        phrases["owner"] = brief.say(f"fact.owner.{client.owner}")
    if client.acv is not None:
        phrases["acv"] = brief.say("fact.acv", amount=brief.amount(money_text(client.acv)))
    if client.programme_age_months is not None:
        key = "one" if client.programme_age_months == 1 else "new" if client.programme_age_months == 0 else "many"
        slots = {"number": str(client.programme_age_months)} if key == "many" else {}
        phrases["programme_age_months"] = brief.say(f"fact.age.{key}", **slots)
    if client.expansion is not None:
        phrases["expansion"] = brief.say(f"fact.expansion.{client.expansion}")
    order = [name.removesuffix("_eur") for name in used]
    return [phrases[name] for name in sorted(phrases, key=lambda name: (name not in order, list(phrases).index(name)))]


def _of_else(brief: Brief, name: str) -> bool:
    """Whether the message says of the number read as a share of revenue that it is of something else, such as the pipeline."""
    quote = brief.client.metrics[name].quote
    place = brief.question.find(quote) if name in _SHARES and quote else -1
    return place >= 0 and any(foreign(brief.question, figure, name, brief.playbook.claims) for figure in find(brief.question) if place <= figure.start < place + len(quote))


def _as_told(name: str, client: Client) -> str:
    """The phrase for a metric: overlaps of which nobody said that they fit are only there."""
    return "overlaps" if name == "overlaps_high_fit" and not overlaps_fit(client) else name


def overlaps_fit(client: Client) -> bool:
    """Whether the client says of its overlaps that they fit."""
    return lexicon("metrics", "fitting").first(plain(client.metrics["overlaps_high_fit"].quote)) is not None


def _arr_as_read(brief: Brief, arr: Money) -> str:
    """The phrase for the ARR: with what was assumed of its currency where it leads to the stage all the same."""
    if brief.client.facts.get("arr") and brief.client.facts["arr"].confidence == "assumed":
        return "fact.arr_assumed" if arr.currency == "EUR" else "fact.arr_beside"
    if arr.eur is not None or brief.assessment.stage.id in {StageId.UNKNOWN, StageId.NOT_APPLICABLE}:
        return "fact.arr"
    return "fact.arr_bare" if arr.currency is None else "fact.arr_unconverted"


def own_words(brief: Brief) -> Iterator[DraftClaim]:
    """The client's own sentence about direct sales, when it is the stronger reason."""
    finding = brief.deciding(Move.FIX_DIRECT_FIRST)
    if finding is None or finding.verdict is not Verdict.REQUIRE or finding.provisional:
        return
    fact, resting = brief.client.facts.get("direct_predictable"), [finding.rule]
    if fact and fact.quote and fact.origin == "text":
        yield brief.claim("own_words.direct", kind=ClaimKind.ADVICE, stance=Stance.REQUIRE, evidence=resting, moves=_DIRECT, quote=tidy(fact.quote))
    else:
        yield brief.claim("own_words.direct_unquoted", kind=ClaimKind.ADVICE, stance=Stance.REQUIRE, evidence=resting, moves=_DIRECT)


def tidy(quote: str) -> str:
    """A quote as it stands in a sentence: one line, no closing mark, cut at a word."""
    flat = " ".join(quote.split()).strip(" .,;:!?\"“”'")
    return flat if len(flat) <= 90 else flat[:90].rsplit(" ", 1)[0] + " …"


SLOTS = {
    "placing": placing,
    "read_for": read_for,
    "own_words": own_words,
}
