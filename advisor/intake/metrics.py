"""Named numbers of the client: activation, win rates, overlaps, what a partner earns and how long it takes him."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from advisor.domain import Metric, Unit
from advisor.domain.money import LARGEST
from advisor.domain.regex import Regex
from advisor.intake import winrates
from advisor.intake.found import Found
from advisor.intake.message import Message, negates
from advisor.intake.patterns import Hit, count_of, lexicon, number_words
from advisor.intake.roles import Read
from advisor.intake.tables import table

_UNITS = {"percent": Unit.PERCENT, "points": Unit.PERCENTAGE_POINTS, "count": Unit.COUNT}
_AIMED = frozenset({"sourced_share", "influenced_share"})  # what goals are set for
_OWN_UNIT = {"partner_hours": Unit.HOURS, "months_below_target": Unit.MONTHS}
_MONEY = {"fee": ("partner_fee", "deal"), "hourly": ("partner_hourly_rate", "hour"), "price": ("price_per_customer", "year"), "cac": ("cac", "customer"), "tool_price": ("tool_price", "year")}
_PARTNERS = Regex(r"\b(?:our|the|one|a|best|top|biggest) (?:[\w-]+ ){0,3}(?:partner|reseller|agency)\b|\b(?:crossbeam|reveal)\b")
_OTHERS = Regex(r"\b(?:competit|rival|friend|study|report|article|investor|peer|benchmark|previous|former)")
_PARTNER = Regex(r"\b(?:partner|reseller|pipeline|t1|agenc|integrator|distributor|referrer|their|its|they|he|she|him)")
_PENDING = Regex(r"\W*(?:and |so |but )?(?:once|when|if|until|as soon as|before|after|assuming|suppose)\b")
_AIM = Regex(r"\b(?:goal|target|aim|objective|wants?|want|wanted|promised|expects?|reach|hit|get to|go to|to|from \d{1,2} ?% to|by next year)(?: is| of| for| us to get| to have| them)?[\s:]*(?:about |around |at least )?$")
_AIM_AFTER = Regex(r"[^.;,]{0,20}\b(?:by (?:next|the end|q[1-4]|20\d\d|year)|next year|in \d+ months)\b")
_APART = Regex(r"\s?(?:below|under|short of|behind|above|over|higher|lower|better|worse|faster|quicker|shorter|larger|bigger|schneller|kürzer|größer|mehr|öfter|häufiger|höher|niedriger|besser|schlechter|plus)\b")
_HEARD = Regex(r"\b(?:read|reading|heard|saw|supposedly|apparently|industry|average|benchmark|asserts?|claims?|somewhere)\b")
_NEAR_PLAN = Regex(r"\b(?:within|innerhalb von|à)(?: about| around| some)? $")
_COMMISSION = Regex(r"\b(?:commissions?|fees?|pay|paid|owe|payout|margin)\b|\bdeals?, \d+ ?% sourced")
_ACCOUNTS = Regex(r"\b(?:overlap\w*|match\w*|überschneid\w*|überlapp\w*|treffer|kunden|comptes?|recoupements?|correspondances?|prospects|accounts?|companies|customers|logos|prospects|crossbeam|reveal|mapping|mapped|abgleich|konten|rapprochement|lists?|firms|names)\b")
_FIT = Regex(r"\b(?:of (?:them|those|these|which)|icp|high-?\s?fit|good|strong|hot|spot on|fit|match)\b")
_TO = Regex(r"\s(?:down |up )?to (\d{1,3})\s?%")
_TIER_ONE = Regex(r"\b(?:partners?|partner's|t1|tier[ -]one|tier 1|alliances?|resellers?)\b")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "zehntel": 10, "moitié": 2, "tiers": 3, "quart": 4, "cinquième": 5, "dixième": 10}
_PART_NAMES = Regex("|".join(sorted(_PARTS, key=len, reverse=True)))
_OF_OTHER_RATES = Regex(r"\b(?:churn|retention|margin|discount|renewal|cancel\w*|kündig\w*|abwander\w*|marge|rabatt)\b")  # of which a share is told there, and none of deals won
_RATES = frozenset({"win_rate_partner", "win_rate_direct", "partner_close_rate"})
_IN_COMMON = Regex(r"\s(?:in common|overlap|match|in both|on both|we share|shared)")
_RHYTHM = Regex(r"\s?(?:(?:a|per|each|pro|par|die|in der) )?(?:week|month|day|woche|monat|tag|semaine|mois|jour)\b")
_BEFORE, _QUOTING = 160, 70
_LENGTH_OF_DAY = Regex(r"\b(?:tages\w*|day[ -]?rate|daily rate)\b[^;?!]{0,24}[(=]\s?$")
_A_DAY = Regex(r"\btages|\bday[ -]?rate|\bdaily\b|\bper day\b")
_ALL_FEES = Regex(r"\b(?:commissions|payouts|provisionen|prämien|vergütungen)\s?(?:of|were|was|are|paid|von|waren|:)?\s?$")
_APIECE = Regex(r"\s?(?:each|apiece|per|a deal|/|je|pro|jeweils)\b")
_NEXT_ITEM = Regex(r"\s?[,;]|\s(?:and|und|plus)\s")
_OWN_RATE = Regex(r"\s?(?:of|is|at|von|ist|bei|:|=)?\s?\d+(?:[.,]\d+)?\s?(?:%|percent|prozent)")
_QUOTED = Regex(r"\b(?:quot\w+|webinar|article|blog|study|report|podcast|speaker|vendor|competitor\w*|somebody|someone|heard|read|claim\w*|benchmark\w*|zitier\w*|artikel|studie|vortrag|anbieter|gehört|gelesen|behaupte\w*)\b[^.;!?\d]*$")
_OUR = Regex(r"\b(?:our|my|unser\w*|mein\w*)\b")
_EFFORT = Regex(r"\b(?:partner|referr|lead|intro|deal|fee|commission|bounty|him\b|her\b|them\b|effort|of work|arbeit|aufwand|travail|agenc|reseller|consultan|empfehl|provision|vermittl|tippgeber|apport|affaire|recommand)")
_WAITING = Regex(r"\s(?:are )?(?:waiting|in the queue|in the backlog|on the waiting list)")
_FEW = 10  # customers that anybody speaks of without saying how many there are: `I mixed up two clients`
_HAVING = Regex(r"\b(?:have|has|had|got|with|our|serve|serves|across|only|just|haben|hat|mit|unsere|unseren|nur|avons|avec|nos)\s(?:only |just |about |some |around |nur |etwa |rund |erst )*$")
_PORTFOLIO = Regex(r"\b(?:(?:portfolio|book|list) of (?:about |around )?|fortune )$")
_LISTED = Regex(r"%\s?(?:,|and|/)\s*$|% and \w+$")
_ATTAINED = Regex(r"(?<![\d.,])\d{2,3}(?:[.,]\d)?\s?%?(?:\s?(?:,|/|;|and|then|und|dann|et|puis|\s)\s?\d{2,3}(?:[.,]\d)?\s?%?(?![\d.,]\d)){3,}")

_IN_PERCENT = Regex(r"%|\b(?:percent|per cent|pct|prozent|pour cent)\b")


def find(message: Message, reads: Sequence[Read]) -> Iterator[Found]:
    """Every named number stated about the client, percentages and counts first."""
    pairs = tuple(winrates.find(message))
    yield from _numbers(message, pairs)
    yield from _win_rates(message, pairs)
    yield from _gap(message, pairs)
    for hit in _settled(message, "fraction"):
        share = 100 / Decimal(_parts(message.text[hit.start : hit.end]))
        yield _metric(message, hit, share.quantize(Decimal("0.1")), Unit.PERCENT, inferred=True)
    for value in table("metrics")["fixed"]:
        for hit in _settled(message, f"fixed.{value}"):
            if _of_partner(message, hit):
                yield _metric(message, hit, Decimal(value), _OWN_UNIT.get(hit.key, Unit.COUNT))
    yield from _signals(message)
    yield from _money(message, reads)


def _numbers(message: Message, pairs: Sequence[winrates.Pair]) -> Iterator[Found]:
    """Percentages, points and counts; what `_win_rates` reads as a pair is left to it."""
    for section in _UNITS:
        for hit in _settled(message, section):
            paired = hit.key in _RATES and any(pair.start < hit.end and hit.start < pair.end for pair in pairs[:1])
            if not paired and _counts(message, hit, section):
                yield _metric(message, hit._replace(key=_key(message, hit)), _number(_later(message, hit)), _OWN_UNIT.get(hit.key, _UNITS[section]))


def _counts(message: Message, hit: Hit[str], section: str) -> bool:
    """Whether a number stands for its metric: not one of a list of attainments, not promised, not somebody else's."""
    listed = hit.key == "plan_attainment" and (attainment(message) or _LISTED.search(message.text[: hit.start][-16:]))
    if hit.key == "partner_hours" and (_RHYTHM.match(message.text, hit.end) or not _EFFORT.search(message.text, max(0, hit.start - _BEFORE), hit.end + _BEFORE)):
        return False
    if hit.key == "partner_hours" and _LENGTH_OF_DAY.search(message.text, max(0, hit.start - 40), hit.start):
        return False
    if hit.key == "customers" and count_of(hit.value or "0") < _FEW and not _HAVING.search(message.text, max(0, hit.start - 30), hit.start):
        return False
    if hit.key == "customers" and (_WAITING.match(message.text, hit.end) or _PORTFOLIO.search(message.text, max(0, hit.start - 30), hit.start)):
        return False
    promised = (section == "count" or hit.key in _AIMED) and hit.key != "months_below_target" and _promised(message, hit)
    return hit.value is not None and not listed and not promised and not _common(message, hit) and _of_partner(message, hit)


def _signals(message: Message) -> Iterator[Found]:
    """What was said without a number, where no number was given for it."""
    signals = _settled(message, "signal")
    counted = {hit.key for hit in _settled(message, "count")} if signals else set()
    for hit in signals:
        if hit.key not in counted:
            yield _metric(message, hit, Decimal(1), Unit.COUNT, inferred=True)


def _win_rates(message: Message, pairs: Sequence[winrates.Pair]) -> Iterator[Found]:
    """Two win rates set against each other, over whatever was read of them one by one."""
    for pair in pairs:
        if _of_client(message, pair.start):
            quote = message.quote(pair.start, pair.end)
            for name, value in (("win_rate_partner", pair.with_partners), ("win_rate_direct", pair.alone)):
                yield Found(f"metrics.{name}", Metric(value=value, unit=Unit.PERCENT, quote=quote), pair.start, pair.end)
            points = pair.with_partners - pair.alone
            yield Found("metrics.win_rate_gap", Metric(value=points, unit=Unit.PERCENTAGE_POINTS, quote=quote), pair.start, pair.end, "inferred")
            return


def _gap(message: Message, pairs: Sequence[winrates.Pair]) -> Iterator[Found]:
    """The distance of two win rates that were both given, where nobody named it."""
    if pairs or not {"win_rate_partner", "win_rate_direct"} <= {hit.key for hit in lexicon("metrics", "percent").find(message.text)}:
        return
    given = {hit.key: hit for section in ("percent", "points") for hit in _settled(message, section)}
    with_partners, alone = given.get("win_rate_partner"), given.get("win_rate_direct")
    if with_partners and alone and with_partners.value and alone.value and "win_rate_gap" not in given:
        start, end = min(with_partners.start, alone.start), max(with_partners.end, alone.end)
        points = _number(with_partners.value) - _number(alone.value)
        quote = message.quote(start, end)
        yield Found("metrics.win_rate_gap", Metric(value=points, unit=Unit.PERCENTAGE_POINTS, quote=quote), start, end, "inferred")


def _settled(message: Message, section: str) -> list[Hit[str]]:
    """The hits of one table that speak of the client, the shortest of each metric first in place."""
    kept: dict[str, Hit[str]] = {}
    hits = lexicon("metrics", section)
    for hit in hits.longest(message.text) if section == "percent" else sorted(hits.find(message.text), key=lambda hit: (not _narrower(message, hit), hit.start, hit.end)):
        if section == "percent" and not _now(message, hit) or section == "count" and not _mapped(message, hit):
            continue
        if _of_client(message, hit.start) and hit.key not in kept and not (section == "signal" and _undone(message, hit)):
            kept[hit.key] = hit
    return list(kept.values())


def _narrower(message: Message, hit: Hit[str]) -> bool:
    """Whether overlaps are counted as those that fit, `63 overlaps, 26 of them ICP`, which goes before all of them."""
    return hit.key == "overlaps_high_fit" and _FIT.search(message.text, hit.start, hit.end) is not None


def _mapped(message: Message, hit: Hit[str]) -> bool:
    """Whether the sentence of an overlap speaks of accounts: `15 partners, 3 of them good` counts none."""
    first, last = message.sentence_at(hit.start)
    return hit.key != "overlaps_high_fit" or _ACCOUNTS.search(message.text, max(0, first - _BEFORE), last) is not None


def _later(message: Message, hit: Hit[str]) -> str:
    """The value now where a change is told: `activation went from 71% down to 44%`."""
    match = _TO.match(message.text, hit.end) if re.search(r"\bfrom \d{1,3}\s?%$", message.text[hit.start : hit.end]) else None
    return match[1] if match else hit.value or "0"


def _key(message: Message, hit: Hit[str]) -> str:
    """A share of plan reached is the pipeline's against its target where a partner is spoken of."""
    first, last = message.sentence_at(hit.start)
    return "pipeline_vs_target" if hit.key == "plan_attainment" and _TIER_ONE.search(message.text[first:last]) else hit.key


def _now(message: Message, hit: Hit[str]) -> bool:
    """Whether a percentage says how things are: not a goal, a figure read somewhere, a commission, or a rate of all deals where partners are the topic."""
    first, last = message.sentence_at(hit.start)
    sentence, lead = message.text[first:last], message.text[max(first, hit.start - 48) : hit.start]
    if _APART.match(message.text, hit.end) and hit.key not in {"pipeline_vs_target", "plan_attainment"}:
        return False
    if re.search(r"\d\s?%?\s?(?:-|to)\s?$", lead) or _AIM.search(lead) or _AIM_AFTER.match(message.text, hit.end) or _HEARD.search(lead):
        return False
    if hit.key in {"sourced_share", "influenced_share"} and lexicon("metrics", "wished").first(sentence) is not None:
        return False
    if hit.key == "plan_attainment" and _NEAR_PLAN.search(lead):
        return False
    if hit.key in _AIMED and _COMMISSION.search(sentence):
        return False
    words = message.text[hit.start : hit.end]
    if hit.key == "win_rate_direct" and _OF_OTHER_RATES.search(sentence):
        return False
    return not (hit.key == "win_rate_direct" and words.startswith("win") and not re.search(r"\b(?:direct|own|without)\b", words) and _PARTNER.search(sentence))


def _undone(message: Message, hit: Hit[str]) -> bool:
    """Whether what a signal names is denied or still to come: `the integration is not released yet`."""
    clause = message.clause_at(hit.start)
    if _PENDING.match(message.text, clause.start, clause.end):
        return True
    # Who wants somebody else's account is the conflict itself; a wish before the words still undoes it.
    places = (max(hit.start - 1, clause.start),) if hit.key == "conflicts" else (hit.start, hit.end - 1)
    return negates(message.text[hit.start : hit.end]) or message.negated(hit.start) or any(message.meant_as("wish", place) for place in places)


def _of_client(message: Message, place: int) -> bool:
    if message.meant_as("assumed", place) or (message.meant_as("foreign", place) and not _shared(message, place)):
        return False
    return not message.meant_as("question", place) or message.text[message.clause_at(place).start : place].strip() in {"is", "so is", "are"} or message.text[message.clause_at(place).start : place].find("our") >= 0 or message.text.startswith("our", place)


def _shared(message: Message, place: int) -> bool:
    """Whether a clause about somebody else is about the client's own partner or mapping tool."""
    clause = message.clause_at(place)
    words = message.text[clause.start : clause.end]
    return _PARTNERS.search(words) is not None and _OTHERS.search(words) is None


def _of_partner(message: Message, hit: Hit[str]) -> bool:
    """Whether months below target are those of a partner and not of the client's own sales."""
    if hit.key != "months_below_target":
        return True
    first, last = message.sentence_at(hit.start)
    return _PARTNER.search(message.text[first:last]) is not None


def _common(message: Message, hit: Hit[str]) -> bool:
    """Whether counted accounts are shared with a partner and so are not the client's customers."""
    return hit.key == "customers" and _IN_COMMON.match(message.text, hit.end) is not None


def _promised(message: Message, hit: Hit[str]) -> bool:
    return message.meant_as("wish", hit.start) or message.meant_as("planned", hit.start)


def _number(word: str) -> Decimal:
    plain = word.replace(",", ".") if re.fullmatch(r"\d{1,3}[.,]\d{1,2}", word) else None
    return Decimal(plain) if plain else Decimal(count_of(word))


def _parts(words: str) -> int:
    named = _PART_NAMES.search(words)
    if named:
        return _PARTS[named[0]]
    last = re.findall(r"(?:in|out of)\s(\w+)", words)[-1]
    return int(last) if last.isdigit() else number_words()[last]


def _metric(message: Message, hit: Hit[str], value: Decimal, unit: Unit, *, inferred: bool = False) -> Found:
    quote = message.quote(hit.start, hit.end)
    return Found(f"metrics.{hit.key}", Metric(value=value, unit=unit, quote=quote), hit.start, hit.end, "inferred" if inferred else "stated")


def _money(message: Message, reads: Sequence[Read]) -> Iterator[Found]:
    seen: set[str] = set()
    for read in reads:
        name, per = _MONEY.get(read.role, ("", ""))
        if name and _of_another_kind(message, read, name):
            continue
        if name and name not in seen and _of_client(message, read.amount.start) and read.amount.scale < 10**6:
            number = read.yearly if per == "year" else read.amount.value
            if not 0 < number < LARGEST:
                continue
            seen.add(name)
            value = Metric(value=number, unit=Unit.MONEY, currency=read.amount.currency, per=per, quote=message.quote(read.start, read.end))
            yield Found(f"metrics.{name}", value, read.start, read.end, "inferred" if read.unit == "month" and per == "year" else "stated")


def _of_another_kind(message: Message, read: Read, name: str) -> bool:
    """Whether an amount is no such number: a day's rate, all commissions of a year, what stands before `Provision 15 %`, an acquisition cost that somebody quoted."""
    text, amount = message.text, read.amount
    words = text[read.start : read.end]
    if name == "partner_hourly_rate":
        return _A_DAY.search(words) is not None
    if name == "partner_fee":
        behind = text[amount.end : read.end]
        total = read.unit is None and _ALL_FEES.search(text, max(0, amount.start - 40), amount.start) is not None and _APIECE.match(text, amount.end) is None
        return total or (_NEXT_ITEM.match(behind) is not None and _OWN_RATE.match(text, read.end) is not None)
    if name == "cac":
        return _QUOTED.search(text, max(message.sentence_at(amount.start)[0], amount.start - _QUOTING), amount.start) is not None and _OUR.search(words) is None
    return False


def names() -> frozenset[str]:
    """The numbers of the client's own that are read, by name."""
    read = {name for section in ("percent", "points", "count", "fraction", "signal") for name in table("metrics")[section]}
    return frozenset({*read, *(name for name, _ in _MONEY.values())})


def attainment(message: Message) -> tuple[list[Decimal], int, int] | None:
    """A list of at least four attainments of plan, `92, 104, 98, 101 %`, with its place; None when there is none."""
    for match in _ATTAINED.finditer(message.text):
        first, last = message.sentence_at(match.start())
        if _IN_PERCENT.search(message.text, match.start(), match.end() + 10) and lexicon("direct", "measured").first(message.text[max(0, first - 60) : last + 40]) is not None:
            return [Decimal(number.replace(",", ".")) for number in re.findall(r"\d{2,3}(?:[.,]\d)?", match[0])], match.start(), match.end()
    return None
