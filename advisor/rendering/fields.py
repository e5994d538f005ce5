"""Fields of a CRM as CSV: one row a field in the terms of HubSpot or Salesforce, for who builds them or the tool that does."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO

from advisor.domain.plan import CrmField, FieldType, Plan
from advisor.rendering.tables import harmless
from advisor.rendering.words import Page, page

_HUBSPOT_OBJECTS = {"deal": "deals", "customer": "companies", "partner": "partners", "introduction": "introductions"}
_HUBSPOT_TYPES = {
    FieldType.YES_NO: ("bool", "booleancheckbox"), FieldType.CHOICE: ("enumeration", "select"), FieldType.DATE: ("date", "date"),
    FieldType.LINE: ("string", "text"), FieldType.TEXT: ("string", "textarea"),
}  # fmt: skip
_SALESFORCE_OBJECTS = {"deal": "Opportunity", "customer": "Account", "partner": "Partner__c", "introduction": "Introduction__c"}
_SALESFORCE_TYPES = {
    FieldType.YES_NO: "Checkbox", FieldType.CHOICE: "Picklist", FieldType.DATE: "Date", FieldType.LOOKUP: "Lookup", FieldType.LINE: "Text", FieldType.TEXT: "LongTextArea",
}  # fmt: skip
_HUBSPOT = ("objectType", "name", "label", "type", "fieldType", "groupName", "options", "required", "description")
_SALESFORCE = ("object", "fullName", "label", "type", "referenceTo", "valueSet", "formula", "required", "inlineHelpText")


def hubspot(plan: Plan) -> str:
    """Properties as HubSpot's own interface names their parts; what leads to another record is an association label there and no property."""
    return _csv(_HUBSPOT, [_hubspot(each, page(plan.language)) for each in plan.fields])


def salesforce(plan: Plan) -> str:
    """Custom fields as Salesforce's metadata names their parts."""
    return _csv(_SALESFORCE, [_salesforce(each) for each in plan.fields])


RENDERERS: Mapping[str, Callable[[Plan], str]] = {"hubspot": hubspot, "salesforce": salesforce}
"""The formats of a plan with fields, by name."""


def _hubspot(each: CrmField, labels: Page) -> tuple[str, ...]:
    type_, shown = _HUBSPOT_TYPES.get(each.type, ("association", "association_label"))
    options = ";".join(f"{option.label}|{option.id}" for option in each.options) or (_HUBSPOT_OBJECTS.get(each.of or "", "") if each.type is FieldType.LOOKUP else "")
    follows = f" {labels.say('plan.field.follows', base=each.base, days=each.days)}" if each.base else ""
    return (_HUBSPOT_OBJECTS[each.object], each.id, each.label, type_, shown, "partner", options, _flag(each.required), f"{each.rule.text}{follows}")


def _salesforce(each: CrmField) -> tuple[str, ...]:
    formula = f"{_api(each.base)} + {each.days}" if each.base else ""
    values = ";".join(option.label for option in each.options)
    required = each.required and each.type is not FieldType.YES_NO  # a checkbox is always filled there, and cannot be required
    return (_SALESFORCE_OBJECTS[each.object], _api(each.id), each.label, _SALESFORCE_TYPES[each.type], _SALESFORCE_OBJECTS.get(each.of or "", ""), values, formula, _flag(required), each.rule.text)


def _api(id_: str) -> str:
    """The name of a custom field: `partner_name` is `Partner_Name__c`."""
    return "_".join(part.capitalize() for part in id_.split("_")) + "__c"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    return out.getvalue()
