"""Questions to the client, without the parts that the message or what is known of the client answers already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.answering.brief import Brief
from advisor.answering.hearsay import bare, phrases
from advisor.answering.playbook import Told
from advisor.domain import ClaimKind, Client, DraftClaim
from advisor.figures import find

_REACH = 60  # characters between a figure and the word that tells what it is of


def asking(brief: Brief, key: str) -> Iterator[DraftClaim]:
    """The question under a phrase, or what of it is still open; nothing where all of it is told."""
    parts = brief.playbook.asked.get(key, ())
    still = [number for number, name in enumerate(parts, 1) if not told(brief.playbook.told[name], brief.question, brief.client)]
    if parts and not still:
        return
    whole = len(still) == len(parts)
    yield brief.claim(key if whole else f"{key}_{still[0]}", kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"))


def told(part: Told, message: str, client: Client) -> bool:
    """Whether a message, or what is known of the client, tells what a part of a question asks for."""
    if any(_known(client, fact) for fact in part.facts):
        return True
    said = bare(message)
    return bool(part.words and phrases(part.words).first(said)) or bool(part.units and _figured(part, message, said))


def _known(client: Client, fact: str) -> bool:
    if fact in client.metrics:
        return True
    value: Any = client
    for name in fact.split("."):
        value = getattr(value, name, None)
    return value is not None and value != ()


def _figured(part: Told, message: str, said: str) -> bool:
    figures = [figure for figure in find(message) if figure.unit in part.units]
    spots = [hit.start for hit in phrases(part.near).find(said)] if part.near else []
    return bool(figures) and (not part.near or any(abs(figure.start - spot) <= _REACH for figure in figures for spot in spots))
