"""What tells numbers of one role apart: whose they are and when they fall due, by the words in their own piece of the sentence.

The piece of a number reaches to the next number or to a comma, `and` or another mark. Words between two numbers belong to the
one behind them, unless they follow a preposition (`12% on sourced`) or a count (`4 sourced deals avg 40k`, where they tell of both).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from advisor.domain.regex import Regex
from advisor.intake.message import Message
from advisor.intake.patterns import Hit, lexicon
from advisor.intake.quantities.quantity import COUNT, MONEY, PERCENT, PLAIN, TIME, Quantity

_CUT = Regex(r"[,;(|)]|[.?!](?=\s|$)|\s(?:and|but|while|versus|vs\.?|or|plus|against|than|then)\s|\s[-–/]\s|\n")
_COLON = Regex(r":\s")
_PREPOSITION = Regex(r"\b(?:on|for|of|from|with|via|through|as|by|to|if|in|when)\s(?:the |a |an |our |his |her )?$")
_REACH = 60
_TIERS = frozenset({"reseller", "distributor"})
_PAID = frozenset({"", "commission", "reseller", "distributor", "margin", "fee_share"})
_COMMISSION = Regex(r"\bcommission|\bcommish|\bprovision|\breferral fee|\bfinder|\bkickback")
_INSTEAD = Regex(r"\s(?:instead of|rather than|up from|down from|and not|not|to|or)\s(?:the |our |only |just )?")
_NEXT = Regex(r"[,;]\s")
_FOR = Regex(r"\bfor (?:about |around )?$")
_OURS = Regex(r"\b(?:gross|our|my|gm)\s(?:own |gross )?(?:margin)|\bgross\b")
_SELLS = Regex(r"\s(?:sells?|buys?|resells?|moves?|sold|bought|takes?|gets?|works?|keeps?)\b")
_GROSS = Regex(r"\bgross\b|\bgm\b")
_EACH = Regex(r"\b(?:each|apiece|every (?:active |productive |signed |single )?(?:partner|one|reseller|agency|affiliate)|per (?:active )?(?:partner|reseller|agency|head|person|referrer))\b|\ba (?:partner|reseller|agency|referrer) (?:brings|closes|sells|sends|makes|refers|registers|sources|generates)\b")
_TAKES = Regex(r"\b(?:takes?|keeps?|gets?|wants?|earns?|receives?|asks? for|charges?|makes?)\s(?:about |around )?$")
_HIS = Regex(r"\b(?:his|her|their|its)\s(?:own )?margin\b")
_PASSED_ON = Regex(r"\b(?:pass|hand|gibt|geben|reich)\w*\s(?:on |davon )?(?:an? |the |about )?$")
_PRONOUN = Regex(r"\b(?:he|she|it|they|him|them)\b")
_BROUGHT = Regex(r"\b(?:sourced|brought|brings?|generated|closed|won|delivered|new|added|net new|booked|contributed)\b")
_ALL = Regex(r"\b(?:together|in total|overall|combined|altogether|all in all)\b")
_CONTRASTS = (frozenset({"direct", "partner"}), frozenset({"sourced", "influenced"}), frozenset({"once", "yearly"}), frozenset({"once", "second"}))


class _Piece(NamedTuple):
    """The words before and behind a number, with where they start."""

    left: tuple[int, int]
    right: tuple[int, int]


def told_apart(message: Message, found: list[Quantity]) -> list[Quantity]:
    """The numbers with who is paid, what each is said of, and the qualifiers in which they differ."""
    pieces = [_piece(message, found, index) for index in range(len(found))]
    words = {group: sorted(lexicon("sums", group).find(message.text), key=lambda hit: (hit.start, -hit.end)) for group in ("qualifier", "payee")}
    places = {group: [hit.start for hit in hits] for group, hits in words.items()}
    numbers = [
        number._replace(qualifier=_qualifier(message.text, found, index, pieces[index], _inside(words["qualifier"], places["qualifier"], pieces[index])))
        for index, number in enumerate(found)
    ]
    numbers = _parallel(_inherited(message.text, numbers))
    numbers = _alike(message.text, [_paid(message, number, piece, words["payee"], _inside(words["payee"], places["payee"], piece)) for number, piece in zip(numbers, pieces, strict=True)])
    return [_new(message.text, _kind_of(_each(message.text, number, piece)), piece) for number, piece in zip(numbers, pieces, strict=True)]


def _piece(message: Message, found: list[Quantity], index: int) -> _Piece:
    number, text = found[index], message.text
    following = next((item for item in found[index + 1 : index + 3] if item.kind != TIME or number.kind == TIME), None)
    low = max(found[index - 1].end if index else 0, number.start - _REACH)
    high = min(following.start if following else len(text), number.end + _REACH)
    cuts = [cut.end() for cut in _CUT.finditer(text, low, number.start) if cut.end() < number.start or cut[0] != "("]
    stop = _CUT.search(text, number.end, high) or _COLON.search(text, number.end, high)
    return _Piece((cuts[-1] if cuts else low, number.start), (number.end, stop.start() if stop else high))


def _inside(hits: list[Hit[str]], places: list[int], piece: _Piece) -> list[Hit[str]]:
    """The words of a lexicon within a piece; the longest of those that stand at one place."""
    low, high = bisect_left(places, piece.left[0]), bisect_left(places, piece.right[1])
    kept: list[Hit[str]] = []
    for hit in hits[low:high]:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _qualifier(text: str, found: list[Quantity], index: int, piece: _Piece, hits: list[Hit[str]]) -> str:
    """The nearest telling word of the piece that speaks of this number rather than of its neighbour."""
    number = found[index]
    before = found[index - 1] if index and found[index - 1].end == piece.left[0] else None
    shares_right = index + 1 < len(found) and found[index + 1].start == piece.right[1]
    near: list[tuple[bool, int, str]] = []
    for hit in hits:
        behind = _PREPOSITION.search(text, max(0, hit.start - 14), hit.start) is not None
        if hit.end <= number.start and not (before and behind and before.kind != COUNT):
            near.append((hit.key == "partner", number.start - hit.end, hit.key))
        elif hit.start >= number.end and (not shares_right or behind or number.kind == COUNT):
            near.append((hit.key == "partner", hit.start - number.end, hit.key))
    return min(near, default=(False, 0, ""))[2]


def _paid(message: Message, number: Quantity, piece: _Piece, payees: list[Hit[str]], hits: list[Hit[str]]) -> Quantity:
    """A percentage that goes to somebody: the subject before it, who stands behind `to` or `for`, or whom `he takes` means."""
    text = message.text
    taking = _TAKES.search(text, piece.left[0], number.start) is not None
    if number.role == "discount" and _PASSED_ON.search(message.text, max(0, number.start - 20), number.start):
        return number._replace(role="passed")
    if number.role in {"discount", "passed", "churn"}:
        return number
    if number.kind != PERCENT or (number.parts and not taking) or (number.role not in _PAID and not taking):
        return number
    own = text[piece.left[0] : piece.right[1]]
    if number.role == "margin" and (seller := _seller(message, number, payees)) and not _OURS.search(own):
        return number._replace(role=seller)
    if number.role == "margin" and (_GROSS.search(own) or not (any(hit.key in _TIERS for hit in hits) or _HIS.search(own))):
        return number
    before = [hit.key for hit in hits if hit.end <= number.start]
    behind = [hit.key for hit in hits if hit.start >= number.end and _PREPOSITION.search(text, max(number.end, hit.start - 14), hit.start)]
    meant = [hit.key for hit in payees if taking and hit.end <= number.start and number.start - hit.end < 200] if not before or _PRONOUN.search(own) else []
    his = [hit.key for hit in payees if number.role == "margin" and hit.end <= number.start and number.start - hit.end < 200] if _HIS.search(own) else []
    meant = meant or his
    payee = meant[-1] if meant else before[-1] if before else behind[0] if behind else ""
    if payee in _TIERS:
        return number if _COMMISSION.search(own) and number.role == "commission" else number._replace(role=payee)
    if payee == "partner" and number.qualifier != "influenced":
        return number if number.role and not (number.role == "reseller" and number.qualifier in {"once", "yearly"}) else number._replace(role="commission")
    role = {"rep": "rep_rate", "marketplace": "fee_share"}.get(payee, number.role)
    if role in {"", "commission"} and number.qualifier in {"sourced", "influenced"}:
        role = {"sourced": "commission", "influenced": "influenced"}[number.qualifier]
    return number._replace(role=role)


def _seller(message: Message, number: Quantity, payees: list[Hit[str]]) -> str:
    """The reseller or distributor who sells in the sentence of a margin: `a reseller sells our plan with 30% margin`."""
    start, _ = message.sentence_at(number.start)
    return next((hit.key for hit in payees if hit.key in _TIERS and start <= hit.start < number.start and _SELLS.match(message.text, hit.end)), "")


def _alike(text: str, numbers: list[Quantity]) -> list[Quantity]:
    """`25% instead of 18%`: both stand for the same."""
    for index in range(1, len(numbers)):
        before, number = numbers[index - 1], numbers[index]
        if before.kind == number.kind == PERCENT and bool(before.role) != bool(number.role) and _INSTEAD.fullmatch(text[before.end : number.start]):
            numbers[index - 1 : index + 1] = [before._replace(role=before.role or number.role), number._replace(role=number.role or before.role)]
    return numbers


def _each(text: str, number: Quantity, piece: _Piece) -> Quantity:
    """A count or an amount that is said of each partner."""
    if number.each or number.kind not in {COUNT, MONEY} or number.role in {"partners", "people"}:
        return number
    own = text[piece.left[0] : piece.right[1]]
    return number._replace(each=_EACH.search(own) is not None and not _ALL.search(own))


def _kind_of(number: Quantity) -> Quantity:
    """Counts of sourced and of influenced deals have roles of their own."""
    if number.kind == COUNT and number.role == "deals" and number.qualifier in {"sourced", "influenced"}:
        return number._replace(role="sourced" if number.qualifier == "sourced" else "influenced_deals")
    return number


def _new(text: str, number: Quantity, piece: _Piece) -> Quantity:
    """ARR that somebody brought is revenue of the partners, not the size of the company."""
    brought = _BROUGHT.search(text, piece.left[0], piece.right[1]) or _FOR.search(text, piece.left[0], number.start)
    return number._replace(role="revenue") if number.role == "arr" and brought else number


def _inherited(text: str, numbers: list[Quantity]) -> list[Quantity]:
    """The size of deals is of the kind that the deals before it are, and what is paid on them too."""
    for index in range(1, len(numbers)):
        before, number = numbers[index - 1], numbers[index]
        same = before.qualifier and not number.qualifier and number.sentence == before.sentence and not _NEXT.search(text, before.end, number.start)
        if same and ((number.role == "deal" and before.kind == COUNT) or (number.kind == PERCENT and before.role == "deal")):
            numbers[index] = number._replace(qualifier=before.qualifier)
    return numbers


def _parallel(numbers: list[Quantity]) -> list[Quantity]:
    """`direct 18%, with partners 27%`: a number without a role that differs from an earlier one in its qualifier alone."""
    for index, number in enumerate(numbers):
        if number.role and number.kind != PLAIN or not number.qualifier:
            continue
        for other in (*reversed(numbers[:index]), *numbers[index + 1 :]):
            contrast = any({number.qualifier, other.qualifier} == pair for pair in _CONTRASTS)
            if contrast and other.role and other.sentence == number.sentence and (number.kind == PLAIN or number.kind == other.kind):
                numbers[index] = number._replace(kind=other.kind, role=other.role, unit=other.unit, currency=number.currency or other.currency)
                break
    return numbers
