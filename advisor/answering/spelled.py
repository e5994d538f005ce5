"""Abbreviations of the glossary in an answer: the first use of each is spelled out once, behind it in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from advisor.domain import DraftClaim, Term
from advisor.library import Library
from advisor.library.glossary import terms

_QUOTED = re.compile(r"“[^”]*”|„[^“]*“|\"[^\"]*\"")


def spelled(draft: Sequence[DraftClaim], question: str, library: Library) -> tuple[DraftClaim, ...]:
    """The draft with each abbreviation spelled out where it first stands, unless the question has it or the answer its full name.

    Whoever asks what one means gets it spelled out all the same. Quotations and questions to the client stay as they are.
    """
    claims = list(draft)
    told = " ".join(claim.text for claim in claims).casefold()
    for term in terms().values():
        full = library.stands_for(term)
        if not full or any(name.casefold() in told for name in (full, term.stands_for)):
            continue
        meant = any(claim.evidence == (term.id,) for claim in claims)
        if not meant and _letters(term.term).search(question):
            continue
        for index, claim in enumerate(claims):
            text = claim.text if claim.block == "question" else _with(claim.text, term, full, library.language)
            if text != claim.text:
                claims[index] = claim.model_copy(update={"text": text})
                break
    return tuple(claims)


def shortened(text: str, library: Library) -> str:
    """A text as it was before `spelled`: what its sentences were made of can be looked for in it."""
    for term in terms().values():
        full = library.stands_for(term)
        if full and full in text:
            text = _behind(term.term, full).sub(lambda found: "" if found["closed"] else " (" if found["more"] else "", text)
    return text


@cache
def _behind(term: str, full: str) -> re.Pattern[str]:
    """What `_with` writes behind an abbreviation: alone in brackets, before what stood in them, or behind it within brackets."""
    name = rf"(?:{re.escape(term)}: )?{re.escape(full)}s?"
    return re.compile(rf"(?<=\w)(?: \({name}(?:(?P<closed>\))|(?P<more>; ))| = {name})")


@cache
def _letters(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(term)}(?P<many>s?)(?P<joined>(?:-\w+)*)(?!\w)")


def _with(text: str, term: Term, full: str, language: str) -> str:
    """The text with the full name behind the first of the letters that stands outside a quotation."""
    if term.term not in text:
        return text
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for found in _letters(term.term).finditer(text):
        if any(start <= found.start() < end for start, end in quoted):
            continue
        name = f"{full}s" if found["many"] and language == "en" and not full.endswith("s") else full
        name = f"{term.term}: {name}" if found["joined"] else name
        before, rest = text[: found.end()], text[found.end() :]
        if before.count("(") > before.count(")"):
            return f"{before} = {name}{rest}"
        return f"{before} ({name}; {rest[2:]}" if rest.startswith(" (") else f"{before} ({name}){rest}"
    return text
