"""What partner-advisor costs, side by side with the bare libraries below it: `python -m bench` prints ratios.

    python -m bench [NAME ...] [--json FILE]      names: start, warm, reading, cold, first, rebuild, memory, mcp, evaluation, plans, verifying, wording; all without one

Only ratios of times taken in turns on one machine mean anything; the milliseconds are printed to show the order of size.
"""

from __future__ import annotations

import argparse
import json
import platform
from pathlib import Path

from bench.measures import MEASURES, Measure


def line(measure: Measure) -> str:
    verdict = "within" if measure.ratio <= measure.target else "ABOVE"
    return (
        f"{measure.name:<34} {measure.ours:>9.1f} {measure.unit:<3} {measure.bare:>9.1f} {measure.unit:<3}"
        f"  {measure.ratio:>7.3g}x  {verdict} {measure.target:g}x   {measure.against}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*MEASURES, []])
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="where the figures go (bench.json)")
    options = parser.parse_args()
    print(f"{'':<34} {'ours':>13} {'bare':>13}  ratio")
    found: list[Measure] = []
    for name in options.names or MEASURES:
        for measure in MEASURES[name]():
            print(line(measure), flush=True)
            found.append(measure)
    machine = {"python": platform.python_version(), "system": platform.platform()}
    document = {"machine": machine, "measures": [{**measure.__dict__, "ratio": round(measure.ratio, 3)} for measure in found]}
    options.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
