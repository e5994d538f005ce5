"""Faults put into the knowledge by seed: a handful here, all classes by `python -m scripts.faults`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def drawn(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "scripts.faults", "--narrow", *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_moved_threshold_another_digit_and_a_sentence_turned_round_turn_the_gate_red_each_with_a_case_named() -> None:
    told = drawn("--seed", "7", "--each", "1", "--kind", "threshold of a rule", "--kind", "digit of a record", "--kind", "polarity of a phrase", "--kind", "sentence of a prompt")
    assert "4 of 4 faults in 4 classes were caught, each with a case named: 1.000." in told
    assert re.search(r"^caught .* threshold of a rule: .* {2}tables › \S+$", told, re.MULTILINE)
    assert re.search(r"^caught .* digit of a record: .* {2}ledger › \S+$", told, re.MULTILINE)
    assert re.search(r"^caught .* polarity of a phrase: .* {2}sentences › \S+$", told, re.MULTILINE)
    assert re.search(r"^caught .* sentence of a prompt: .* {2}prompts › \S+$", told, re.MULTILINE)


def test_a_fault_that_no_suite_looks_at_is_told_as_escaped() -> None:
    told = drawn("--beside", "--seed", "1", "--each", "1", "--kind", "polarity of a passage")
    assert "0 of 1 faults in 1 classes were caught" in told
    assert "Escaped:\n\n- polarity of a passage: " in told
