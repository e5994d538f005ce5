"""Facts of few words: problems, place, expansion, compliance, kind of business, CRM, implementation, maturity, budget."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from advisor.domain import Business, Compliance, Expansion, Money, Problem
from advisor.domain.regex import Regex
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, count_of, lexicon
from advisor.intake.roles import Read

_THEIRS = Regex(r"\b(?:they're|they are|he's|he is|she's|she is|it's|partner is|reseller is|sie sind|er ist|partner ist) (?:also |all |just |only |both )?(?:an? |eine? |einem )?(?:[\w,.-]+ ){0,2}$")  # what somebody else is
_QUOTED = Regex(r"\s(?:says?|said|told|tells|claims?|claimed|thinks|promises?|promised|recommends?|recommended|suggests?|suggested|pitched|pitches|proposes|proposed|wants|insists|quoted|sent|partner|partners|contact|contacts|friend|friends|guy|person|refers|referred|introduced|sends|brings)\b")
_FOR_CLIENT = Regex(r"\b(?:my|our) client\b(?!')|\bclient of (?:mine|ours)\b|\bmein(?:e|em|en)? (?:kunde|kundin|mandant|mandantin)\b|\bein kunde von (?:mir|uns)\b")  # who advises is not who is advised
_ASKING = Regex(r"\s(?:(?:that|who|which) )?(?:asks?|asked|needs?|needed|expects?|expected|offers?|offered|threatens?|demands?|demanded|wrote|writes|called|calls)\b")  # what such an agency does that is somebody else
# Our agency or consultancy is one that works for us where it advises, does a job for us, or where software with its ARR is what is sold.
_HIRED = Regex(r"(?:our|my|unsere|meine) ")
_SERVES = Regex(
    r"\s(?:also |always |just |now |auch |immer |gerade |derzeit )?(?:runs?|does|manages?|handles?|builds?|built|designs?|designed|writes?|makes?|charges|costs|bills|invoices|advises|macht|betreut|schaltet|baut|gestaltet|schreibt|kostet|berät)"
    r"\s(?:the|our|us|all our|ads|seo|pr|uns|unsere\w*|die|das|den|google|linkedin)\b"
    r"|\s(?:charges|costs|bills|invoices|believes|feels|keeps saying|kostet|verlangt)\s"
    r"|\s(?:hat |auch |immer |gerade )?(?:sagt|empfiehlt|rät|meint|findet|glaubt|will|möchte|behauptet|drängt|schlägt|verlangt|empfohlen|vorgeschlagen|geraten|gesagt|uns)\b"
)
_OWN_SOFTWARE = Regex(r"\bsaas\b(?![\s-](?:clients?|companies|vendors?|firms?|customers?|start-?ups?|businesses|kunden|firmen|anbieter\w*|unternehmen))")
_RECURRING = Regex(r"\b(?:arr|mrr)\b")
_HELPS_SAAS = Regex(r"\b(?:for|with|help\w*|serv\w+|advis\w+|für|mit|berät|beraten)\s(?:\S+\s){0,2}$")
_CONSULTS = Regex(r"\b(?:consultancy|consulting firm|boutique|agency|beratung|beratungshaus|beratungsfirma|agentur)\b")
_WE = Regex(r"\b(?:we|our|us|wir|uns|unser\w*)\b")
_NAMELESS = Regex(r"(?:an? |\d)")  # `a 12 person agency`, not `we're one`
# After the name of a CRM: somebody else's, a thing beside it, or the vendor itself.
_NO_CRM = Regex(r"(?:'s\b|[\s-](?:integrations?|partners?|agenc\w+|app|connector|plugin|consultanc\w+|consultants?|implementations?|marketplace|prm|solutions|certifi\w+|ecosystem|alliances?|partnerships?)\b)")
_THEIR_CRM = Regex(r"(?:partner's|partners'|their|his|her|customer's|customers'|from|leaving|off|partner) (?:crm )?$")
# A level somebody only thinks or is told of is no statement of it, and a budget for an event none for tools.
_OPINION = Regex(r"\b(?:think|thinks|believe|believes|say|says|said|claims?|guess|reckon|feel)\b|[\"']$")
_OF_A_TEAM = Regex(r"\b(?:partner ?-?team|mdf|events?|kampagnen?|campaigns?|headcount|gehälter|salaries)\b")  # for whose whole work a budget is, of which a tool is a part at most
_OTHER_BUDGET = Regex(r"\bbudget (?:is |of )?for (?!(?:an? |the |our |any )?(?:partner )?(?:tool|software|prm|portal|platform|crossbeam|it\b))")
_SOME = Regex(r"\b(?:maybe|perhaps|vielleicht|peut-être)\s(?:about |around |etwa |rund )?(?:\d|a |an |one|two|three|half|some|most|ein|zwei|drei|die hälfte|einige|un |deux|trois)")
_WEIGHED_IF = Regex(r"\b(?:worth|sense|enough|right)\b.*\b(?:if|when|where|given that)\b")  # told in the question that weighs it
_GUESSED = Regex(
    r"\b(?:hop(?:e|es|ed|ing)|guess\w*|assum\w*|suppos\w*|presum\w*|suspect\w*|expect\w*|bet|think|believe|might|may|could|should|would|probably|surely|certainly|likely|perhaps|maybe|possibly|apparently|supposedly"
    r"|hoff\w*|vermut\w*|nehmen? an|glaub\w*|schätz\w*|denk\w*|könnten?|dürften?|müssten?|sollten?|würden?|wahrscheinlich|sicher|bestimmt|wohl|vielleicht|eventuell|womöglich|vermutlich|angeblich|hätten?)\b"
)
_UNPROVEN = Regex(r"\b(?:(?:i|we) (?:guess|think|suppose|assume|believe|hope)|(?:glaube|denke|vermute|schätze) ich|nehme ich an|hoffentlich|hopefully|(?:was|were|been) told|hears? that|heard that|rumou?r has it|according to|laut|(?:have not|haven't|never|not|didn't|did not|yet to) (?:yet |really |ever |actually )?(?:ask|asked|check|checked|verif\w+|confirm\w*)|no (?:proof|evidence|data)|(?:nicht|nie|noch nicht) (?:gefragt|geprüft|nachgefragt|bestätigt))\b")
_TOLD_BY = Regex(r"\b(?:reps?|aws|azure|microsoft|google|amazon|vendors?|account managers?|consultants?|somebody|someone|he|she|they|partners?|vertriebler|anbieter|er|sie|jemand) (?:at \w+ |bei \w+ |von \w+ )?(?:says?|said|claims?|claimed|tells? (?:us|me)|told (?:us|me)|thinks?|reckons?|promises?|promised|swears?|insists?|behaupte[tn]|sag(?:t|en|te)|mein(?:t|en|te)|verspricht|glaubt)\b")
_RIVALS = Regex(r"\b(?:competitors?|rivals?|competition|wettbewerbers?|konkurrenten|konkurrenz|mitbewerbers?)\b")
_SUPPOSED = Regex(r"\b(?:if|unless|whether|where|once|wenn|falls|ob)\b")
_SELLS = Regex(r"(?:sell|mak|build|produc|manufactur|verkauf|bau|stell|vend|fabriqu)")
_NAMES = {"hubspot": "HubSpot", "salesforce": "Salesforce", "pipedrive": "Pipedrive", "sfdc": "Salesforce"}
_ALONE = Regex("|".join(_NAMES))
_ANY = ("wish", "question")
_OTHERS_LEAD = 48  # characters in which it stands that somebody else is that
_LEADS = 30  # characters between a wish and the market that it leads to


def find(message: Message, reads: Sequence[Read]) -> Iterator[Found]:
    """Every such fact, one a field."""
    yield from _problems(message)
    yield from _expansion(message)
    yield from _compliance(message)
    yield from _business(message)
    yield from _crm(message)
    yield from _first(message, "setting", "implementation_heavy", "implementation_heavy", lambda key: key == "yes", even=("question",))
    yield from _committed(message)
    yield from _maturity(message)
    yield from _region(message)
    yield from _budget(message, reads)


def euro_place(message: Message) -> bool:
    """Whether a country or city that pays in euro is named as the client's."""
    return any(message.states(hit.start, even=("question", "wish")) and _seated(message, hit) for hit in lexicon("place", "euro").find(message.text))


def _expansion(message: Message) -> Iterator[Found]:
    """The market that the client moves into: said so, or wanted in a sentence that tells what it lacks there."""
    told = list(_first(message, "place", "expansion", "expansion", Expansion, even=_ANY))
    yield from told or _wanted(message)


def _wanted(message: Message) -> Iterator[Found]:
    """`Want Poland next year, no local reps`: a market that a wish leads to, and what is missing there, in one sentence."""
    if not lexicon("place", "gap").find(message.text):
        return
    for first, last in message.sentences():
        words = message.text[first:last]
        gap = lexicon("place", "gap").first(words)
        hits = [hit for hit in lexicon("place", "named").longest(words) if _aimed_at(words, hit) and message.states(first + hit.start, even=_ANY)] if gap else []
        if gap and hits:
            yield Found("expansion", Expansion(hits[0].key), first + min(hits[0].start, gap.start), first + max(hits[0].end, gap.end), "inferred")
            return


def _aimed_at(words: str, market: Hit[str]) -> bool:
    """Whether a wish leads to a market, `want to sell to hospitals`, or what follows it right away says so, `Spain next`."""
    before = any(0 <= market.start - hit.end <= _LEADS for hit in lexicon("place", "aimed").find(words))
    return before or any(0 <= hit.start - market.end <= 1 for hit in lexicon("place", "aimed_after").find(words))


def _first(
    message: Message, name: str, section: str, field: str, value: Callable[[str], Any], *, even: Iterable[str] = (), refused: Sequence[str] = ()
) -> Iterator[Found]:
    hits = _all(message, name, section, even)
    if hits and hits[0].key not in refused:
        yield Found(field, value(hits[0].key), hits[0].start, hits[0].end)


def _all(message: Message, name: str, section: str, even: Iterable[str], *, sure: Callable[[Message, Hit[str]], bool] = lambda message, hit: False) -> list[Hit[str]]:
    hits = [hit for hit in lexicon(name, section).longest(message.text) if message.states(hit.start, even=even) and (sure(message, hit) or not message.meant_as("unsure", hit.start))]
    return [hit for hit in hits if not message.negated(hit.start, 18) or hit.key in {"none", "no"}]


def _committed(message: Message) -> Iterator[Found]:
    """Whether buyers hold committed cloud spend: said of them, or by what they ask for."""
    hits = _all(message, "setting", "committed_spend", (*_ANY, "assumed", "foreign"), sure=_some)
    told = [hit for hit in hits if not _RIVALS.search(message.text, message.clause_at(hit.start).start, hit.end) and (hit.key == "wanted" or not (_only_supposed(message, hit) or _only_guessed(message, hit)))]
    asked = [hit for hit in told if hit.key == "wanted"]
    held = [hit for hit in told if hit.key != "wanted"]
    refused = [hit for hit in held if hit.key == "no"]
    for hit in [*refused, *held, *asked][:1]:
        yield Found("committed_spend", hit.key != "no", hit.start, hit.end, "inferred" if hit.key == "wanted" else "stated")


def _some(message: Message, hit: Hit[str]) -> bool:
    """Whether only how many is unsure: `maybe a third of our buyers`."""
    return _SOME.search(message.text, message.clause_at(hit.start).start, hit.end) is not None


def _only_supposed(message: Message, hit: Hit[str]) -> bool:
    """Whether the words are a condition, or stand in the very clause that asks."""
    clause = message.clause_at(hit.start)
    if _WEIGHED_IF.search(message.text, clause.start, hit.start) is not None and _some(message, hit):
        return False
    asks = message.text[clause.start : clause.end + 1].rstrip().endswith("?")
    return hit.key == "yes" and (asks or _SUPPOSED.search(message.text, clause.start, hit.start) is not None)


def _only_guessed(message: Message, hit: Hit[str]) -> bool:
    """Whether nobody knows it of the buyers: it is hoped or guessed, nobody asked them, or a vendor says so."""
    first, last = message.sentence_at(hit.start)
    clause = message.clause_at(hit.start)
    unsure = _GUESSED.search(message.text, clause.start, hit.end) is not None and not _some(message, hit)
    return unsure or _TOLD_BY.search(message.text, first, hit.start) is not None or _UNPROVEN.search(message.text, first, last) is not None


def _crm(message: Message) -> Iterator[Found]:
    """The CRM said to be used, or one that stands alone as an item of a list: `14M ARR, hubspot`."""
    hits = [hit for hit in _all(message, "setting", "crm", ("question",)) if not _NO_CRM.match(message.text, hit.end) and (" to " in message.text[hit.start : hit.end] or not _THEIR_CRM.search(message.text, max(0, hit.start - 18), hit.start))]
    if hits:
        if hits[0].key != "none":
            yield Found("crm", hits[0].key, hits[0].start, hits[0].end)
        return
    for clause in message.clauses:
        alone = _ALONE.fullmatch(message.text[clause.start : clause.end].strip(" .,;()\n"))
        if alone and not clause.asks:
            yield Found("crm", _NAMES[alone[0]], clause.start, clause.end, "inferred")
            return


def _compliance(message: Message) -> Iterator[Found]:
    """Data that must stay in the EU says more than GDPR, which holds there anyway."""
    found = list(_all(message, "place", "compliance", ("question", "wish")))
    residency = [hit for hit in found if hit.key == Compliance.EU_RESIDENCY]
    if found:
        best = (residency or found)[0]
        yield Found("compliance", Compliance(best.key), best.start, best.end)


def _problems(message: Message) -> Iterator[Found]:
    seen: set[str] = set()
    hits = (hit for hit in lexicon("problems").longest(message.text) if message.states(hit.start, even=_ANY))
    for hit in hits:
        lead = message.text[max(0, hit.start - 14) : hit.start]
        if hit.key not in seen and not (message.negated(hit.start, 14) and "not only" not in lead):
            seen.add(hit.key)
            yield Found("problems", Problem(hit.key), hit.start, hit.end)


def _business(message: Message) -> Iterator[Found]:
    """A consultancy or another trade wins over the word SaaS, which a consultancy uses of its clients too."""
    hits = [hit for hit in lexicon("setting", "business").find(message.text) if message.states(hit.start, even=("question", "wish")) and not message.negated(hit.start, 12) and not message.text[: hit.start].endswith(" over ")]
    hits = [hit for hit in hits if not _of_somebody_else(message, hit) and not (hit.key == "other" and _SELLS.match(message.text, hit.start) and _of_software(message, hit))]
    weights = ["consultancy", "other", "b2b_saas"]
    if hits:
        best = min(hits, key=lambda hit: (weights.index(hit.key), hit.start))
        if best.key == "b2b_saas" and message.text[max(0, best.start - 4) : best.start].endswith("b2c "):
            return
        yield Found("business", Business(best.key), best.start, best.end)
    else:
        yield from _trade(message)


def _of_somebody_else(message: Message, hit: Hit[str]) -> bool:
    """Whether a trade is that of a partner, of somebody quoted, or of whoever asks on behalf of a client."""
    text = message.text
    if _THEIRS.search(text, max(0, hit.start - _OTHERS_LEAD), hit.start) or _QUOTED.match(text, hit.end) or (_NAMELESS.match(text, hit.start) and _ASKING.match(text, hit.end)):
        return True
    return hit.key == "consultancy" and (_FOR_CLIENT.search(text) is not None or _hired(text, hit))


def _hired(text: str, hit: Hit[str]) -> bool:
    """Whether an agency or consultancy of ours is one that works for us: `Our agency runs the ads`, `3M ARR, SaaS. Our consultancy ...`."""
    if not _HIRED.match(text, hit.start):
        return False
    software = _OWN_SOFTWARE.search(text)
    sold = software is not None and _RECURRING.search(text) is not None and _HELPS_SAAS.search(text, 0, software.start()) is None
    return sold or _SERVES.match(text, hit.end) is not None


def _trade(message: Message) -> Iterator[Found]:
    """Goods that are made or sold, or a trade by its name; none where the sentence speaks of software or recurring revenue."""
    hits = [hit for hit in lexicon("setting", "trade").find(message.text) if hit.key == "goods" and message.states(hit.start, even=("question", "wish")) and not message.negated(hit.start, 12)]
    for hit in sorted(hits, key=lambda hit: hit.start):
        if not _of_software(message, hit):
            yield Found("business", Business.CONSULTANCY if _no_vendor(message, hit) else Business.OTHER, hit.start, hit.end)
            return


def _no_vendor(message: Message, hit: Hit[str]) -> bool:
    """Whether it is a consultancy that is said to be no vendor of software, by one who speaks of nobody's firm but that one."""
    first, _ = message.sentence_at(hit.start)
    denied = message.text.startswith(("no", "kein"), hit.start)
    return denied and _CONSULTS.search(message.text, first, hit.start) is not None and _WE.search(message.text, first, hit.start) is None


def _of_software(message: Message, hit: Hit[str]) -> bool:
    """Whether the sentence of some goods speaks of software besides: `we sell food delivery software`."""
    first, last = message.sentence_at(hit.start)
    marks = [first + mark.start for mark in lexicon("setting", "trade").find(message.text[first:last]) if mark.key == "software"]
    return any(not hit.start <= place < hit.end and not message.negated(place, 14) for place in marks)


def _maturity(message: Message) -> Iterator[Found]:
    for hit in sorted(lexicon("setting", "maturity").find(message.text), key=lambda hit: hit.start):
        lead = message.text[max(0, hit.start - 30) : hit.start]
        level = count_of(hit.value or "0")
        if 1 <= level <= 4 and message.states(hit.start) and "integration" not in lead and "operator" not in lead and not _OPINION.search(lead):
            yield Found("maturity", level, hit.start, hit.end)
            return


def _region(message: Message) -> Iterator[Found]:
    rules = [(hit.start, hit.end) for hit in lexicon("place", "compliance").find(message.text)]  # `hosted in Germany` is no seat
    for hit in sorted(lexicon("place", "region").find(message.text), key=lambda hit: hit.start):
        if any(start <= hit.start < end for start, end in rules):
            continue
        if message.states(hit.start, even=("question",)) and _seated(message, hit):
            yield Found("region", hit.key, hit.start, hit.end)
            return


def _seated(message: Message, hit: Hit[str]) -> bool:
    """Whether the words around a place say that the client sits there, rather than wants to go there."""
    clause = message.clause_at(hit.start)
    whole = message.text[clause.start : clause.end]
    if lexicon("place", "expansion").first(whole) is not None or "partner" in message.text[hit.end : hit.end + 12] or "reseller" in message.text[hit.end : hit.end + 12]:
        return False
    if re.search(r"\b(?:partners?|resellers?|agency|agencies|reseller|consultants?|vars?|msps?|customers?|competitors?)\s(?:in|from)\s(?:the )?$", message.text[clause.start : hit.start]):
        return False
    if re.search(r"\b(?:partners?|resellers?|distributors?|competitors?|vendors?)\s(?:sits|is|are|based)\s(?:based )?in\s(?:the )?$", message.text[clause.start : hit.start]):
        return False
    before, after = message.text[max(clause.start, hit.start - 44) : hit.start].rstrip(), message.text[hit.end : clause.end].lstrip(" -")
    seat = lexicon("place", "seat")
    if any(found.key == "after" and found.start <= 1 for found in seat.find(after[:24])):
        return True
    if any(found.key == "before" and len(before) - found.end <= 1 for found in seat.find(before)):
        return True
    return len(whole.split()) <= 2


def _budget(message: Message, reads: Sequence[Read]) -> Iterator[Found]:
    for read in reads:
        if read.role == "budget" and not _OTHER_BUDGET.search(message.text, read.start, read.end + 30) and not _OF_A_TEAM.search(message.text, *message.sentence_at(read.start)) and message.states(read.amount.start, even=_ANY):
            yield Found("tool_budget", Money.of(read.yearly, read.amount.currency), read.start, read.end, "inferred" if read.unit == "month" else "stated")
            return
    hit = lexicon("setting", "tool_budget").first(message.text)
    if hit is not None and message.states(hit.start, even=("question",)):
        yield Found("tool_budget", Money.of(0, None), hit.start, hit.end)
