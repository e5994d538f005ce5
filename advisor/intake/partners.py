"""How many partners are signed, active by the client's own word, and connected for account mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.domain.regex import Regex
from advisor.intake import activity
from advisor.intake.found import Found
from advisor.intake.message import Message, unquoted
from advisor.intake.patterns import Hit, count_of, lexicon, number_words
from advisor.intake.tables import heard


_OF_PARTNERS = Regex(r"[\s-](?:sourced|deals?|leads?|referrals?|revenue|brought|closed|sent|delivered|won|has|is|was|produced|programme|program|manager|tool)\b")
_PEOPLE = Regex(r"\s(?:people|persons?|ftes?|heads|employees|full[ -]time|half[ -](?:time|day)|colleagues|managers?|team|levels|tiers|types|years?|months?|weeks?|days?)\b")
_PARTNER_DE = Regex(
    r"(?<![\w.,])(?<!tier )(?<!level )(\d{1,3}|[a-zäöüß]{3,20}) (?:partner|vertriebspartner)(?![-\w])"
    r"(?!\s(?:deals?|leads?|managers?|people|persons?|staff|folks|programm?e?|programs?|meetings?|portals?|calls?|types?|tiers?|accounts?|companies|agreements?|win|sourced|pipeline|revenue|contracts?|led|a|an|the|who|that|with|is|has|in a)\b)"
)
_BESIDE = 40
_BEHIND = 40
_REMARK = 40  # characters of a sentence that only goes on about the one before: `No agreements.`
_FEW = 3  # partners of whom a story is told
_ASKED_FROM = 300  # characters before a count within which its reason is asked
_LISTED = Regex(r"\s?(?:,|and|und|et|&|\+)\s(?:a |an )?")
_NUMBERED = Regex(r"\w*\d\s?$")
_PARTNER = Regex(r"(?=\d)(?<![\w.,])(?<!tier )(?<!level )(\d{1,3}) partner(?=\s*(?:[.,;!?)](?!\d)|$))")
_WE_HAVE = Regex(r"\b(?:we|i)(?: have|'ve| got)(?: got| only| just| about)?\s(\w+)(?=(?: now| today| left)?\s*(?:[.,;!?)](?!\d)|$))")
_THEM = Regex(r"\b(?:partners|resellers|agencies|consultancies|integrators), (\w+) of them(?=\s*(?:[.,;)](?!\d)|$))")
_RECRUITED = Regex(r"\bwe(?: have|'ve)? (?:recruited|onboarded|signed)(?: up)? (\w+)(?=\s*(?:[,.;)](?!\d)|$))")
_NOUN = Regex(r"\b(?:partners?|partnern|resellers|agencies|consultancies|partenaires|revendeurs|systemhäuser)\b")
_LEFT = Regex(r"\b(?:now|down to|left with|jetzt|inzwischen|es|en reste|nous reste|reste) (?:only |just |sind es |noch |nur |nur noch |plus que )*(\w+)(?=\s*(?:[.,;!?)](?!\d)|$|left\b))")
_WHOLE = Regex(r"\b(?:of|von|sur) (?:our |the |my |their |unseren |den |nos |les )?(\w+)")
_PAST = Regex(r"\b(?:ago|last year|back then|used to|letztes jahr|vor (?:einem|zwei|drei|vier|fünf|\d) (?:halben )?(?:jahr|jahren|monat|monaten|quartal|quartalen))\b[^.;]{0,12}?\b(?:we had|had|have|hatten wir|hatten|waren es|waren wir|it was|there were)\s?(?:only |just |about |over |around |nur |rund |noch |erst )*$")
_FROM = Regex(r"\bfrom \S+ to ")  # where somebody starts is how many there are, whatever is wished for
_PERCENT = Regex(r"\w+\s?(?:%|percent\b|per cent\b|pct\b|prozent\b|pour cent\b)")
_OWNED = Regex(
    r"\b(?:have|has|got|our|with|only|just|we're at|signed|the|my|of|haben|haben wir|hat|unsere|unseren|unserer)\s?"
    r"(?:only |just |about |already |around |some |our |these |those |all |now |derzeit |aktuell |nur |schon |bereits |etwa |rund |knapp |gut |gerade |mal |einmal )*$"
)
# In a question German owns by what stands at the number: `mit fünf Partnern unter Vertrag`.
_OWNED_DE = Regex(r"\b(?:mit|bei|von|aus|an|der|die|den|als|und|sowie)\s?(?:nur |gerade |mal |einmal |etwa |rund |knapp |gut |erst |schon |bereits |derzeit |aktuell |insgesamt |den |unseren )*$")
_BOUND = Regex(r"\bsigned\b|\bcontracted\b|vertrag|verträge|unterschrieb|unterzeich|signiert|gezeichnet|gebunden|verpflichtet")
_WHY = Regex(r"\b(?:why|how come|warum|wieso|weshalb|woran|pourquoi)\b")
_FRACTION = Regex(r"\b(?:half|third|quarter|fifth|hälfte|drittel|viertel|fünftel|moitié|tiers|quart|cinquième)s? (?:of|der|unserer|meiner|von|de)(?: our| the| my| unseren| den| nos| mes| ces)? $")

_ABOUT = Regex(r"\s(?:about|on|over|for|regarding|zu|über|wegen|zur|zum)\b")  # `no agreement about the data` is another one than that of a partner
_BETWEEN = Regex(r"\b(?:between \S+ and|zwischen \S+ und)$")
_A_PARTNERS = Regex(r"\b(?:partner|reseller|agency|consultancy|integrator|distributor|systemhaus|agentur|vendor|competitor) (?!manager|team|lead|head|director|person|programm|side)(?:[\w.&-]+ )?(?:has|hat|with|mit)(?: about| over| rund| etwa)?$")  # `our partner Foo has 300 partners`
_LABELLED = Regex(r"(?<![\w-])partner\s?[:=]\s?(\d{1,3})(?=\s*(?:[.,;)\n](?!\d)|$))")
_HAD = Regex(
    r"\b(?:had|hatten(?: wir)?|waren(?: es)?) (\w+) (?:\w+ )?(?:partners?|partnern|resellers|agencies|vars|msps|reseller|agenturen|systemhäuser),? (?:and |but |of which |of whom |und |aber |davon )?(?:haben |sind )?(\w+) (?:of them |of those |davon )?"
    r"(?P<gone>(?:have |has |haben |sind |hat )?(?:left (?:us|again|since|the programme|the program|for|already)|quit|resigned|cancell?ed|terminated|churned|walked away|dropped out|uns verlassen|gekündigt|abgesprungen|weg|ausgestiegen|gegangen)\b|left\b)"
)

_ALL = Regex(r", (?:all|alle)\b")
_THE_OTHER = Regex(r"\b(?:the other|the second|the rival|der andere|die andere|der zweite|l'autre)\b")


def find(message: Message) -> Iterator[Found]:
    """Every count that is stated; several kinds of partners add up to the signed ones where no total is given."""
    mapped = [hit for hit in _counts(message, "mapped", "some") if not _fraction(message, hit)]
    active = [hit for hit in [*_counts(message, "active", "out_of"), *_counts(message, "active", "some")] if not _overlap(hit, mapped) and not _fraction(message, hit) and not _one_of_two(message, hit)]
    signed = list(_signed(message, active, mapped))
    left = _left(message)
    yield from left or (_total(signed) if signed else _nothing(message, "signed"))
    yield from activity.find(message, signed[0] if len(signed) == 1 else None, active[0] if active else None)
    for name, hits in (("active", active), ("mapped", mapped)):
        if hits:
            yield Found(f"partners.{name}", count_of(hits[0].value or "0"), hits[0].start, hits[0].end)
        else:
            yield from _nothing(message, name)


def _signed(message: Message, active: list[Hit[str]], mapped: list[Hit[str]]) -> Iterator[Hit[str]]:
    """The signed partners: one total, else one hit for each kind, else a count that leaves its noun out."""
    taken = [*(hit for hit in mapped if not _ALL.search(message.text, hit.start, hit.end)), *(hit for hit in active if hit.key == "out_of" and _names_the_part(message, hit))]
    kinds = [hit for hit in _counts(message, "signed", "kinds") if not _overlap(hit, taken) and not _informal(message, hit)]
    parts = {hit.start: hit.end for hit in kinds}
    total = [hit for hit in _counts(message, "signed", "total") if not _overlap(hit, taken) and not _is_active(message, hit, active) and not _informal(message, hit) and parts.get(hit.start, 0) <= hit.end]
    kinds = [] if _uncounted(message, kinds) else _by_noun(message, kinds)
    unnamed = [hit for hit in _unnamed(message) if not _overlap(hit, taken) and not _informal(message, hit)]
    yield from total[:1] or kinds or [*_wholes(message, active), *_wholes(message, mapped), *unnamed][:1]


def _left(message: Message) -> list[Found]:
    """Those who remain of a number there was, `we had 14 partners, 11 left us`; none where it is open whether the second number left or is left."""
    for match in _HAD.finditer(message.text):
        had, gone = (count_of(match[group]) if match[group].isdigit() or match[group] in number_words() else 0 for group in (1, 2))
        if had > gone > 0 and match["gone"] != "left" and message.states(match.start()):
            return [Found("partners.signed", had - gone, match.start(), match.end(), "inferred")]
    return []


def _informal(message: Message, hit: Hit[str]) -> bool:
    """Whether the sentence of a count, or a remark right behind it, says that nothing was agreed: `4 agencies refer to us informally`."""
    _, last = message.sentence_at(hit.start)
    _, end = message.sentence_at(last) if last < len(message.text) else (last, last)
    words = message.text[hit.start : last if end - last > _REMARK else end]
    remark = lexicon("partners", "informal").first(words)
    return remark is not None and not _ABOUT.match(words, remark.end) and not _BOUND.search(message.text, hit.start, hit.end + len(" signed"))


def _fraction(message: Message, hit: Hit[str]) -> bool:
    """Whether a number is the whole of which only a part is active: `a third of our 30 partners is active`."""
    return _FRACTION.search(message.text, max(0, hit.start - 40), hit.start) is not None


def _one_of_two(message: Message, hit: Hit[str]) -> bool:
    """Whether `one` tells a partner from another one and counts nothing: `one registered, the other has known the buyer for years`."""
    return count_of(hit.value or "0") == 1 and _THE_OTHER.search(message.text, hit.end, message.sentence_at(hit.start)[1]) is not None


def _uncounted(message: Message, kinds: list[Hit[str]]) -> bool:
    """Whether another kind of partner is named without a number right beside those that are counted: `VARs and two MSPs`."""
    for hit in kinds[:1]:
        first, _ = message.sentence_at(hit.start)
        before = message.text[max(first, hit.start - _BESIDE) : hit.start]
        if any(_LISTED.fullmatch(before, found.end) and not _NUMBERED.search(before[: found.start]) for found in lexicon("partners", "uncounted").find(before)):
            return True
    return False


def _total(signed: list[Hit[str]]) -> Iterator[Found]:
    """The signed partners as one number, inferred where it was added up or its noun was left out."""
    plain = len(signed) == 1 and signed[0].key != "unnamed"
    yield Found("partners.signed", sum(count_of(hit.value or "0") for hit in signed), signed[0].start, signed[-1].end, "stated" if plain else "inferred")


def _names_the_part(message: Message, hit: Hit[str]) -> bool:
    """Whether the noun stands with the active ones, `3 partners out of 17`, so that their number is not that of all."""
    return message.text[hit.start : hit.end].split()[1:2] != ["of"]


def _counts(message: Message, section: str, part: str) -> list[Hit[str]]:
    hits = [hit for hit in lexicon("partners", section).find(unquoted(message.text)) if hit.key == part and hit.value and _holds(message, hit) and not (section == "signed" and _acting(message, hit))]
    kept: list[Hit[str]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _acting(message: Message, hit: Hit[str]) -> bool:
    """Whether it is told what a few partners do, `two resellers registered the same account`, and not how many there are."""
    few = count_of(hit.value or "0") <= _FEW and not _OWNED.search(message.text, max(0, hit.start - 24), hit.start)
    return few and any(found.start - hit.end <= 1 for found in lexicon("partners", "acting").within(message.text, hit.end, min(len(message.text), hit.end + 40)))


def _wholes(message: Message, parts: list[Hit[str]]) -> Iterator[Hit[str]]:
    """The signed partners named only as the whole of the active or mapped ones: `1 partner out of 12 is producing`."""
    for hit in parts:
        match = _WHOLE.search(message.text, hit.start, hit.end)
        if match and (match[1].isdigit() or match[1] in number_words()):
            yield Hit("unnamed", match.start(1), match.end(1), match[1])


def _unnamed(message: Message) -> Iterator[Hit[str]]:
    """A count whose noun was said before, `their 200 partners; we have 9`, or stands in German: `6 Partner`."""
    for pattern in (_PARTNER_DE if "de" in heard() else _PARTNER, _LABELLED, _LEFT, _THEM, _RECRUITED, _WE_HAVE):
        for match in pattern.finditer(message.text):
            number = match[1]
            named = pattern not in {_WE_HAVE, _LEFT} or _NOUN.search(message.text, max(0, match.start() - 90), match.start()) is not None
            counts = (number.isdigit() or number in number_words()) and (pattern is not _PARTNER_DE or not _shut(message, match.start()))
            hit = Hit("total" if pattern in {_PARTNER_DE, _PARTNER, _LABELLED} else "unnamed", match.start(), match.end(), number)
            past = _PAST.search(message.text, max(0, hit.start - _BESIDE), hit.start) is not None
            meant_else = pattern is _PARTNER_DE and (_shut_after(message, hit) or _of_a_partner(message, hit)) or _there_was(message, hit) or _BETWEEN.search(message.text[max(0, hit.start - _BESIDE) : hit.start].rstrip()) is not None
            if named and counts and not past and not meant_else and message.states(match.start()) and not _acting(message, hit):
                yield hit


def _holds(message: Message, hit: Hit[str]) -> bool:
    clause = message.clause_at(hit.start)
    lead = message.text[max(clause.start, hit.start - 24) : hit.start].rstrip(" ~(")
    if hit.value in {"no", "a dozen of"} or count_of(hit.value or "0") > 100_000:
        return False
    if _PEOPLE.match(message.text, hit.end) or _PERCENT.match(message.text, _number_at(message, hit)):
        return False
    if _PAST.search(message.text, max(0, hit.start - _BESIDE), hit.start):
        return False
    if _FROM.search(message.text, hit.start, hit.end):
        return message.states(hit.start, even=("wish", "question"))
    if clause.asks and lead.strip() in {"is", "are", "would", "do", "does"}:  # `is 50 partners too many`
        return False
    if re.match(r"partners\s(?:is|are|at|of|about)\s", message.text[hit.start : hit.end]):  # `win rate with partners is 41`
        return False
    if hit.key in {"total", "kinds"} and _subset(message, hit, lead):
        return False
    if _shut_after(message, hit) or _of_a_partner(message, hit) or _BETWEEN.search(lead) or _there_was(message, hit):
        return False
    if re.search(r"(?:\d\s?[-/]|\d[.,]|\bor|\bto)$", lead) or message.text[hit.end : hit.end + 1] == "-":
        return False
    if _shut(message, hit.start):
        return False
    return message.states(hit.start, even=_harmless(message, hit, lead))


def _harmless(message: Message, hit: Hit[str], lead: str) -> set[str]:
    """The zones in which a count still says how things are: owned in a question, asked the reason of, or set as the case, `if only nine of them are active`."""
    bound = _BOUND.search(message.text, hit.start, hit.end) is not None and _OWNED_DE.search(lead + " ") is not None
    first, _ = message.sentence_at(hit.start)
    given = hit.key in {"some", "out_of"} and re.search(r"\b(?:if|when|wenn)(?: only| just| nur| gerade mal| erst)?$|\b(?:nur|only)$", lead) is not None
    even = {"question"} if bound or _OWNED.search(lead + " ") or _WHY.search(message.text, max(first, hit.start - _ASKED_FROM), hit.start) else set()
    return even | {"question", "assumed"} if given else even


def _number_at(message: Message, hit: Hit[str]) -> int:
    """Where the number of a hit stands."""
    return max(hit.start, message.text.find(hit.value or "", hit.start, hit.end))


def _shut(message: Message, place: int) -> bool:
    """Whether the words right before a number say that these partners are meant for later, or are somebody else's."""
    first = max(message.clause_at(place).start, place - 24)
    last = first + len(message.text[first:place].rstrip(" ~("))
    return any(last - found.end <= 1 for found in lexicon("partners", "shut").within(message.text, first, last))


def _shut_after(message: Message, hit: Hit[str]) -> bool:
    """Whether the words right behind a count say that these partners are wished for, only answered, or belong to somebody else."""
    return any(found.start - hit.end <= 1 for found in lexicon("partners", "shut_after").within(message.text, hit.end, min(len(message.text), hit.end + _BEHIND)))


def _there_was(message: Message, hit: Hit[str]) -> bool:
    """Whether a count is of those there were, of whom some left."""
    return any(match.start() <= hit.start < match.end() for match in _HAD.finditer(message.text, max(0, hit.start - _BESIDE)))


def _of_a_partner(message: Message, hit: Hit[str]) -> bool:
    """Whether a count is what one partner has: `our partner Foo has 300 partners`."""
    return _A_PARTNERS.search(message.text[max(message.clause_at(hit.start).start, hit.start - _BESIDE) : _number_at(message, hit)].rstrip()) is not None


def _subset(message: Message, hit: Hit[str], lead: str) -> bool:
    """Whether the words go on to say what these few did, `two partners claimed the same deal`, and nobody owns them all."""
    after = message.text[hit.end : hit.end + 14].lstrip()
    said = any(found.start == 0 for found in lexicon("partners", "subset").find(after))
    return said and not re.search(r"\b(?:we|i|they|client)(?: have|'ve| has| got)(?: got| signed| only)?$|\b(?:our|signed)$", lead)


def _overlap(hit: Hit[str], others: list[Hit[str]]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def _is_active(message: Message, hit: Hit[str], active: list[Hit[str]]) -> bool:
    """Whether the same number was already read as the active ones: `6 active partners`."""
    return any(other.start == hit.start and "active" in message.text[other.start : other.end][: hit.end - hit.start + 8] for other in active if other.start == hit.start)


def _by_noun(message: Message, hits: list[Hit[str]]) -> list[Hit[str]]:
    nouns: dict[str, Hit[str]] = {}
    for hit in hits:
        nouns.setdefault(message.text[hit.start : hit.end].split()[-2 if message.text[: hit.end].endswith("partners") else -1], hit)
    first = next(iter(nouns.values()), None)
    return [hit for hit in nouns.values() if first and message.clause_at(hit.start).sentence == message.clause_at(first.start).sentence]


def _nothing(message: Message, section: str) -> Iterator[Found]:
    hits = [hit for hit in lexicon("partners", section).find(message.text) if hit.key == "nothing" and message.states(hit.start, even={"question"} if section == "signed" else ()) and not _OF_PARTNERS.match(message.text, hit.end)]
    if hits:
        hit = min(hits, key=lambda hit: hit.start)
        yield Found(f"partners.{section}", 0, hit.start, hit.end)
