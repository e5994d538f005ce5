"""Cuts a text into sentences and clauses, and marks questions, wishes, assumptions and other people's affairs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from advisor.domain.regex import Regex
from advisor.intake import material
from advisor.intake.patterns import Hit, lexicon

_BREAK = re.compile(
    r"(?=[.!?\n;()|\u2014,:\s])(?:"  # with what a break begins: all other places are passed over
    r"(?P<sentence>[.!?]+(?=[\s\"')\]*]|$)|(?<=\w)[!?]+(?=[^\W\d_]{2})|\n+)"
    r"|(?P<clause>[;()|\u2014]|,(?!\d)|\s-{1,2}\s|:(?=\s)|\s(?:(?<!anything\s)but|while|whereas|because|although|though|(?<!\sis\snot\s)(?<!\sare\snot\s)(?<!\sdo\snot\s)(?<!\sdoes\snot\s)(?<!n't\s)yet"
    r"|aber|während|weil|obwohl|sondern|jedoch|allerdings|denn|mais|tandis que|alors que|parce qu'?e?|car(?=\s(?:on|nous|la|le|les|il|notre|nos)\b)|donc"
    r"|und(?=\s(?:wir|unser|unsere|ich|die|der|das|es|er|sie|niemand|keiner|kein|keine|was|wie|wer|welche|sollen|sollten|haben|sind)\b)"
    r"|et(?=\s(?:nous|on|notre|nos|je|il|elle|ils|le|la|les|personne|aucun|aucune|pas|quel|quelle|comment|combien)\b)"
    r"|and(?=\s(?:we|we're|our|i|what|how|who|which|should|is|are|do|does|can|they|he|she|it|the|no|not|nobody)\b)"
    r"|so(?=\s(?:we|i|what|how|should)\b))(?=\s)))"
)
_SHORT = frozenset([
    "e.g", "i.e", "approx", "ca", "mio", "mrd", "mill", "bzw", "z.b", "vs", "incl", "inc", "nr", "p.a", "u.s", "mr", "ms", "mrs", "dr",
    "tsd", "zzt", "inkl", "zzgl", "rd", "evtl", "ggf", "u.a", "i.d.r", "max", "min", "env", "st", "resp", "avg", "est", "sfr", "b.v", "co", "ltd", "gmbh", "d.h",
])  # fmt: skip
# A zone starts at its words and ends with the clause; these open the whole clause instead.
_WHOLE = frozenset({"question", "inversion", "foreign", "unsure", "wish_all", "hearsay"})
_MEANS = {"inversion": "question", "wish_all": "wish", "described": "assumed"}  # words that mean the same in another place
_IS = Regex(r"\b(?:we're|i'm|we are|client is|company is|wir sind|mandant ist|kunde ist|nous sommes|should|sollte|joined|took over|taken over|run|lead|advise|work (?:for|at|with)|started (?:at|with)|consulting for)\s$")  # what follows is the client
_NO_ZONES = frozenset({"own", "advised", "negation", "correction", "rival", "they", "plan", "weighed", "present", "next_step", "told_if"})
_LEADS = ("sag mir", "dites-moi", "frage", "und jetzt", "alors", "tell me", "not sure", "wondering", "i wonder", "question", "please tell", "i'd like to know", "unsure")
_SMALL = frozenset(["", "so", "and", "but", "or", "then", "now", "hi", "hey", "ok", "okay", "well", "hello", "also", "anyway", "first", "second", "basically", "q", "und", "also", "oder", "hallo", "aber", "et", "alors", "donc", "bonjour", "ou"])
_SUBJECT = Regex(r"\b(?:we|they|he|she|it|i|client|company|there|this|that|which|who)$")
_OPENING = 2  # characters from the end of a sentence within which the next one opens
_LAST_WORD = re.compile(r"[\w.]{1,8}$")


class Clause(NamedTuple):
    """Characters `start` to `end`; `sentence` counts sentences, `asks` says that the sentence ends in a question mark."""

    start: int
    end: int
    sentence: int
    asks: bool = False


def split(text: str) -> tuple[Clause, ...]:
    """The clauses of a plain text, without gaps and in order; abbreviations and decimal points do not end a sentence."""
    pieces: list[tuple[int, int, int]] = []
    asking: set[int] = set()
    start = sentence = 0
    for match in _BREAK.finditer(text):
        mark = match["sentence"]
        if mark is not None and mark == "." and _abbreviates(text, match.start()):
            continue
        pieces.append((start, match.end(), sentence))
        start = match.end()
        if mark is not None:
            if "?" in mark:
                asking.add(sentence)
            sentence += 1
    pieces.append((start, len(text), sentence))
    return tuple(Clause(first, last, number, number in asking) for first, last, number in pieces)


def _abbreviates(text: str, dot: int) -> bool:
    word = _LAST_WORD.search(text, max(0, dot - 8), dot)
    if word is None:
        return False
    return word[0] in _SHORT or (word[0].isdigit() and len(word[0]) < 3 and text[: word.start()].rstrip(" ")[-1:] in {"", "\n"})


_NAME = r"([A-Z][a-zA-Z0-9&-]+)"
_NAME_AFTER = Regex(rf"[\s,:(\"-]*(?:(?:is|are|called|named|at|heißt|ist|namens|est|c'est|s'appelle) )*{_NAME}")
_NAME_BEFORE = Regex(rf"{_NAME}(?:,|\s(?:is|are|ist|est))?\s?(?:probably |still |clearly )?$")
_AGAINST = Regex(rf"\b(?:lose to|lost to|losing to|against|compete with|competing with|competes with|gegen|verlieren an|contre|face à) {_NAME}")
# Words with a capital letter that are no names.
_NO_NAMES = frozenset(["i", "we", "the", "they", "and", "but", "our", "arr", "acv", "mrr", "saas", "b2b", "crm", "eur", "usd", "mio", "wir", "die", "der", "das", "und", "aber", "sie", "nous", "on", "ils", "le", "la", "mais", "et", "partner", "so", "yes", "no", "it", "he", "she", "what", "how", "is"])
_OURS = Regex(r"\b(?:we|we're|we've|we'd|we'll|our|ours|us|wir|unser\w*|uns|nous|notre|nos)\b")
_GOES_ON = Regex(
    r"\W*(?:and |but |und |aber |et |mais )?(?:has|have|had|is|are|does|do|did|makes?|made|with|who|which|whose|that|at|runs?|sells?|got|the|hat|haben|macht|machen|ist|sind|mit|die|der|das|deren|dessen|bei|verkauft|läuft"
    r"|a|ont|est|sont|avec|qui|dont|fait|font|vend|they|sie|ils|elles)\b"
)
_QUOTED = re.compile(r"(?<!\w)([\"'])(?=\S)(?:(?!\1)[^\n]){12,200}?(?<=\S)\1(?!\w)")  # what somebody else said, in quotation marks


# What tells that the customer of a deal is meant, `Kunde hat 300 Mitarbeiter`, and not the client of one who advises.
_OWN_FIRM = Regex(r"\b(?:uns|unser\w*|wir (?:haben|hatten|machen|sind|liegen|stehen|verkaufen|bieten|wachsen))\b")
_ADVISES = Regex(r"(?:ich|wir) (?:betreue|berate|begleite)|(?:i|we) (?:advise|consult|coach|work with|support)")
_OF_A_DEAL = Regex(r"\b(?:deals?|angebot|leads?|opportunity|registrier\w*|auftrag|interessent\w*|vertriebler|(?:der|ein|dem) (?:partner|reseller|händler|integrator))\b")
_LABEL_END = Regex(r"(?:\s?\([^()]{1,24}\))?\s*(?:\b(?:is|at|of|was|ist|liegt bei|est)\b)?\s*[:=]?\s*$")  # between a label and its value
_REASON = Regex(r"\b(?:because|since|as|like|weil|da|wie|parce que|comme)\s(?:[a-z]+\s){0,2}$")  # a rival named as somebody's reason, by one who speaks of a client as `they`
_AMOUNTS = frozenset({"arr", "mrr", "revenue", "acv"})


def rival_names(raw: str, text: str, clauses: tuple[Clause, ...] = ()) -> frozenset[str]:
    """The names, in lower case, of companies that are called competitors: `our competitor Nexlio`, `Nexlio, our rival`, `we lose to Nexlio`."""
    names: set[str] = set()
    for hit in _hits(text, clauses or split(text)):
        if hit.key == "rival":
            after, before = _NAME_AFTER.match(raw, hit.end), _NAME_BEFORE.search(raw, max(0, hit.start - 40), hit.start)
            names |= {match[1].lower() for match in (after, before) if match}
    names |= {match[1].lower() for match in _AGAINST.finditer(raw)} if names else set()
    return frozenset(name for name in names if name not in _NO_NAMES)


def zones(text: str, clauses: tuple[Clause, ...], names: Collection[str] = (), *, of_others: bool = False, spoken: bool = False) -> dict[str, list[tuple[int, int]]]:
    """For each way of meaning the spans meant so, in order and without overlap; `names` are those of other companies.

    In `spoken` words a question ends in its mark, a sentence without the client goes on about whom the one before was about, and quotation marks hold what
    the speaker passes on.
    """
    starts = [clause.start for clause in clauses]
    found: dict[str, list[tuple[int, int]]] = {}
    hits = _hits(text, clauses)
    own = sorted(hit.start for hit in hits if hit.key == "own")
    advised = [hit for hit in hits if hit.key == "own" and _ADVISES.match(text, hit.start)]
    hits = tuple(hit for hit in hits if hit.key != "described" or not any(each.start <= hit.start < each.end for each in advised))  # `I advise a company with ...`
    described = [hit for hit in hits if hit.key == "described"]
    alone = len(described) == 1 and not own  # `a company with 9M ARR`, and nobody speaks of himself
    told = [hit.start for hit in hits if hit.key == "assumed" and any(each.key == "told_if" and each.start < hit.start < each.end for each in hits)]
    for hit in hits:
        if hit.key == "assumed" and hit.start in told:
            continue
        if hit.key not in _NO_ZONES and not (hit.key == "described" and (alone or _IS.search(text, 0, hit.start))):
            clause = clauses[bisect_right(starts, hit.start) - 1]
            zone = _MEANS.get(hit.key, hit.key)
            if zone == "question" and not (clause.asks if spoken else _opens(text, clause, hit)):
                continue
            start, end = _reach(hit, clause, own)
            if zone == "question":
                end = min([end, *(place for place in told if place > start)])
            found.setdefault(zone, []).append((start, _quotation(text, clauses, end) if zone == "hearsay" else end))
    found["planned"] = _planned(clauses, hits)
    found.setdefault("question", []).extend(_elliptic(text, clauses, own))
    found.setdefault("foreign", []).extend(() if spoken else (match.span() for match in _QUOTED.finditer(text) if not _labelled(text, match.start())))
    found["foreign"].extend(_of_others(text, clauses, own, names, of_others=of_others))
    found["foreign"].extend(material.tables(text))
    found["foreign"].extend(() if spoken else material.adverts(text))
    found["foreign"].extend(_carried(text, clauses, names, of_others=of_others) if spoken else ())
    return {name: _joined(spans) for name, spans in found.items()}


def _hits(text: str, clauses: tuple[Clause, ...]) -> tuple[Hit[str], ...]:
    """The words of every way of meaning; a `Kunde hat` by which one who advises speaks of his client is no other company."""
    hits = lexicon("clauses").find(text)
    told = [hit for hit in hits if hit.key == "advised"]
    if not told:
        return hits
    clients = [hit for hit in told if _advised(text, clauses, hit)]
    others = (hit for hit in hits if hit.key != "advised" and not (hit.key == "rival" and any(client.start <= hit.start < client.end for client in clients)))
    return (*others, *(Hit("own", client.start, client.end, None) for client in clients))


def _advised(text: str, clauses: tuple[Clause, ...], hit: Hit[str]) -> bool:
    """Whether a customer is the client: called `mein Kunde` in a sentence without a firm of the speaker's own, or opening a sentence of a text without one."""
    index = bisect_right(clauses, hit.start, key=lambda clause: clause.start) - 1
    first, number = _sentence_start(clauses, index), clauses[index].sentence
    if text.startswith("mein", hit.start):
        return _OWN_FIRM.search(text, first, max(clause.end for clause in clauses if clause.sentence == number)) is None
    opens = text[first : hit.start].rstrip().endswith(":") or all(text[clause.start : min(clause.end, hit.start)].strip(" ,-") in _SMALL for clause in clauses[:index + 1] if clause.sentence == number)
    return opens and _OWN_FIRM.search(text) is None and _OF_A_DEAL.search(text, 0, hit.start) is None


def _planned(clauses: tuple[Clause, ...], hits: Sequence[Hit[str]]) -> list[tuple[int, int]]:
    """What a plan or goal puts into the future: from the words that open it to the end of its sentence, and the next sentences that count on
    (`Q2 ...`, `then ...`); of a sentence that asks whether its numbers are realistic what stands before that. What is there at present ends it."""
    starts = [clause.start for clause in clauses]
    sentences: dict[int, tuple[int, int]] = {}
    for clause in clauses:
        sentences[clause.sentence] = (sentences.get(clause.sentence, (clause.start, 0))[0], clause.end)
    present = sorted(hit.start for hit in hits if hit.key == "present")
    goes_on = {hit.start for hit in hits if hit.key == "next_step"}
    spans: list[tuple[int, int]] = []
    for hit in hits:
        if hit.key not in {"plan", "weighed"}:
            continue
        number = clauses[bisect_right(starts, hit.start) - 1].sentence
        start, end = (sentences[number][0], hit.end) if hit.key == "weighed" else (hit.start, sentences[number][1])
        while hit.key == "plan" and number + 1 in sentences and any(end <= place <= end + _OPENING for place in goes_on):
            number += 1
            end = sentences[number][1]
        ends = bisect_right(present, hit.end if hit.key == "plan" else start - 1)
        spans.append((start, min(end, *present[ends : ends + 1])) if ends < len(present) else (start, end))
    return spans


def _labelled(text: str, start: int) -> bool:
    """Whether a quotation is the value of a label right before it, `ARR "just under 13 million"`: the client's own words."""
    lead = _LABEL_END.sub("", text[max(text.rfind("\n", 0, start) + 1, start - 40) : start])
    return any(hit.key in _AMOUNTS and hit.end == len(lead) for hit in lexicon("money", "role").find(lead))


def _opens(text: str, clause: Clause, hit: Hit[str]) -> bool:
    """Whether question words open their clause, or nearly: `so what`, `tell me how`."""
    before = text[clause.start : hit.start].strip(" \t\"'*->")
    if hit.key == "inversion" and before not in _SMALL and not (clause.asks and not _SUBJECT.search(before)):
        return False
    if before.endswith(("of", "for which", "with")) or not clause.asks and not before.startswith(_LEADS):
        return len(before.split()) <= 1 and not before.endswith("of")
    return clause.asks and hit.end - hit.start > 6 or len(before) <= 24 and not re.search(r"\b(?:we|know|our)\b", before)


def _reach(hit: Hit[str], clause: Clause, own: list[int]) -> tuple[int, int]:
    start = clause.start if hit.key in _WHOLE else hit.start
    end = clause.end
    if hit.key == "foreign":
        start = hit.start
        after = bisect_right(own, hit.end)
        if after < len(own) and own[after] < end:
            end = own[after]
    return start, end


def _of_others(text: str, clauses: tuple[Clause, ...], own: list[int], names: Collection[str], *, of_others: bool) -> Iterator[tuple[int, int]]:
    """Where somebody else is the subject: from the words that name them to the next word about the client, over clauses that go on about them."""
    longest = {(hit.start, hit.key): hit.end for hit in sorted(_hits(text, clauses), key=lambda hit: hit.end) if hit.key in {"rival", "they"}}
    hits = [(start, end, key) for (start, key), end in longest.items()]
    hits += [(match.start(), match.end(), "rival") for match in _named(names).finditer(text)] if names else []
    place, goes_on = -1, True
    if of_others:  # what the message begins with goes on about them
        first = clauses[0].sentence
        place = min([next((clause.start for clause in clauses if clause.sentence != first), len(text)), *own[:1]])
        yield 0, place
    for start, end, key in sorted(hits):
        index = bisect_right(clauses, start, key=lambda clause: clause.start) - 1
        if key == "rival":
            of_others, goes_on = True, not _REASON.search(text, max(0, start - 24), start) or _OURS.search(text) is not None
        elif start >= place:
            opens = index == 0 or clauses[index - 1].sentence != clauses[index].sentence or text[clauses[index].start : start].strip() in _SMALL
            of_others = of_others and goes_on and opens and clauses[index].sentence - _sentence(clauses, place) <= 1
        if of_others and start >= place:
            opening = text[_sentence_start(clauses, index) : start].strip()
            place = _theirs_until(text, clauses, index, end, own, whole=opening in _SMALL)
            yield start, place


def _carried(text: str, clauses: tuple[Clause, ...], names: Collection[str], *, of_others: bool) -> Iterator[tuple[int, int]]:
    """The sentences of a speaker that are about somebody else: they name them, or go on after one that does, and the client is not in them."""
    hits = [hit for hit in _hits(text, clauses) if hit.key in {"rival", "they"}]
    marks = {(hit.start, hit.key) for hit in hits}
    bare = list(text)  # `one of our big customers` does not speak of the client
    for hit in hits:
        bare[hit.start : hit.end] = " " * (hit.end - hit.start)
    others = "".join(bare)
    marks |= {(match.start(), "rival") for match in _named(names).finditer(text)} if names else set()
    spans: dict[int, tuple[int, int]] = {}
    for clause in clauses:
        start, _ = spans.get(clause.sentence, (clause.start, 0))
        spans[clause.sentence] = (start, clause.end)
    for start, end in spans.values():
        kinds = {key for place, key in marks if start <= place < end}
        ours = _OURS.search(others, start, end) is not None
        of_others = not ours and (of_others or "rival" in kinds)
        if of_others:
            yield start, end


def _named(names: Collection[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")


def _sentence_start(clauses: tuple[Clause, ...], index: int) -> int:
    while index > 0 and clauses[index - 1].sentence == clauses[index].sentence:
        index -= 1
    return clauses[index].start


def _sentence(clauses: tuple[Clause, ...], place: int) -> int:
    return clauses[max(bisect_right(clauses, place - 1, key=lambda clause: clause.start) - 1, 0)].sentence


def _theirs_until(text: str, clauses: tuple[Clause, ...], index: int, place: int, own: list[int], *, whole: bool) -> int:
    """The end of what is said of somebody else: the next own word, or the clause after which the sentence leaves them.

    A sentence that begins with them is theirs as a `whole`.
    """
    after = bisect_right(own, place)
    limit = own[after] if after < len(own) else len(text)
    last = index
    while last + 1 < len(clauses) and clauses[last + 1].sentence == clauses[index].sentence and clauses[last + 1].start < limit and (whole or _goes_on(text, clauses[last + 1])):
        last += 1
    return min(clauses[last].end, limit)


def _goes_on(text: str, clause: Clause) -> bool:
    """Whether a clause is a name beside its subject, or a verb or preposition that goes on about it."""
    words = text[clause.start : clause.end]
    return _GOES_ON.match(words) is not None or (len(words.split()) <= 4 and not re.search(r"\d", words))


def _quotation(text: str, clauses: tuple[Clause, ...], end: int) -> int:
    """The end of what somebody is said to say, with the quotation that follows: `she tells investors, "live in a day"`."""
    index = bisect_right(clauses, end, key=lambda clause: clause.start) - 1
    following = clauses[index].start == end and text[end : end + 3].lstrip()[:1] in {'"', "'"}
    return clauses[index].end if following else end


def _elliptic(text: str, clauses: tuple[Clause, ...], own: list[int]) -> list[tuple[int, int]]:
    """Last clauses of questions without question words: `and tiers?`."""
    spans = []
    for index, clause in enumerate(clauses):
        last = index + 1 == len(clauses) or clauses[index + 1].sentence != clause.sentence
        if clause.asks and last and len(text[clause.start : clause.end].split()) <= 6:
            after = bisect_right(own, clause.start - 1)
            if after >= len(own) or own[after] >= clause.end:
                spans.append((clause.start, clause.end))
    return spans


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
