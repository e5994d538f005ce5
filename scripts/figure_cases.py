"""Draws evals/figures.yaml by seed: true sentences of records and passages, errors planted in them in each way a model lies, harmless respellings.

    python scripts/figure_cases.py     writes the suite; run it when a record's sentence changes, look at the difference, then bless anew

It is drawn from every kind of change alike; whatever the check says of a sentence plays no part in drawing it.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT / "tests" / "figures"))

from mutation import Case, planted, respelled, true_sentences  # noqa: E402

from advisor.library import load  # noqa: E402

EACH, TRUE, SEED = 12, 60, 11
HEAD = """# yaml-language-server: $schema=schema/figures.json
# True sentences of the knowledge, errors planted in them in each way a model lies, and harmless respellings; the tag names the change.
# Drawn by scripts/figure_cases.py, whatever the check says of them.
"$schema": schema/figures.json
name: figures
cases:
"""


def main() -> None:
    library, rng = load(), random.Random(SEED)  # noqa: S311
    cases = [case for case in true_sentences(library) if case.kind in {"record", "passage"}]
    false: dict[str, list[Case]] = defaultdict(list)
    same: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        for other in planted(case, cases, rng):
            false[other.kind].append(other)
        for other in respelled(case):
            same[other.kind].append(other)
    drawn = [("as it stands", case, True) for case in rng.sample(cases, TRUE)]
    drawn += [(kind, case, False) for kind, some in sorted(false.items()) for case in rng.sample(some, min(EACH, len(some)))]
    drawn += [(f"respelled {kind}", case, True) for kind, some in sorted(same.items()) for case in rng.sample(some, min(EACH, len(some)))]
    text = HEAD + "".join(_entry(number, *each) for number, each in enumerate(drawn, 1))
    CHECKOUT.joinpath("evals", "figures.yaml").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(drawn)} sentences, {len(false)} kinds of error, {len(same)} of respelling\n")


def _entry(number: int, kind: str, case: Case, supported: bool) -> str:
    tag = re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")
    says, cites = (json.dumps(text, ensure_ascii=False) for text in (case.text, case.evidence.id))
    return f"  - name: {tag}-{number}\n    inputs: {{says: {says}, cites: {cites}}}\n    expected_output: {{supported: {str(supported).lower()}}}\n    metadata: {{tags: [{tag}]}}\n"


if __name__ == "__main__":
    main()
