"""Who carries the partner programme today: nobody, a founder, somebody beside another job, or one person wholly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.domain import Owner
from advisor.domain.regex import Regex
from advisor.intake.found import Found
from advisor.intake.message import Message
from advisor.intake.moves import needed
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.tables import table


_GONE_BEFORE = Regex(r"\b(?:lost|losing|replace|replacing|without|fired|request for an?|desk is for an?|hire|hiring|need|needs|want|wants|find|finding|recruit|recruiting|brauchen|suchen) (?:our |the |my |an? )?$")
_GONE_AFTER = Regex(r"\s(?:has |have |just |is )?(?:left|quit|quitted|resigned|gone|leaving|leaves)\b|\s(?:hat |ist |uns |gerade |eben |soeben |jetzt |leider )*(?:gekündigt|weg|gegangen|verlassen|aufgehört|ausgeschieden|kündigt|verlässt|geht)\b")
_SOUGHT = Regex(
    r"\b(?:job (?:ad|advert|description|posting|post|profile|spec)|vacancy|position|opening|candidates?|interviews?|applicants?|headhunter|recruiter|search|stellenanzeige|stellenausschreibung|stellenprofil|ausschreibung|bewerber\w*|kandidat\w*) (?:for|of|as|to|für|als|zum|zur)\b"
)  # whose place is open: `the job ad for our first partner manager`
_AHEAD = Regex(r"\s(?:only |erst )?(?:starts|starting|will start|joins|joining|will join|begins|arrives|is starting|is joining|startet|beginnt|fängt|kommt)\s(?:only |just |erst )?(?:on|in|next|from|soon|tomorrow|monday|at the|am|im|zum|ab|nächst\w*|bald|morgen)\b")  # who comes later
_NEW = Regex(r"\b(?:first|new|next|erste[rn]?|neue[rn]?)\b")
_OWNED_BY = Regex(r"'s?\s")  # `the partner lead's sister`
_A_LEAD = Regex(r"\s(?:from|worth|for|via|through|that|which|today|yesterday|this|last)\b")  # a lead that a partner sent, and nobody's title
_SO_ALONE = Regex(r"\s*(?:(?:,? ?(?:since|seit|for|now|in place|on board|already)\b[^.;!?]*)?|\s?(?:\+|plus|&)\s.*)[\s.,;!?)-]*")
_CLAUSE_ENDS = Regex(r"\s*(?:[.,;!?)]|$|und\b)")
_SHARE_OF_TIME = Regex(r"\b(?:zeit|arbeitszeit|stelle|time|week|woche)\b")
_ASSISTANT = Regex(r"\s(?:intern|student|assistant|working student)\b")
_PAST = Regex(r"\b(?:vorher|früher|zuvor|previously|formerly|used to|before that|auparavant|avant)\b")
_TIME = Regex(r"(?:a|an|half|about|\d)\b")
_ARTICLE = Regex(r"(?:an?|one|eine?)\b")
_OF_SOMETHING = Regex(r"\s(?:um|of|darum, dass)\b")
_OWN = Regex(r"\b(?:we|our|us|my|i)\b")


def find(message: Message) -> Iterator[Found]:
    """The owner, at most one. "On the side" outweighs a title, a title outweighs "no dedicated owner"; see also `rivals`."""
    weights = list(table("owner"))
    hits = [hit for hit in lexicon("owner").find(message.text) if _holds(message, hit)]
    if any(hit.key == "founder" for hit in hits):  # `the founder does it, a day a week` stays the founder
        hits = [hit for hit in hits if not (hit.key == "shared" and _TIME.match(message.text, hit.start))]
    if hits and not rivals(message):
        best = min(hits, key=lambda hit: (weights.index(hit.key), hit.start, -hit.end))
        yield Found("owner", Owner(best.key), best.start, best.end, "stated")


def rivals(message: Message) -> tuple[Hit[str], ...]:
    """A statement that nobody owns partners and one that somebody does wholly; empty when they do not collide."""
    hits = [hit for hit in lexicon("owner").find(message.text) if _holds(message, hit)]
    nobody = next((hit for hit in hits if hit.key == "none" and message.text.startswith(("nobody", "no one", "no-one", "noone"), hit.start)), None)
    somebody = next((hit for hit in hits if hit.key == "dedicated"), None)
    return tuple(sorted((nobody, somebody), key=lambda hit: hit.start)) if nobody and somebody else ()


def _holds(message: Message, hit: Hit[str]) -> bool:
    after = message.text[hit.end : hit.end + 10]
    if message.text.startswith("half a ", hit.start) and hit.key == "shared" and message.text[hit.start + 7 : hit.end] in {"day", "week"} and not after.startswith((" a ", " per ")):
        return False
    if hit.key == "dedicated" and (_GONE_BEFORE.search(message.text, max(0, hit.start - 24), hit.start) or _GONE_AFTER.match(message.text, hit.end)):
        return False
    if hit.key == "dedicated" and _not_there(message, hit):
        return False
    if hit.key == "shared" and message.text.endswith(" mit", hit.start, hit.end) and not _CLAUSE_ENDS.match(message.text, hit.end):  # `macht 8 Mio mit 26 Partnern`
        return False
    if hit.key == "dedicated" and message.text.endswith(" sich", hit.start, hit.end) and not (_CLAUSE_ENDS.match(message.text, hit.end) and "partner" in message.text):
        return False
    if hit.key == "dedicated" and _ARTICLE.match(message.text, hit.start) and not _whole(message, hit):
        return False
    if hit.key == "founder" and message.text[hit.start : hit.end].endswith((" sich", " care")) and _OF_SOMETHING.match(message.text, hit.end):
        return False
    if hit.key == "dedicated" and hit.value in {"no", "zero", "0"}:
        return False
    if re.search(r"\b0[.,]$", message.text[max(0, hit.start - 2) : hit.start]) or _ASSISTANT.match(message.text, hit.end):
        return False
    if message.text.startswith("without", hit.start) and not _OWN.search(message.text, message.clause_at(hit.start).start, hit.start) and needed(message.text[hit.end : message.sentence_at(hit.start)[1]]):
        return False
    if _PAST.search(message.text, max(message.clause_at(hit.start).start, hit.start - 40), hit.start):
        return False
    even = {"question"} if message.text.startswith(("our ", "my "), hit.start) or hit.key == "none" and not message.text.startswith("nobody", hit.start) else set()
    if hit.key == "shared" and _SHARE_OF_TIME.search(message.text, hit.start, hit.end) and not message.clause_at(hit.start).asks:  # `macht unser Marketingleiter mit 20 % seiner Zeit`
        even = {"question"}
    return message.states(hit.start, even=even) and (hit.key == "none" or not message.negated(hit.start))


def _not_there(message: Message, hit: Hit[str]) -> bool:
    """Whether who is named is sought or comes later, only owns what is spoken of, or is a lead that a partner sent."""
    text, clause = message.text, message.clause_at(hit.start)
    if _SOUGHT.search(text, clause.start, hit.start) or _AHEAD.match(text, hit.end) or _OWNED_BY.match(text, hit.end):
        return True
    if text[: hit.start].endswith(("'s ", "their ", "s' ")):
        return True
    if clause.asks and _NEW.search(text, hit.start, hit.end):
        return True
    return text.endswith("lead", hit.start, hit.end) and _A_LEAD.match(text, hit.end) is not None


def _whole(message: Message, hit: Hit[str]) -> bool:
    """Whether a person is named and nothing else said in the sentence, `A dedicated partner manager.`, or in an item of a list, `20 partners, one partner manager since May`."""
    first, last = message.sentence_at(hit.start)
    clause = message.clause_at(hit.start)
    if message.text.startswith("a", hit.start):
        return message.text[first : hit.start].strip(" -•*\n") == "" and message.text[hit.end : last].strip(" .!\n") == ""
    return message.text[clause.start : hit.start].strip(" -•*\n") == "" and _SO_ALONE.fullmatch(message.text[hit.end : clause.end]) is not None
