"""JSON schemas of the capabilities: those of pydantic made short for MCP and Anthropic, and closed for OpenAI's strict mode.

`Facts` stand written out where facts are first told, in `advisor_assess`; elsewhere the short form points there. What is checked is the same
everywhere: the model's own input, never the schema that a host was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from advisor.domain.base import Value
from advisor.integrations.capabilities import CAPABILITIES, Capability
from advisor.integrations.inputs import Facts

Schema = dict[str, Any]
FactsTold = Literal["spelt", "named", "none"]  # written out, by pointing at the tool that writes them out, or left out
_DROPPED = frozenset({"additionalProperties", "title", "default", "format", "maxLength", "minimum", "maximum", "maxItems"})
_UNSTATED = frozenset({"Facts"})
_SEE = "the facts of advisor_assess"
_PAIRS = {"type": "array", "items": {"type": "string"}, "description": "arr=8.2M EUR; the facts of advisor_assess"}
_SPARED = frozenset({"facts", "what_if", "detail"})
_LONG = 20  # of longer lists of words no host is shown each one: what is wrong is answered with those near it


def short_input(capability: Capability, facts: FactsTold | None = None) -> Schema:
    """What the capability takes: no titles, defaults or null, facts written out once in the table. A host that offers fewer tools says how `facts` are told."""
    how = facts or ("spelt" if capability is CAPABILITIES[0] else "named")
    told = _short(capability.takes, spelt=how == "spelt")
    return plain(told) if how == "none" else told


def plain(schema: Schema) -> Schema:
    """What a small model is offered: no facts, which it would make up, and no choice of how long a result is."""
    return {**schema, "properties": {name: part for name, part in schema["properties"].items() if name not in _SPARED}}


def factual(capability: Capability) -> list[str]:
    """The fields of a capability that take facts."""
    return [name for name, field in capability.takes.model_fields.items() if Facts in get_args(field.annotation)]


def short_output(capability: Capability) -> Schema:
    """What the capability gives, its nested values told by type alone."""
    whole = capability.gives.model_json_schema(mode="serialization")
    return {"type": "object", "properties": {name: _kind(part, whole.get("$defs", {})) for name, part in whole["properties"].items()}}


def strict_input(capability: Capability) -> Schema:
    """The same for OpenAI's strict mode: every object closed, every field required, what may be left out may be null.

    Facts are a list of `fact=value` but for the first row, which names them all.
    """
    whole = capability.takes.model_json_schema()
    defs, first = whole.pop("$defs", {}), capability is CAPABILITIES[0]
    schema = _strict(whole, {**defs, "Facts": defs["Facts"] if first else _PAIRS} if "Facts" in defs else defs)
    return {**schema, "$defs": {"Facts": _strict(defs["Facts"], defs)}} if first else schema


def _short(takes: type[Value], *, spelt: bool) -> Schema:
    whole = takes.model_json_schema()
    defs, seen = whole.pop("$defs", {}), set() if spelt else set(_UNSTATED)
    return _told(whole, defs, seen)


def _told(part: Schema, defs: Mapping[str, Schema], seen: set[str]) -> Schema:
    """A schema without what a reader can do without. An object named in `seen` is told by a word."""
    if "oneOf" in part:
        return {"anyOf": [_told(each, defs, seen) for each in part["oneOf"]]}
    if "const" in part:
        return {"enum": [part["const"]]}
    if "anyOf" in part:
        (only,) = [each for each in part["anyOf"] if each.get("type") != "null"]
        return _told({**only, **{key: value for key, value in part.items() if key == "description"}}, defs, seen)
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        described = {key: value for key, value in part.items() if key == "description"}
        if name in seen:
            return {"type": "object", "description": "; ".join([*described.values(), _SEE])}
        told = _told(defs[name], defs, seen)
        if name in _UNSTATED:
            seen.add(name)
        return {**{key: value for key, value in told.items() if key != "description"}, **described}
    kept = {key: value for key, value in part.items() if key not in _DROPPED}
    if len(kept.get("enum", ())) > _LONG:
        kept.pop("enum")
    if "enum" in kept:
        kept.pop("type", None)
    if "items" in kept:
        kept["items"] = _told(kept["items"], defs, seen)
    if "properties" in kept:
        kept.pop("description", None)
        kept["properties"] = {name: _told(each, defs, seen) for name, each in kept["properties"].items()}
    return kept


def _kind(part: Schema, defs: Mapping[str, Schema]) -> Schema:
    """The type of one field of a result; what is empty is left out, so none is null."""
    if "anyOf" in part:
        kinds = [_kind(each, defs) for each in part["anyOf"] if each.get("type") != "null"]
        return kinds[0] if len(kinds) == 1 else {"type": [kind["type"] for kind in kinds]}
    if "$ref" in part:
        return {"type": defs[part["$ref"].rpartition("/")[2]]["type"]}
    return {"type": part["type"]}


def _strict(part: Schema, defs: Mapping[str, Schema], *, null: bool = False) -> Schema:
    """A schema in which everything is required; with `null`, null may stand there too."""
    described = {key: value for key, value in part.items() if key == "description"}
    if "oneOf" in part:
        return {"anyOf": [_strict(defs[each["$ref"].rpartition("/")[2]], defs) for each in part["oneOf"]]}
    if "const" in part:
        return {"type": "string", "enum": [part["const"]]}
    if "anyOf" in part:
        (only,) = [each for each in part["anyOf"] if each.get("type") != "null"]
        told = _strict(only, defs, null=True)
        both = "; ".join(each["description"] for each in (part, told) if "description" in each)
        return {**told, **({"description": both} if both else {})}
    if "$ref" in part:
        return {**_referred(part["$ref"], defs, null=null), **described}
    kept: Schema = {"type": [part["type"], "null"] if null else part["type"], **described}
    if 0 < len(part.get("enum", ())) <= _LONG:
        kept["enum"] = [*part["enum"], *([None] if null else [])]
    if "items" in part:
        kept["items"] = _strict(part["items"], defs)
    if "properties" in part:
        fields = {name: _strict(each, defs, null=each.get("default") is not None) for name, each in part["properties"].items()}
        kept = {"type": kept["type"], "properties": fields, "required": list(fields), "additionalProperties": False}
    return kept


def _referred(ref: str, defs: Mapping[str, Schema], *, null: bool) -> Schema:
    """What a reference stands for: itself for facts written out, else the list of words without what is said of it."""
    name = ref.rpartition("/")[2]
    if defs[name].get("type") == "object":
        return {"anyOf": [{"$ref": ref}, {"type": "null"}]} if null else {"$ref": ref}
    return {key: value for key, value in _strict(defs[name], defs, null=null).items() if key != "description" or name == "Facts"}
