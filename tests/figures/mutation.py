"""Plants errors in true sentences, and respells them harmlessly: the two rates by which the figure check is judged.

A planted error is really false given the evidence that the sentence cites: another digit, scale, unit or figure of the same text,
a flipped direction, a widened range, a dropped or added hedge, another record's sentence. A respelling says the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from advisor.domain import Evidence, EvidenceClass, EvidenceKind, Unit
from advisor.figures import Figure, differs, find
from advisor.figures.terms import CONDITION_WORDS, terms
from advisor.library import Library

_SENTENCE = re.compile(r"(?<=[.!?])(?<![0-9]\.)\s+(?=[A-Z“\"(])|\n+(?:- |[0-9]+\. )?")
_ANTONYMS = (
    ("faster", "slower"), ("larger", "smaller"), ("higher", "lower"), ("more likely", "less likely"), ("more pipeline", "less pipeline"),
    ("more retention", "less retention"), ("above the", "below the"), ("grew", "shrank"), ("grow ", "shrink "), ("increase", "decrease"),
    ("rises", "falls"), (" rise ", " drop "), ("longer", "shorter"), ("uplift", "loss"),
)
_SUBJECTS = (
    ("partner-sourced", "partner-influenced"), ("influenced deals", "sourced deals"), ("younger than 18 months", "of 36 months and more"),
    ("36 months and more", "18 to 36 months"), ("In direct sales", "In the partner channel"), ("In the partner channel", "In direct sales"),
    ("Gold", "Platinum"), ("Silver", "Gold"), ("Platinum", "Silver"), ("Certified partners", "Uncertified partners"),
    ("Resellers", "Referral partners"), ("Referral partners", "Resellers"), ("before any customer contact", "in late evaluation"),
    ("one to five partners", "50 or more partners"), ("50 or more partners", "one to five partners"), (" formal partner", " informal partner"),
    ("At day 90", "At six months"), ("At six months", "At day 90"), ("outbound", "inbound"), ("10 or more partners", "20 or more partners"),
    ("Below €5M", "Above €50M"), ("€15M to below €50M", "€50M to €150M"), ("churn", "buy again"), ("signed partners", "customers"),
    ("Kiflo", "Introw"), ("Impartner", "Kiflo"), ("HubSpot", "Shopify"), ("Salesforce", "HubSpot"), ("first-year contract value", "monthly revenue"),
)
_ALSO_TRUE = {
    ("mapped-group-small", "win-rate-uplift-1-5-partners"), ("mapped-group-large", "win-rate-uplift-50-plus-partners"),
    ("signal-sharing-partners", "pipeline-10-plus-partners"),
    ("types-focus-count", "types-focus-multiple"), ("indirect-growth-planned", "indirect-growth-67"),
    # sourcing by agency partners is one way of driving; what a programme pays up to 10 % of, an affiliate could earn up to about 10 % of
    ("hubspot-45-course", "hubspot-45-sourced"), ("amazon-affiliate-commission-peak", "amazon-affiliate-commission")}
_SAME_QUESTION = ("metric", "low", "high", "open", "approximate", "unit", "currency", "per", "of", "direction", "population", "condition")
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


@dataclass(frozen=True)
class Case:
    """A sentence with the evidence it cites; `kind` names the change."""

    kind: str
    text: str
    evidence: Evidence
    original: str


def true_sentences(library: Library) -> list[Case]:
    """Every sentence with a figure: the records, each with itself and with its whole file as evidence; the passages."""
    cases: list[Case] = []
    files: dict[str, list[str]] = {}
    for id_ in library.benchmarks:
        evidence = library.evidence(id_, {})
        cases.append(Case("record", library.say_record(id_), evidence, ""))
        files.setdefault(f"{evidence.source_doc} {library.benchmarks[id_].topics[:1]}", []).append(library.say_record(id_))
    for name, sentences in files.items():
        together = passage(name, " ".join(dict.fromkeys(sentences)))
        cases += [Case("file", sentence, together, "") for sentence in sentences]
    for id_ in library.passages:
        evidence = library.evidence(id_, {})
        cases += [Case("passage", sentence, evidence, "") for sentence in _SENTENCE.split(evidence.says) if find(sentence)]
    return [Case(case.kind, case.text, case.evidence, case.text) for case in cases if find(case.text)]


def passage(name: str, says: str) -> Evidence:
    """Evidence made of a text."""
    return Evidence(id=name, kind=EvidenceKind.PASSAGE, title="A passage", publisher="A publisher", evidence_class=EvidenceClass.PRACTITIONER,
                    source_doc="000", place="000 › x", locator="doc-000:x", says=says)


def planted(case: Case, others: list[Case], rng: random.Random) -> Iterator[Case]:
    """False versions of a true sentence."""
    for figure in find(case.text):
        if figure.kind == "date":
            continue
        for kind, text in _false_figures(figure, case, rng):
            changed = case.text[: figure.start] + text + case.text[figure.end :]
            if not _same(changed, case.text) and not _said(changed, case.evidence):
                yield Case(kind, changed, case.evidence, case.text)
        for kind, (start, end, text) in _hedges(figure, case.text):
            yield Case(kind, case.text[:start] + text + case.text[end:], case.evidence, case.text)
    for kind, pairs in (("direction", _ANTONYMS), ("subject words", _SUBJECTS)):
        for left, right in pairs:
            for old, new in ((left, right), (right, left)) if kind == "direction" else ((left, right),):
                if _near_a_figure(old, case.text) and not _said(changed := case.text.replace(old, new, 1), case.evidence):
                    yield Case(kind, changed, case.evidence, case.text)
    if case.kind == "record":
        yield from _other_records(case, others, rng)


def _near_a_figure(words: str, text: str) -> bool:
    """Whether the words stand in a clause with a figure: elsewhere a change is none of the figure's."""
    return any(words in text[figure.start - 90 if figure.start > 90 else 0 : figure.end + 90] and words.strip().lower() in figure.frame.words.lower() for figure in find(text))


def _same(text: str, original: str) -> bool:
    """Whether all figures are still the same: `25–40 % or more` says also `25 % or more`."""
    new, old = find(text), find(original)
    return text == original or (len(new) == len(old) and all(differs(ours, theirs) == "none" and ours.outer for ours, theirs in zip(new, old, strict=True)))


def _said(text: str, evidence: Evidence) -> bool:
    """Whether a changed sentence happens to stand in the evidence, so that the change is no error."""
    return text in evidence.says or text.replace("6 months", "six months") in evidence.says.replace("6 months", "six months")


def _other_records(case: Case, others: list[Case], rng: random.Random) -> Iterator[Case]:
    """The sentence of one record citing another: always those with an equal figure, and two more."""
    figures = [figure for figure in find(case.text) if figure.kind == "value"]
    records = [other for other in others if other.kind == "record" and other.text != case.text]
    records = [other for other in records if (case.evidence.id, other.evidence.id) not in _ALSO_TRUE]
    records = [other for other in records if not _repeated(case.evidence, other.evidence)]
    alike = [other for other in records if figures and all(any(differs(figure, item) == "none" for item in find(other.text)) for figure in figures)]
    for other in [*alike, *rng.sample(records, 2)]:
        if figures:
            yield Case("other record, equal figure" if other in alike else "other record", case.text, other.evidence, case.text)


def _repeated(evidence: Evidence, other: Evidence) -> bool:
    """Whether two documents give one figure: equal in value, metric, base, population and condition, and neither names a condition of its own."""
    mine, theirs = evidence.record, other.record
    if mine is None or theirs is None or any(getattr(mine, name) != getattr(theirs, name) for name in _SAME_QUESTION):
        return False
    return not (set(terms(evidence.says)) ^ set(terms(other.says))) & CONDITION_WORDS


def _false_figures(figure: Figure, case: Case, rng: random.Random) -> Iterator[tuple[str, str]]:
    text = figure.text
    digits = [match.start() for match in re.finditer(r"[0-9]", text)]
    if digits:
        for place in {digits[0], digits[-1], rng.choice(digits)}:
            new = rng.choice([digit for digit in "123456789" if digit != text[place]])
            yield "digit", text[:place] + new + text[place + 1 :]
        yield "ten times", re.sub(r"([0-9])(?![0-9.,])", r"\g<1>0", text, count=1) if "." not in text else text.replace(".", "", 1)
    if figure.unit is Unit.MONEY:
        yield "scale", _rescaled(text)
        yield "currency", text.replace("$", "€") if "$" in text else text.replace("€", "$")
    if figure.unit is Unit.PERCENT and "%" in text:
        yield "points", re.sub(r"\s?%", " percentage points", text)
    if figure.unit is Unit.MULTIPLE:
        yield "multiple as percent", re.sub(r"\s?times", " %", text)
    low, high = figure.bounds
    if low is not None and high is not None and digits:
        wide = f"{low - 1 if low > 1 else 0:f}–{high + 2:f}"
        yield "widened range", re.sub(r"[0-9][0-9.,]*(?:–[0-9][0-9.,]*)?", wide, text, count=1)
        if low != high:
            yield "one end", re.sub(r"[0-9][0-9.,]*–", "", text, count=1)
            if figure.open != "above":
                yield "one end", re.sub(r"–[0-9][0-9.,]*", "", text, count=1)
    elsewhere = [item for item in find(case.evidence.says) if item.kind == "value" and differs(item, figure) != "none" and differs(figure, item) != "none"]
    akin = [item for item in elsewhere if item.unit is figure.unit]
    for item in rng.sample(akin, min(3, len(akin))) + rng.sample(elsewhere, min(1, len(elsewhere))):
        yield "another figure", item.text


def _rescaled(text: str) -> str:
    for old, new in ((" billion", " million"), (" million", " billion"), ("M", "K"), (",000", "")):
        if old in text:
            return text.replace(old, new, 1)
    return re.sub(r"([0-9]+)(?!.*[0-9])", r"\1K", text)


def _hedges(figure: Figure, text: str) -> Iterator[tuple[str, tuple[int, int, str]]]:
    start, end = figure.outer
    before, after = text[start : figure.start], text[figure.end : end]
    if figure.open == "none" and not figure.approximate and not figure.within and not figure.from_:
        yield "added hedge", (figure.start, figure.start, "more than ")
        yield "added hedge", (figure.start, figure.start, "less than ")
        yield "added hedge", (figure.end, figure.end, " or more")
    elif figure.open != "none" or figure.approximate:
        kept = re.sub(r"^(?:.*(?:than|below|above|under|over|about|least)) ", "", before)
        rest = re.sub(r",? or (?:more|less|fewer|higher)$|^\+", "", after)
        if kept != before or rest != after:
            yield "dropped hedge", (start, end, kept + figure.text.rstrip("+") + rest)
    if figure.open != "none":
        flipped = {"more than": "less than", "less than": "more than", "fewer than": "more than", "or more": "or less", "or less": "or more"}
        outer = text[start:end]
        changed = next((outer.replace(old, new, 1) for old, new in flipped.items() if old in outer), outer)
        if changed != outer:
            yield "flipped hedge", (start, end, changed)


def respelled(case: Case) -> Iterator[Case]:
    """Versions of a true sentence that say the same in other letters."""
    text = case.text
    versions = {
        "percent": re.sub(r"(?<=[0-9]) ?%", " percent", text),
        "tight percent": re.sub(r"(?<=[0-9]) %", "%", text),
        "per cent": re.sub(r"(?<=[0-9]) ?%", " per cent", text),
        "nbsp": re.sub(r"(?<=[0-9]) (?=[%a-z])", "\u00a0", text),
        "thin space": re.sub(r"(?<=[0-9]) (?=%)", "\u202f", text),
        "to": re.sub(r"(?<=[0-9])–(?=[0-9])", " to ", text),
        "hyphen": text.replace("–", "-"),
        "plus": re.sub(r"([0-9.,]+(?: %|M|K| billion| million)?) or more\b", r"\1+", text),
        "at least": re.sub(r"(?<![–:])((?:[$€])?\b[0-9.,]+(?: %| FTE| months)?) or more\b", r"at least \1", text),
        "x": re.sub(r"(?<=[0-9]) times\b", "x", text),
        "roughly": text.replace("about ", "roughly "),
        "tilde": text.replace("about $", "~$"),
        "sign": text.replace("more than ", ">").replace("less than ", "<"),
        "words": _in_words(text),
        "digits": _in_digits(text),
        "millions": re.sub(r"([$€])([0-9.]+) (million|billion)", _written_out, text),
        "K": re.sub(r"([$€])([0-9]+),000\b(?!,)(?!–)", r"\1\2K", text) if "–" not in text else text,
        "dollars": re.sub(r"(?<![–A-Z])\$([0-9,]*[0-9])(?![0-9–,]|\.[0-9]|\s?(?:million|billion))", r"\1 dollars", text),
        "EUR": re.sub(r"€(?=[0-9])", "EUR ", text),
        "times sign": re.sub(r"(?<=[0-9]):1\b", " to 1", text),
    }
    yield from (Case(kind, changed, case.evidence, text) for kind, changed in versions.items() if changed != text)


def _written_out(match: re.Match[str]) -> str:
    return f"{match[1]}{Decimal(match[2]) * (10**6 if match[3] == 'million' else 10**9):,f}"


def word_of(number: int) -> str:
    """A number below a thousand in words: `forty-six`."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return f"{_ONES[number // 100]} hundred" + (f" and {word_of(number % 100)}" if number % 100 else "")


def _in_words(text: str) -> str:
    """Whole numbers below a hundred that are figures, in words; labels and amounts stay."""
    for figure in reversed(find(text)):
        if figure.kind == "date" or figure.unit is Unit.MONEY or not re.search(r"[0-9]", figure.text) or re.search(r"[0-9][.,:][0-9]", figure.text):
            continue
        words = re.sub(r"[0-9]+", lambda match: word_of(int(match[0])), figure.text)
        words = re.sub(r"\s?%", " percent", words.replace("–", " to "))
        if words.strip() != "one" and not words.endswith("+"):
            text = text[: figure.start] + words + text[figure.end :]
    return text


def _in_digits(text: str) -> str:
    return re.sub(r"\b(two|three|four|five|six|ten) (?=(?:to (?:three|five)|months|partners|percent|times)\b)", lambda match: f"{_ONES.index(match[1])} ", text)
