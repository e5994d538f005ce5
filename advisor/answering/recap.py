"""Where a conversation stands: what the client told and on which day, the answer to the last question in short, and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from advisor.answering.brief import Brief
from advisor.answering.compose import compose
from advisor.answering.slots.edges import languages, openings
from advisor.domain import ClaimKind, DraftClaim
from advisor.domain.changes import facts_of
from advisor.rules.told import listed, told

_UNSAID = frozenset({"business"})


def recapped(briefs: Sequence[Brief]) -> tuple[DraftClaim, ...]:
    """The draft of a recap: a handful of sentences out of the answer that the last question has now, and no new ones."""
    if not briefs:
        return ()
    brief, draft = briefs[0], compose(briefs)
    lead = next((claim for claim in draft if claim.block == "lead"), None)
    short = next((claim for claim in draft if claim.section == brief.heading("short")), None)
    asked = next((claim for claim in draft if claim.block == "question"), None)
    said = [*openings(brief), *_facts(brief), *(claim for claim in (lead, short, asked) if claim is not None)]
    return (*said, *languages(brief, said))


def _facts(brief: Brief) -> Iterator[DraftClaim]:
    """What the client told, a sentence for each day."""
    days: dict[date | None, list[str]] = {}
    words = told(brief.client, brief.wording)
    for path, known in facts_of(brief.client).items():
        if path in words and path not in _UNSAID:
            days.setdefault(known.fact.stated_on if known.fact else None, []).append(words[path])
    for day, facts in days.items():
        key, slots = ("on", {"day": day.isoformat()}) if day else ("facts", {})
        yield DraftClaim(text=brief.wording.say(f"conversation.recap.{key}", facts=listed(facts, brief.wording), **slots), kind=ClaimKind.QUESTION)
