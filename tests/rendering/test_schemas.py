"""The JSON Schemas in schemas/ are those of the values."""

from __future__ import annotations

import runpy
from pathlib import Path

import jsonschema
import pytest

from advisor.rendering.documents import DOCUMENTS

CHECKOUT = Path(__file__).resolve().parents[2]


def test_schemas_on_disk_are_current() -> None:
    """After changing a value: python scripts/schemas.py."""
    made = runpy.run_path(str(CHECKOUT / "scripts" / "schemas.py"))["texts"]()
    assert {path.name: path.read_text(encoding="utf-8") for path in CHECKOUT.joinpath("schemas").glob("*.json")} == made


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_schema_is_a_valid_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(DOCUMENTS[name].model_json_schema(mode="serialization"))
