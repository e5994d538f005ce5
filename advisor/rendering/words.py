"""Labels for readers: headings, column names, and the closed sets of the domain in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from advisor import datafiles
from advisor.domain import Applies, EvidenceClass, Verdict

SECTIONS = (Verdict.REQUIRE, Verdict.RECOMMEND, Verdict.FORBID, Verdict.WARN, Verdict.ALLOW)
"""The verdicts in the order in which readers see them."""


class Page:
    """The labels of pages in one language, by the end of their key: `page.verdict.forbid` is `verdict.forbid`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def say(self, key: str, /, **slots: object) -> str:
        return self._words[f"page.{key}"].format(**slots)

    def items(self) -> Iterable[tuple[str, str]]:
        """Each key with its words."""
        return self._words.items()

    def evidence(self, of: EvidenceClass) -> str:
        return self.say(f"evidence.{of}")

    def holds(self, applies: Applies) -> str:
        return self.say(f"holds.{applies}")

    def verdict(self, verdict: Verdict) -> str:
        return self.say(f"verdict.{verdict}")

    @property
    def leads(self) -> frozenset[str]:
        """What a finding's sentence may open with, in lower case."""
        return frozenset(words.lower() for key, words in self._words.items() if key.startswith("page.lead."))


@cache
def page(language: str = "en") -> Page:
    """The labels in a language; `en-US` is English in American spelling. Raises DataError when their file cannot be read."""
    if language == "en-US":
        from advisor.rendering.spelling import american

        return Page({key: american(words) for key, words in page("en").items()})
    path = datafiles.root() / "knowledge" / "phrases" / language / "page.toml"
    return Page({key: str(words) for key, words in datafiles.walk(datafiles.read_toml(path))})


def title_of(id_: str, titles: Mapping[str, str]) -> str:
    """The words for an id, or the id itself as words."""
    return titles.get(id_) or id_.replace("_", " ")


def sentence(text: str) -> str:
    """The text with a closing mark."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:…”“" else f"{text}."


def without_lead_in(text: str, labels: Page) -> str:
    """`Not yet: tiers come later.` as it stands below the heading Not yet: `Tiers come later.`"""
    lead, mark, rest = text.partition(": ")
    return capital(rest) if mark and lead.lower() in labels.leads and rest.strip() else text


def capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def small(text: str, labels: Page) -> str:
    """The text as it goes on after a colon: `A channel motion` begins small, `ARR of €15M` does not, nor a German noun."""
    first = text.split(" ", 1)[0]
    if (words := labels.say("begins_small").split()) and first.lower() not in words:
        return text
    return f"{text[:1].lower()}{text[1:]}" if len(first) == 1 or first[1:].islower() else text


def shortlist(items: Sequence[str], labels: Page, limit: int = 5) -> str:
    """The first items, and how many more there are."""
    more = len(items) - limit
    return "; ".join(items) if more <= 1 else f"{'; '.join(items[:limit])}; {labels.say('assessment.more', number=more)}"


def sentences(*texts: str | None) -> str:
    """The texts that say something, each once, as one run of sentences."""
    return " ".join(dict.fromkeys(sentence(text) for text in texts if text and text.strip()))


def opening(text: str, limit: int = 240) -> str:
    """The first sentences of a long text that fit, on one line; a short text as it is."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    end = max(line.rfind(mark, 0, limit) for mark in (". ", "? ", "! "))
    return f"{line[: end + 1]} …" if end > 0 else f"{line[:limit].rsplit(' ', 1)[0]} …"


def place_in_words(place: str, documents: Mapping[str, str]) -> str:
    """`000 › Heading › Row` with the document's title in place of its number."""
    first, mark, rest = place.partition(" › ")
    title = documents.get(first.strip(), "" if first.strip().isdigit() else first.strip())
    return f"{title}{mark if title and rest else ''}{rest}"


def cell(text: object) -> str:
    """A text as one Markdown table cell."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell(value) for value in line)} |" for line in lines)
