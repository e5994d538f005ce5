"""Labels for readers: headings, column names, and the closed sets of the domain in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.domain import Applies, EvidenceClass, Verdict

EVIDENCE = {
    EvidenceClass.INDEPENDENT_STUDY: "independent study",
    EvidenceClass.VENDOR_SURVEY: "vendor survey",
    EvidenceClass.VENDOR_PLATFORM_DATA: "vendor's own platform data",
    EvidenceClass.VENDOR_COMMISSIONED: "study paid for by a vendor",
    EvidenceClass.ANNUAL_REPORT: "annual report",
    EvidenceClass.ANALYST: "analyst",
    EvidenceClass.PRACTITIONER: "practitioner's experience",
    EvidenceClass.SINGLE_CASE: "single case",
    EvidenceClass.ILLUSTRATION: "illustration, not measured",
    EvidenceClass.UNTRACEABLE: "origin not traceable",
    EvidenceClass.HOUSE_RULE: "our own rule, adjustable",
}

SECTIONS = {
    Verdict.REQUIRE: "Needed first",
    Verdict.RECOMMEND: "Fits now",
    Verdict.FORBID: "Not yet",
    Verdict.WARN: "Watch out",
    Verdict.ALLOW: "Possible, your call",
}
"""The verdicts in the order and words in which readers see them."""

LEAD_INS = ("fits", "not yet", "needed first", "your call", "your call, with care")
"""What a finding's sentence may open with; below a heading that says it, it is left out."""

HOLDS = {Applies.YES: "holds for you", Applies.NO: "does not hold for you", Applies.UNKNOWN: "not known to hold for you"}

TOOL_VERDICTS = {"fits": "fits", "later": "later", "not_for_you": "not for you", "to_check": "to check"}


def title_of(id_: str, titles: Mapping[str, str]) -> str:
    """The words for an id, or the id itself as words."""
    return titles.get(id_) or id_.replace("_", " ")


def sentence(text: str) -> str:
    """The text with a closing mark."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:…”" else f"{text}."


def without_lead_in(text: str) -> str:
    """`Not yet: tiers come later.` as it stands below the heading Not yet: `Tiers come later.`"""
    lead, mark, rest = text.partition(": ")
    return capital(rest) if mark and lead.lower() in LEAD_INS and rest.strip() else text


def capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def small(text: str) -> str:
    """The text as it goes on after a colon: `A channel motion` begins small, `ARR of €15M` does not."""
    first = text.split(" ", 1)[0]
    return f"{text[:1].lower()}{text[1:]}" if len(first) == 1 or first[1:].islower() else text


def shortlist(items: Sequence[str], limit: int = 5) -> str:
    """The first items, and how many more there are."""
    more = len(items) - limit
    return "; ".join(items) if more <= 1 else f"{'; '.join(items[:limit])}; and {more} more"


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
