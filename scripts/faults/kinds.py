"""The classes of faults. Each lists all places of the data that it can strike; which of them are struck, and how, is drawn by seed."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from scripts.faults.edits import Block, Fault, Place, blocks, field, one, replaced

Listing = Callable[[Path], Iterator[Place]]
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e\d+)?")
_UNITS = {"percent": "percentage_points", "percentage_points": "percent", "percent_unspecified": "percentage_points", "days": "weeks", "weeks": "months", "hours": "days", "months": "weeks",
          "years": "months", "fte": "count", "count": "percent", "multiple": "percent", "ratio": "percent", "score": "count"}  # fmt: skip
_VERDICTS = {"recommend": "forbid", "allow": "forbid", "forbid": "allow", "require": "allow", "warn": "recommend", "ask": "allow"}
_ENGLISH = (
    (r"\bNot yet:", "Now:"), (r"\bFits:", "Not yet:"), (r"\bnot yet\b", "now"), (r"\b(is|are|does|do|has|have|will|may|must|should|can) not\b", r"\1"), (r"\bcannot\b", "can"), (r"\bnever\b", "always"),
    (r"\bno\b", "a"), (r"\bwithout\b", "with"), (r"\bnothing\b", "everything"), (r"\bnobody\b", "everybody"), (r"\bnot\b ", ""), (r"\bbefore\b", "after"), (r"\bbelow\b", "above"), (r"\bmore\b", "less"),
)  # fmt: skip
_GERMAN = (
    (r"\bNoch nicht:", "Jetzt:"), (r"\bPasst:", "Noch nicht:"), (r"\bnoch nicht\b", "jetzt"), (r" nicht\b", ""), (r"\bnie\b", "immer"), (r"\bkein(e\w?)?\b", r"ein\1"), (r"\bohne\b", "mit"),
    (r"\bnichts\b", "alles"), (r"\bniemand\b", "jeder"), (r"\bbevor\b", "nachdem"), (r"\bunter\b", "über"), (r"\bmehr\b", "weniger"),
)  # fmt: skip


def _files(root: Path, folder: str, suffix: str = ".toml") -> list[Path]:
    return sorted((root / "knowledge" / folder).rglob(f"*{suffix}"))


# Thresholds.


def edges(folder: str) -> Listing:
    """A threshold of a decision table is moved in all rows that name it, so that the table is still complete."""

    def listed(root: Path) -> Iterator[Place]:
        for path in _files(root, folder):
            text, table = path.read_text(encoding="utf-8"), tomllib.loads(path.read_text(encoding="utf-8"))
            for name in (name for name, domain in table.get("inputs", {}).items() if domain == "range"):
                tests = [test for row in table["row"] if (test := row.get("when", {}).get(name))]
                written = [each for test in tests for each in (test if isinstance(test, list) else [test])]
                for cut in sorted({number for test in written for number in NUMBER.findall(test)}):
                    yield _edge(root, path, text, name, cut)

    return listed


def _edge(root: Path, path: Path, text: str, name: str, cut: str) -> Place:
    def place(rng: random.Random) -> Fault | None:
        moved = _moved(Decimal(cut), rng)
        test = re.compile(rf'(\b{name} = (?:"[^"]*"|\[[^\]]*\]))')
        new = test.sub(lambda match: re.sub(rf"(?<![\w.]){re.escape(cut)}(?![\w.])", f"{moved:f}", match[1]), text)
        return one(root, path, new, f"{path.stem}.{name}", cut, f"{moved:f}") if new != text else None

    return place


def _moved(value: Decimal, rng: random.Random) -> Decimal:
    """A threshold a little up or down: by one where it counts, by a fifth where it is an amount."""
    if value >= 1000:
        return (value * rng.choice((Decimal("0.8"), Decimal("1.2")))).normalize()
    return value + rng.choice((-1, 1)) if value == value.to_integral_value() and value > 1 else value + Decimal("0.5")


def verdicts(root: Path) -> Iterator[Place]:
    """A verdict of the rules is turned."""
    for path in _files(root, "rules"):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r'verdict = "(\w+)"', text):
            yield lambda rng, path=path, text=text, match=match: _turned(root, path, text, match)


def _turned(root: Path, path: Path, text: str, match: re.Match[str]) -> Fault:
    now = _VERDICTS[match[1]]
    line = text[text.rfind("{", 0, match.start()) : match.start()]
    move = re.search(r'move = "(\w+)"', line)
    return one(root, path, replaced(text, match.start(1), match.end(1), now), f"{path.stem}: {move[1] if move else 'note'}", match[1], now)


def outcomes(root: Path) -> Iterator[Place]:
    """A row of a table about a single case gives what another row gives."""
    for path in _files(root, "decisions"):
        text = path.read_text(encoding="utf-8")
        given: dict[str, set[str]] = {}
        found = [(line, pair) for line in re.finditer(r"^then = \{(.*)\}$", text, re.MULTILINE) for pair in re.finditer(r'(\w+) = ("[^"]*"|\d+)', line[1])]
        for _, pair in found:
            given.setdefault(pair[1], set()).add(pair[2])
        for line, pair in found:
            if others := sorted(given[pair[1]] - {pair[2]}):
                start = line.start(1)
                yield lambda rng, path=path, text=text, start=start, pair=pair, others=others: _given(root, path, text, start, pair, rng.choice(others))


def _given(root: Path, path: Path, text: str, start: int, pair: re.Match[str], now: str) -> Fault:
    return one(root, path, replaced(text, start + pair.start(2), start + pair.end(2), now), f"{path.stem}.{pair[1]}", pair[2], now)


def corridor(root: Path) -> Iterator[Place]:
    """A rate of the currency corridor is moved by a tenth."""
    path = root / "knowledge" / "rules" / "currency.toml"
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r'^(low|high|margin) = "([\d.]+)"', text, re.MULTILINE):
        yield lambda rng, match=match: _rate(root, path, text, match, rng)


def _rate(root: Path, path: Path, text: str, match: re.Match[str], rng: random.Random) -> Fault:
    now = f"{Decimal(match[2]) * rng.choice((Decimal('0.9'), Decimal('1.1'))):f}"
    code = re.findall(r'currency = "(\w+)"', text[: match.start()])
    return one(root, path, replaced(text, match.start(2), match.end(2), now), f"{code[-1] if code else 'none'}.{match[1]}", match[2], now)


def tools(root: Path) -> Iterator[Place]:
    """A tool is told as fitting, or not, at another stage, or stands in another tier of data protection."""
    path = root / "knowledge" / "rules" / "tools.toml"
    text = path.read_text(encoding="utf-8")
    for block in blocks(text, "tool"):
        lists = list(re.finditer(r"^(later|fits|not_for_you|to_check) = \[(.+)\]$", block.text, re.MULTILINE))
        for match in lists if len(lists) > 1 else []:
            yield lambda rng, block=block, match=match, lists=lists: _other_stage(root, path, text, block, match, rng.choice([each for each in lists if each is not match]), rng)
        if (tier := field(block.text, "tier")) is not None:
            yield lambda rng, block=block, tier=tier: _written(root, path, text, block, "tier", rng.choice([f'"{each}"' for each in ("A", "B", "C") if f'"{each}"' != tier["value"]]))


def _other_stage(root: Path, path: Path, text: str, block: Block, source: re.Match[str], goal: re.Match[str], rng: random.Random) -> Fault | None:
    stages = [each.strip() for each in source[2].split(",")]
    if len(stages) < 2:
        return None
    stage = rng.choice(stages)
    body = block.text.replace(source[0], f"{source[1]} = [{', '.join(each for each in stages if each != stage)}]").replace(goal[0], f"{goal[1]} = [{goal[2]}, {stage}]")
    return one(root, path, replaced(text, block.start, block.start + len(block.text), body), f"{block.id} at {stage}", source[1], goal[1])


# Records and sources.


def records(change: Callable[[Block, random.Random], tuple[str, str] | None]) -> Listing:
    """A field of a benchmark record is changed."""

    def listed(root: Path) -> Iterator[Place]:
        for path in _files(root, "benchmarks"):
            text = path.read_text(encoding="utf-8")
            for block in blocks(text, "benchmark"):
                yield lambda rng, path=path, text=text, block=block: _changed(root, path, text, block, change(block, rng))

    return listed


def _changed(root: Path, path: Path, text: str, block: Block, change: tuple[str, str] | None) -> Fault | None:
    return None if change is None else _written(root, path, text, block, *change)


def _written(root: Path, path: Path, text: str, block: Block, name: str, now: str) -> Fault | None:
    """A field of an entry written anew; `low, high` stands for both ends of a single value."""
    body, was = block.text, ""
    for each in name.split(", "):
        if (match := field(body, each)) is None or match["value"] == now:
            return None
        was = match["value"]
        body = replaced(body, match.start("value"), match.end("value"), now)
    return one(root, path, replaced(text, block.start, block.start + len(block.text), body), f"{block.id}.{name}", was, now)


def digit(block: Block, rng: random.Random) -> tuple[str, str] | None:
    """One digit of the value is another."""
    name = _end(block, rng)
    value = field(block.text, name.split(", ")[0])
    if value is None or not NUMBER.fullmatch(value["value"]):
        return None
    places = [place for place, char in enumerate(value["value"].partition("e")[0]) if char.isdigit()]
    place = rng.choice(places)
    return name, replaced(value["value"], place, place + 1, rng.choice([each for each in "123456789" if each != value["value"][place]]))


def scale(block: Block, rng: random.Random) -> tuple[str, str] | None:
    """The value is ten times, or a tenth of, what it was."""
    name = _end(block, rng)
    value = field(block.text, name.split(", ")[0])
    return None if value is None or not Decimal(value["value"]) else (name, f"{Decimal(value['value']) * rng.choice((10, Decimal('0.1'))):f}")


def _end(block: Block, rng: random.Random) -> str:
    low, high = field(block.text, "low"), field(block.text, "high")
    if low and high and low["value"] == high["value"]:
        return "low, high"
    return rng.choice([name for name, end in (("low", low), ("high", high)) if end])


def unit(block: Block, rng: random.Random) -> tuple[str, str] | None:
    """The unit, the currency or the time that the value is counted for is another."""
    if (currency := field(block.text, "currency")) is not None:
        return rng.choice((("currency", '"EUR"' if "USD" in currency["value"] else '"USD"'), ("per", '"month"' if "year" in _text(block, "per") else '"year"')))
    now = _UNITS.get(_text(block, "unit"))
    return ("unit", f'"{now}"') if now else None


def sense(block: Block, rng: random.Random) -> tuple[str, str] | None:
    """The direction is turned, an open end turned, or "about" taken away."""
    ways = {"direction": {"increase": '"decrease"', "decrease": '"increase"'}, "open": {"above": '"below"', "below": '"above"'}, "approximate": {"true": "false"}}
    fitting = [(name, now) for name, turned in ways.items() if (now := turned.get(_text(block, name)))]
    return rng.choice(fitting) if fitting else None


def condition(block: Block, rng: random.Random) -> tuple[str, str] | None:
    """For whom the record holds is changed: a bound moved, a value exchanged."""
    held = field(block.text, "condition")
    if held is None:
        return None
    others = {"early": "growth", "growth": "mature", "mature": "early", "b2b_saas": "consultancy", "consultancy": "b2b_saas", "plg": "enterprise", "mid_touch": "channel"}
    if numbers := list(NUMBER.finditer(held["value"])):
        match = rng.choice(numbers)
        return "condition", replaced(held["value"], match.start(), match.end(), f"{_moved(Decimal(match[0]), rng):f}")
    words = [match for match in re.finditer(r'"(\w+)"', held["value"]) if match[1] in others]
    if not words:
        return None
    match = rng.choice(words)
    return "condition", replaced(held["value"], match.start(1), match.end(1), others[match[1]])


def evidence_class(block: Block, rng: random.Random) -> tuple[str, str] | None:
    """The figure counts as another kind of evidence."""
    held = _text(block, "evidence_class")
    return "evidence_class", f'"{rng.choice([each for each in ("vendor_survey", "practitioner", "analyst", "single_case", "independent_study", "illustration") if each != held])}"'


def _text(block: Block, name: str) -> str:
    match = field(block.text, name)
    return match["value"].strip('"') if match else ""


def attributed(root: Path) -> Iterator[Place]:
    """A record is attributed to another source of the same document."""
    sources = {entry["id"]: entry for entry in tomllib.loads((root / "knowledge" / "sources.toml").read_text(encoding="utf-8"))["source"]}
    near = {id_: [other for other in sources if other != id_ and sources[other].get("reported_in") == source.get("reported_in") and source.get("reported_in")] for id_, source in sources.items()}
    yield from records(lambda block, rng: ("source", f'"{rng.choice(near[_text(block, "source")])}"') if near.get(_text(block, "source")) else None)(root)


def bibliography(root: Path) -> Iterator[Place]:
    """A source has another publisher, year or kind of evidence."""
    path = root / "knowledge" / "sources.toml"
    text = path.read_text(encoding="utf-8")
    publishers = sorted(set(re.findall(r'^publisher = "(.+)"$', text, re.MULTILINE)))
    for block in blocks(text, "source"):
        yield lambda rng, block=block: _changed(root, path, text, block, _of_source(block, publishers, rng))


def _of_source(block: Block, publishers: list[str], rng: random.Random) -> tuple[str, str] | None:
    name = rng.choice([name for name in ("publisher", "year", "evidence_class") if field(block.text, name)])
    if name == "year":
        return name, str(int(_text(block, name)) + rng.choice((-2, -1, 1)))
    return evidence_class(block, rng) if name == "evidence_class" else (name, f'"{rng.choice([each for each in publishers if each != _text(block, name)])}"')


# Sentences.


def polarity(folder: str, words: tuple[tuple[str, str], ...], line: str = r'^[^#\n\[][^\n]*$', suffix: str = ".toml") -> Listing:
    """A sentence says the opposite: "not yet" becomes "now", a "not" is dropped, "before" becomes "after"."""

    def listed(root: Path) -> Iterator[Place]:
        for path in _files(root, folder, suffix):
            if path.stem != "units":
                text = path.read_text(encoding="utf-8")
                for match in re.finditer(line, text, re.MULTILINE):
                    if any(re.search(word, match[0]) for word, _ in words):
                        yield lambda rng, path=path, text=text, match=match: _opposite(root, path, text, match, words, rng)

    return listed


def _opposite(root: Path, path: Path, text: str, line: re.Match[str], words: tuple[tuple[str, str], ...], rng: random.Random) -> Fault | None:
    quoted = list(re.finditer(r'"[^"\n]*"|(?<=^- ).*$|(?<=\. ).*$', line[0])) if path.suffix == ".toml" else [re.match(r".*", line[0])]
    found = [(part.start() + match.start(), match, new) for part in quoted if part for word, new in words for match in re.finditer(word, part[0])]
    if not found:
        return None
    at, match, new = rng.choice(found)
    start = line.start() + at
    now = match.expand(new)
    return one(root, path, replaced(text, start, start + len(match[0]), now), f"{path.stem}: {line[0].strip()[:60]}", match[0].strip(), now.strip() or "(dropped)")


def prompt_sentences(root: Path) -> Iterator[Place]:
    """A prompt loses a sentence, or a sentence of it says the opposite."""
    for path in sorted((root / "prompts").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for line in re.finditer(r"^(?!\+|#|<<<|\{\w+\}$|\w+>>>|\w+ = ).+$", text[text.index("\n# ") :], re.MULTILINE):
            for sentence in re.finditer(r"\S.*?[.:](?=\s|$)|\S.*$", line[0]):
                start = text.index("\n# ") + line.start() + sentence.start()
                yield lambda rng, path=path, text=text, start=start, said=sentence[0]: _of_prompt(root, path, text, start, said, rng)


def _of_prompt(root: Path, path: Path, text: str, start: int, said: str, rng: random.Random) -> Fault:
    ways = [""] + [replaced(said, match.start(), match.end(), match.expand(new)) for word, new in _ENGLISH for match in re.finditer(word, said)]
    now = rng.choice(ways)
    return one(root, path, replaced(text, start, start + len(said), now), f"{path.stem}: {said[:60]}", said[:60], now[:60] or "(dropped)")


def figures_said(root: Path) -> Iterator[Place]:
    """A sentence shows the figure of another record or the threshold of another row, in every language that says it."""
    tables = {language: {path: path.read_text(encoding="utf-8") for path in _files(root, f"phrases/{language}")} for language in ("en", "de")}
    marks = sorted({match for text in tables["en"].values() for match in re.findall(r"\{((?:fig|rule):[^{}]+)\}", text)})
    for path, text in tables["en"].items():
        section = ""
        for line in text.splitlines():
            section = line.strip("[]") if line.startswith("[") else section
            for mark in re.findall(r"\{((?:fig|rule):[^{}]+)\}", line):
                yield lambda rng, path=path, section=section, line=line, mark=mark: _other_figure(root, tables, path, section, line, mark, _alike(marks, mark, rng))


def _alike(marks: list[str], mark: str, rng: random.Random) -> str:
    kind, part = mark.partition(":")[0], mark.rpartition(".")[2]
    return rng.choice([each for each in marks if each != mark and each.partition(":")[0] == kind and (kind == "fig" or each.rpartition(".")[2] == part)])


def _other_figure(root: Path, tables: dict[str, dict[Path, str]], path: Path, section: str, line: str, mark: str, other: str) -> Fault | None:
    key, files = line.partition(" = ")[0], {}
    for language in tables:
        there = root / "knowledge" / "phrases" / language / path.name
        text = tables[language][there]
        at = re.search(rf"^\[{re.escape(section)}\]$(?:\n(?!\[).*)*?\n({re.escape(key)} = .*)$", text, re.MULTILINE) if section else re.search(rf"^({re.escape(key)} = .*)$", text, re.MULTILINE)
        if at is None:
            return None
        said = re.sub(rf"\{{{re.escape(mark)}(\.dative)?\}}", lambda match: f"{{{other}{match[1] or ''}}}", at[1])
        files[there.relative_to(root).as_posix()] = replaced(text, at.start(1), at.end(1), said).encode()
    return Fault(f"{section}.{key}", mark, other, files)


# Ranking and sums.


def ranking(root: Path) -> Iterator[Place]:
    """A number of the ranking is another by half or more: the floor, the shares, how many are judged."""
    path = root / "knowledge" / "vectors" / "tuning.toml"
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"^(\w+) = ([\d.]+)$", text, re.MULTILINE):
        yield lambda rng, match=match: _tuned(root, path, text, match, rng)


def _tuned(root: Path, path: Path, text: str, match: re.Match[str], rng: random.Random) -> Fault:
    value = Decimal(match[2])
    now = rng.choice((value / 4, value * 4)) if value == value.to_integral_value() and value > 1 else rng.choice((value / 2, min(value * 2, Decimal("0.98")) if value < 1 else value * 2))
    told = f"{max(1, int(now))}" if "." not in match[2] else f"{now:.4f}"
    return one(root, path, replaced(text, match.start(2), match.end(2), told), match[1], match[2], told)


def weights(root: Path) -> Iterator[Place]:
    """A learned weight of the order or of the floor has the other sign."""
    path = root / "knowledge" / "vectors" / "learned" / "relevance.npz"
    with np.load(path) as held:
        arrays = dict(held)
    for name in ("order", "odds"):
        for number, weight in enumerate(arrays[name]):
            if abs(float(weight)) > 0:
                yield lambda rng, name=name, number=number: _signed(root, path, arrays, name, number)


def _signed(root: Path, path: Path, arrays: dict[str, Any], name: str, number: int) -> Fault:
    turned, out = arrays[name].copy(), BytesIO()
    turned[number] = -turned[number]
    np.savez(out, **{**arrays, name: turned})
    return Fault(f"relevance.{name}[{number}]", f"{arrays[name][number]:.3f}", f"{turned[number]:.3f}", {path.relative_to(root).as_posix(): out.getvalue()})


def formulas(root: Path) -> Iterator[Place]:
    """A formula of the sums has another sign."""
    path = root / "knowledge" / "answers" / "sums.toml"
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r'"[^"\n]*? ([*/+-]) [^"\n]*?"', text):
        yield lambda rng, match=match: _sign(root, path, text, match)


def _sign(root: Path, path: Path, text: str, match: re.Match[str]) -> Fault:
    now = {"*": "/", "/": "*", "+": "-", "-": "+"}[match[1]]
    return one(root, path, replaced(text, match.start(1), match.end(1), now), f"sums: {match[0]}", match[1], now)


def words(language: str) -> Listing:
    """A word of another language stands for another English word."""

    def listed(root: Path) -> Iterator[Place]:
        path = root / "knowledge" / "lexicon" / f"{language}.toml"
        text = path.read_text(encoding="utf-8")
        lines = list(re.finditer(r'^(\w+) = "([^"\n]+)"$', text[text.index("[words]") :], re.MULTILINE))
        for line in lines:
            yield lambda rng, line=line: _exchanged(root, path, text, line, rng.choice([each for each in lines if each is not line]))

    return listed


def _exchanged(root: Path, path: Path, text: str, one_line: re.Match[str], other: re.Match[str]) -> Fault:
    first, second = sorted((one_line, other), key=lambda match: match.start())
    begin = text.index("[words]")
    new = replaced(text, begin + second.start(2), begin + second.end(2), first[2])
    new = replaced(new, begin + first.start(2), begin + first.end(2), second[2])
    return one(root, path, new, f"{one_line[1]} and {other[1]}", one_line[2], other[2])


KINDS: dict[str, Listing] = {
    "threshold of a rule": edges("rules"),
    "threshold of a decision table": edges("decisions"),
    "verdict of a rule": verdicts,
    "outcome of a decision table": outcomes,
    "rate of the currency corridor": corridor,
    "stage or tier of a tool": tools,
    "digit of a record": records(digit),
    "scale of a record": records(scale),
    "unit of a record": records(unit),
    "direction, open end or “about” of a record": records(sense),
    "condition of a record": records(condition),
    "evidence class of a record": records(evidence_class),
    "source of a record": attributed,
    "publisher, year or class of a source": bibliography,
    "polarity of a phrase": polarity("phrases/en", _ENGLISH),
    "polarity of a German phrase": polarity("phrases/de", _GERMAN),
    "polarity of a record's sentence": polarity("benchmarks", _ENGLISH, r"^(?:text|caution) = .*$"),
    "polarity of a record's German sentence": polarity("translations/de", _GERMAN, r"^(?:text|caution) = .*$"),
    "figure of a phrase": figures_said,
    "sentence of a prompt": prompt_sentences,
    "number of the ranking": ranking,
    "weight of the ranking": weights,
    "sign in a formula": formulas,
    "German word of the lexicon": words("de"),
    "French word of the lexicon": words("fr"),
}
"""Thresholds, benchmark values, phrases, prompts, formulas, the parameters of the ranking, and words of the lexicons."""

BESIDE: dict[str, Listing] = {
    "polarity of a passage": polarity("skill", _ENGLISH, r"^(?!\+|#|\||[\w.-]+ = |\[|  \")\S.*$", ".md"),
}
"""What else the knowledge holds, of which the suites hold only a part."""
