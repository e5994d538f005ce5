"""Prints how well `advisor verify` tells true figures from false ones, beside two simple checks, and writes the tables into docs/verification.md.

    python scripts/verification.py [--show]     about four minutes; --show prints every case that went wrong
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT / "tests" / "verify"))

from harness import knowledge_cases, lines, measure, tables  # noqa: E402

from advisor.library import load  # noqa: E402

PAGE = CHECKOUT / "docs" / "verification.md"
START, END = "<!-- measured: scripts/verification.py -->", "<!-- end of what was measured -->"


def main() -> None:
    outcome = measure(chain(knowledge_cases(load()), tables()))
    printed = "\n".join(lines(outcome))
    if "--show" in sys.argv:
        for case in outcome.wrong:
            print(case.sort, case.kind, case.field, "|", case.text)
    print(printed)
    page = PAGE.read_text(encoding="utf-8")
    if START in page:
        before, _, rest = page.partition(START)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{START}\n\n{printed}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
