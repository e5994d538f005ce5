"""A model points at facts in a message; what the gate of `intake` lets through is shown, and counts where the person said that it may."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor.answering import prompts
from advisor.answering.calling import Call, Writer
from advisor.answering.masking import Mask
from advisor.answering.written import closed
from advisor.domain import Answer, Business, Client, Compliance, Expansion, Motion, Owner
from advisor.errors import InputError, ModelError
from advisor.intake import LIMIT
from advisor.intake.proposals import ASKED, LONGEST_QUOTE, LONGEST_VALUE, PATHS, Judged, Proposal, judged
from advisor.library import Library
from advisor.ports import Tokens, Wording
from advisor.rules.told import told

if TYPE_CHECKING:
    from advisor.answering.parts import Parts

Use = Literal["show", "use"]
_MOST = 12  # facts of one answer
_MOST_ASKED = 3
_NONE = Tokens(0, 0)
_LIMIT = 1_200  # tokens that a list of facts may take
_NUMBER, _AMOUNT, _YES_NO = "a number", "an amount with its currency, as 8.2M EUR", "yes or no"
_FORMS = {
    "arr": f"annual recurring revenue: {_AMOUNT}", "acv": f"what one customer pays a year: {_AMOUNT}", "tool_budget": f"what may be spent on partner tools a year: {_AMOUNT}",
    "motion": f"how it sells: {', '.join(Motion)}", "business": f"what it is: {', '.join(Business)}", "owner": f"who carries the partner programme: {', '.join(Owner)}",
    "partners": f"signed partners: {_NUMBER}", "active_partners": f"partners that bring business: {_NUMBER}", "mapped_partners": f"partners connected for account mapping: {_NUMBER}",
    "programme_age_months": f"age of the partner programme in months: {_NUMBER}", "direct_predictable": f"whether direct sales are predictable: {_YES_NO}", "maturity": "level of the partner programme: 1 to 4",
    "expansion": f"where it wants to grow: {', '.join(Expansion)}", "region": "where it sits: EU, UK, US, ...", "compliance": f"rules for its data: {', '.join(Compliance)}", "crm": "its CRM, by name",
}  # fmt: skip


class _Written(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    fact: Annotated[str, Field(max_length=LONGEST_VALUE)]
    value: Annotated[str, Field(max_length=LONGEST_VALUE)]
    quote: Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTE)]


@dataclass(frozen=True)
class Proposed:
    """What a model pointed at: the client with what counts of it, what the person is told, and what it took."""

    client: Client
    notices: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    tokens: Tokens = _NONE
    cost: float | None = 0.0


def pointed(text: str, client: Client, options: Client, parts: Parts, wording: Wording, use: Use, answered: Callable[[Client], Answer]) -> Answer:
    """The answer on top of the facts that the model points at. Raises InputError where no model may be asked."""
    if parts.writer is None:
        raise InputError("Facts can only be pointed at by a model, and none may be asked here.", hint="Name one: --model openai:gpt-5-mini")
    found = propose(text, client, options, parts.writer, parts.library, parts.today, wording, use)
    parts.trace("proposed", [{"fact": item.proposal.name, "quote": item.quote, "reason": item.reason} for item in found.judged])
    return _counted(answered(found.client), found, parts.writer.model.name)


def propose(text: str, client: Client, options: Client, writer: Writer, library: Library, today: date, wording: Wording, use: Use) -> Proposed:
    """The facts that a model points at in a message. Raises ModelError when it fails and is required; else nothing is read, and a sentence says so."""
    mask, name = Mask(library, writer.client_names), writer.model.name
    try:
        asked = prompts.load("intake").filled(facts="\n".join(f"- {fact}: {form}" for fact, form in _FORMS.items()), text=mask.hide(text[:LIMIT]))
        call = Call(writer, asked, schema(), _LIMIT)
    except ModelError as error:
        return _failed(error, client, writer, wording)
    failed: ModelError | None = None
    try:
        with closing(call.pieces()) as pieces:
            for _ in pieces:
                pass
        proposals = [Proposal(item.fact, item.value, mask.show(item.quote)) for item in _read(call.text, name)]
    except ModelError as error:
        failed, proposals = error, []
    if failed is not None:
        done = _failed(failed, client, writer, wording)
        return Proposed(client, done.notices, tokens=call.tokens, cost=call.cost)
    found = judged(text, proposals, client, options, today, wording)
    passed = next((item.client for item in reversed(found) if item.client is not None), client)
    return Proposed(passed if use == "use" else client, tuple(_told(found, name, use, wording)), tuple(found), call.tokens, call.cost)


def _counted(answer: Answer, proposed: Proposed, name: str) -> Answer:
    """The answer with what was said of the facts, and what pointing at them took."""
    run, own = answer.run, proposed.tokens.prompt + proposed.tokens.written
    spent = {"model": name, "tokens": (run.tokens or 0) + own} if own else {}
    if own:
        priced = proposed.cost is not None and (run.cost is not None or not run.tokens)
        spent["cost"] = round((run.cost or 0.0) + (proposed.cost or 0.0), 6) if priced else None
    return answer.model_copy(update={"run": run.model_copy(update={**spent, "notices": (*proposed.notices, *run.notices)})})


def schema() -> dict[str, Any]:
    """The JSON schema of proposed facts: closed, every string and list bounded, every key required."""
    text = {"type": "string", "maxLength": LONGEST_VALUE}
    item = {"fact": {"type": "string", "enum": list(PATHS)}, "value": text, "quote": {"type": "string", "maxLength": LONGEST_QUOTE}}
    return closed({"facts": {"type": "array", "maxItems": _MOST, "items": closed(item)}})


def _read(text: str, name: str) -> Iterator[_Written]:
    """The facts of an answer; what is no fact is passed over. Raises ModelError when the whole is no list of facts."""
    start, end = text.find("{"), text.rfind("}")
    try:
        listed = json.loads(text[start : end + 1])["facts"] if 0 <= start < end else None
    except (ValueError, KeyError, TypeError, RecursionError):
        listed = None
    if not isinstance(listed, list):
        raise ModelError("malformed" if text.strip() else "empty", name)
    for item in listed[:_MOST]:
        try:
            yield _Written.model_validate(item)
        except ValidationError:
            continue


def _failed(error: ModelError, client: Client, writer: Writer, wording: Wording) -> Proposed:
    if writer.required:
        raise error
    return Proposed(client, (wording.say("model.facts.failed", model=writer.model.name),))


def _told(found: Sequence[Judged], name: str, use: Use, wording: Wording) -> Iterator[str]:
    """A sentence for each fact that was read, for each that the person is asked, and one for what was made up."""
    for item in found:
        if item.client is not None:
            path = PATHS[item.proposal.name]
            fact = told(item.client, wording, [path])[path]
            yield wording.say(f"model.facts.{use}", model=name, quote=item.quote, fact=fact, option=f"--{item.proposal.name.replace('_', '-')}")
    asked = [item for item in found if item.reason in ASKED][:_MOST_ASKED]
    for item in asked:
        yield wording.say("model.facts.asked", model=name, quote=item.quote, about=wording.say(f"model.facts.about.{item.proposal.name}"), option=f"--{item.proposal.name.replace('_', '-')}")
    if made_up := sum(item.reason in {"invented", "planted"} for item in found):
        yield wording.say("model.facts.invented", model=name, number=str(made_up))
