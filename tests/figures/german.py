"""Plants errors in true German sentences and respells them harmlessly, and prints the two rates over all German sentences with a figure.

    python tests/figures/german.py [--show]

The sentences are those of the translated records and passages, and those that rules and decision tables say by German phrases.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from mutation import Case
from rates import Rates, report

from advisor import library, rules
from advisor.answering.shelf import Shelf
from advisor.domain import Evidence, Unit
from advisor.figures import Figure, differs, find, supports
from advisor.library import Library

_SENTENCE = re.compile(r"(?<=[.!?:])(?<!Mio\.)(?<!Mrd\.)\s+(?=[A-ZÄÖÜ„])|\n+(?:- |[0-9]+\. )?")
_ANTONYMS = (
    ("schneller", "langsamer"), ("größer", "kleiner"), ("höhere", "niedrigere"), ("höheren", "geringeren"), ("mehr Pipeline", "weniger Pipeline"),
    ("mehr Bindung", "weniger Bindung"), ("über der direkten", "unter der direkten"), ("wuchs", "schrumpfte"), ("wachsen", "schrumpfen"), ("steigt", "sinkt"),
    ("mehr Provision", "weniger Provision"),
)  # fmt: skip
_SUBJECTS = (
    ("Partner-sourced", "Partner-influenced"), ("Influenced-Deals", "Sourced-Deals"), ("jünger als 18 Monate", "älter als 36 Monate"), ("Im Direktvertrieb", "Im Partnerkanal"),
    ("Im Partnerkanal", "Im Direktvertrieb"), ("Gold", "Platinum"), ("Silver", "Gold"), ("Zertifizierte Partner", "Unzertifizierte Partner"), ("Reseller", "Empfehlungspartner"),
    ("formellen Partner", "informellen Partner"), ("Kiflo", "Introw"), ("Impartner", "Kiflo"), ("HubSpot", "Shopify"), ("Salesforce", "HubSpot"),
    ("unterzeichneten Partner", "Kunden"), ("Unter 5 Mio. €", "Über 50 Mio. €"),
)  # fmt: skip
_WORDS = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
_TENS = "null zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()


def true_sentences(german: Library) -> list[Case]:
    """Every German sentence with a figure, and the evidence it cites."""
    cases = [Case("record", german.say_record(id_), german.evidence(id_, {}), "") for id_ in german.benchmarks]
    for id_ in german.translations.passages:
        evidence = german.evidence(id_, {})
        cases += [Case("passage", sentence, evidence, "") for sentence in _SENTENCE.split(evidence.says)]
    cases += [Case("phrase", sentence, evidence, "") for evidence in _ruled(german) for sentence in (evidence.says, *evidence.also)]
    return [Case(case.kind, case.text, case.evidence, case.text) for case in cases if any(figure.kind == "value" for figure in find(case.text))]


def _ruled(german: Library) -> Iterator[Evidence]:
    book = rules.load()
    shelf = Shelf(german, book, german.wording("", book.thresholds), {})
    for id_ in (*book.rows, *book.decision_rows):
        yield shelf.take(id_)


def planted(case: Case, rng: random.Random) -> Iterator[Case]:
    """False versions of a true sentence: another digit, scale, unit, figure or hedge, a turned direction, another subject."""
    for figure in find(case.text):
        if figure.kind == "date":
            continue
        for kind, text in _false_figures(figure, case, rng):
            yield from _false(kind, case, case.text[: figure.start] + text + case.text[figure.end :])
        for kind, (start, end, text) in _hedges(figure, case.text):
            yield from _false(kind, case, case.text[:start] + text + case.text[end:])
    for kind, pairs in (("direction", _ANTONYMS), ("subject words", _SUBJECTS)):
        for old, new in pairs:
            if any(old in case.text[max(0, figure.start - 90) : figure.end + 90] and old.lower() in figure.frame.words.lower() for figure in find(case.text)):
                yield from _false(kind, case, case.text.replace(old, new, 1))


def _false(kind: str, case: Case, text: str) -> Iterator[Case]:
    new, old = find(text), find(case.text)
    same = len(new) == len(old) and all(differs(ours, theirs) == "none" for ours, theirs in zip(new, old, strict=True)) and kind not in {"direction", "subject words"}
    if text != case.text and not same and text not in "\n".join([case.evidence.says, *case.evidence.also]):
        yield Case(kind, text, case.evidence, case.text)


def _false_figures(figure: Figure, case: Case, rng: random.Random) -> Iterator[tuple[str, str]]:
    text = figure.text
    digits = [match.start() for match in re.finditer(r"[0-9]", text)]
    for place in dict.fromkeys((digits[0], digits[-1], rng.choice(digits))) if digits else ():
        new = rng.choice([digit for digit in "123456789" if digit != text[place]])
        yield "digit", text[:place] + new + text[place + 1 :]
    if digits:
        yield "ten times", re.sub(r"([0-9])(?![0-9.,])", r"\g<1>0", text, count=1)
    if "," in text:
        yield "decimal comma", text.replace(",", "", 1)
    if figure.unit is Unit.MONEY:
        yield "scale", text.replace("Mio.", "Mrd.") if "Mio." in text else text.replace("Mrd.", "Mio.") if "Mrd." in text else re.sub(r"([0-9]+)(?!.*[0-9])", r"\1 Mio.", text)
        yield "currency", text.replace("$", "€") if "$" in text else text.replace("€", "$")
    if figure.unit is Unit.PERCENT:
        yield "points", re.sub(r"\s?%", " Prozentpunkte", text)
    if figure.unit is Unit.PERCENTAGE_POINTS:
        yield "percent", re.sub(r"\s?Prozentpunkten?", " %", text)
    if figure.unit is Unit.MULTIPLE:
        yield "multiple as percent", re.sub(r"-Fachen?", " %", text)
    for old, new in (("Tage", "Wochen"), ("Monate", "Wochen"), ("Stunden", "Tage"), ("Jahr", "Monat")):
        if old in text:
            yield "unit of time", re.sub(rf"{old}\w*", new, text)
    low, high = figure.bounds
    if low is not None and high is not None and low != high and digits:
        yield "one end", re.sub(r"[0-9][0-9.,]*–", "", text, count=1)
        if figure.open != "above":
            yield "one end", re.sub(r"–[0-9][0-9.,]*", "", text, count=1)
    beside = {item.key for item in find(case.text)}
    elsewhere = [item for item in find(case.evidence.says) if item.kind == "value" and differs(item, figure) != "none" and differs(figure, item) != "none"]
    elsewhere = [item for item in elsewhere if item.unit is not Unit.COUNT or item.key not in beside]
    yield from (("another figure", item.text) for item in rng.sample(elsewhere, min(2, len(elsewhere))))


def _hedges(figure: Figure, text: str) -> Iterator[tuple[str, tuple[int, int, str]]]:
    start, end = figure.outer
    before, after = text[start : figure.start], text[figure.end : end]
    if figure.open == "none" and not figure.approximate and not figure.within and not figure.from_:
        yield "added hedge", (figure.start, figure.start, "mehr als ")
        yield "added hedge", (figure.start, figure.start, "weniger als ")
        yield "added hedge", (figure.start, figure.start, "bis zu ")
        yield "added hedge", (figure.end, figure.end, " oder mehr")
    elif figure.open != "none" or figure.approximate:
        kept = re.sub(r"^(?:mehr als|weniger als|über|unter|mindestens|bis zu|rund|fast) ", "", before, flags=re.IGNORECASE)
        rest = re.sub(r",? oder (?:mehr|weniger)$", "", after)
        if kept != before or rest != after:
            yield "dropped hedge", (start, end, kept + figure.text + rest)
    flipped = {"mehr als": "weniger als", "weniger als": "mehr als", "oder mehr": "oder weniger", "über": "unter", "unter": "über"}
    outer = text[start:end]
    changed = next((outer.replace(old, new, 1) for old, new in flipped.items() if old in outer), outer)
    if figure.open != "none" and changed != outer:
        yield "flipped hedge", (start, end, changed)


def respelled(case: Case) -> Iterator[Case]:
    """Versions of a true sentence that say the same in other letters."""
    text = case.text
    versions = {
        "Prozent": re.sub(r"(?<=[0-9]) ?%", " Prozent", text),
        "tight percent": re.sub(r"(?<=[0-9]) %", "%", text),
        "nbsp": re.sub(r"(?<=[0-9]) (?=[%€$A-Za-z])", "\u00a0", text),
        "bis": re.sub(r"(?<=[0-9])–(?=[0-9])", " bis ", text),
        "hyphen": text.replace("–", "-"),
        "mindestens": re.sub(r"(?<![–:])\b([0-9][0-9.,]*(?: %| Mio\. €)?) oder mehr\b", r"mindestens \1", text),
        "etwa": text.replace("rund ", "etwa "),
        "Millionen": text.replace(" Mio. €", " Millionen Euro"),
        "EUR": re.sub(r"(?<=[0-9.]) €", " EUR", text),
        "no mark": re.sub(r"(?<![0-9.])([0-9]{1,3})\.([0-9]{3})\b(?!\.)", r"\1\2", text),
        "words": _in_words(text),
    }
    yield from (Case(kind, changed, case.evidence, text) for kind, changed in versions.items() if changed != text)


def word_of(number: int) -> str:
    """A number below a hundred in German: `sechsundvierzig`."""
    if number < len(_WORDS):
        return _WORDS[number]
    one = {1: "ein"}.get(number % 10, _WORDS[number % 10])
    return f"{one}und{_TENS[number // 10]}" if number % 10 else _TENS[number // 10]


def _in_words(text: str) -> str:
    for figure in reversed(find(text)):
        plain = re.fullmatch(r"([0-9]{1,2})(?:–([0-9]{1,2}))?( .*)?", figure.text)
        if figure.kind == "date" or figure.unit is Unit.MONEY or not plain or plain[1] in {"0", "1"}:
            continue
        ends = " bis ".join(word_of(int(end)) for end in (plain[1], plain[2]) if end)
        text = text[: figure.start] + ends + (plain[3] or "").replace("%", "Prozent") + text[figure.end :]
    return text


def holds(case: Case, records: Sequence[Evidence]) -> bool:
    """Whether every figure of a sentence is supported by its evidence, or by the records that it shows."""
    return all(supports(figure, case.text, [case.evidence, *records]) for figure in find(case.text))


def measure(german: Library, seed: int = 7) -> Rates:
    """Try every German sentence with a figure; the same seed gives the same rates."""
    rng, rates = random.Random(seed), Rates()  # noqa: S311
    for case in true_sentences(german):
        rates.true += 1
        if not holds(case, ()):
            rates.refused_true.append(case)
            continue
        for wrong in planted(case, rng):
            rates.planted[wrong.kind] += 1
            if holds(wrong, ()):
                rates.missed.append(wrong)
        for same in respelled(case):
            rates.respelled[same.kind] += 1
            if not holds(same, ()):
                rates.refused.append(same)
    return rates


if __name__ == "__main__":
    print(report(measure(library.load().in_language("de")), "--show" in sys.argv))  # noqa: T201
