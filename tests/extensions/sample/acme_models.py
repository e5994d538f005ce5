"""A language model of another package: here one that words what it is given, as a test needs it."""

from __future__ import annotations

from advisor.testing import ScriptedModel, well_behaved


def open_model(name: str, base_url: str | None) -> ScriptedModel:
    """What `advisor.models` leads to: called with `acme:house` and the base URL of the settings."""
    return ScriptedModel(well_behaved, name=name)
