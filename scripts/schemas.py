"""Writes schemas/*.json, the JSON Schema of every --json document, and evals/schema/*.json, that of every kind of suite. Run it after changing a value; a test holds both equal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from advisor.evaluation.cases import KINDS
from advisor.evaluation.suites import schema_of
from advisor.rendering.documents import DOCUMENTS

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
SUITES = FOLDER.parent / "evals" / "schema"


def texts() -> dict[str, str]:
    """The schema of each document as file text, by file name."""
    return {f"{name}.json": text_of(name) for name in DOCUMENTS}


def text_of(name: str) -> str:
    schema = DOCUMENTS[name].model_json_schema(by_alias=True, mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(head, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts().items():
        FOLDER.joinpath(name).write_text(text, encoding="utf-8")
    SUITES.mkdir(exist_ok=True)
    for kind in KINDS:
        SUITES.joinpath(f"{kind}.json").write_text(json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(DOCUMENTS)} schemas in {FOLDER.name}/, {len(KINDS)} in evals/{SUITES.name}/\n")


if __name__ == "__main__":
    main()
