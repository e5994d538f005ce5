"""Whatever is said in whatever order: each turn is answered, grounded, asks two things at most, and can be taken back."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from advisor import Client
from advisor.conversation.talk import Talk
from advisor.domain import Move

SAID = [case["say"] for case in tomllib.loads(Path(__file__).parents[1].joinpath("intake", "utterances.toml").read_text(encoding="utf-8"))["case"]]
SHORT = [
    "yes", "no", "nobody", "5", "distribution", "thanks", "mid-touch", "yes, still", "Correction: ARR is 17M EUR.", "Sorry, it's 3M EUR ARR.", "And tiers?",
    "what about resellers", "hmm", "Our ARR is €60M.", "We have 40 partners now, 8 active.", "Actually $20M ARR", "it's the founder", "ok", "🎉", "Ja, stimmt noch.",
]  # fmt: skip
OWN = ("From here on I", "go by €", "Your decision of", "You told me of", "told me of", "Noted:", "I take it from here")


@pytest.mark.parametrize("seed", range(12))
def test_every_turn_holds_and_undoing_all_leaves_nothing(seed: int, talk: Talk, clock: Any) -> None:
    pick, states = random.Random(seed), [Client()]  # noqa: S311  a seeded choice of test data
    for _ in range(8):
        clock.pass_days(pick.choice([0, 0, 0, 1, 100]))
        if pick.random() < 0.15:
            talk.decide(pick.choice(list(Move)), "why not 5% now")
        else:
            answer = talk.ask(pick.choice(pick.choice([SAID, SHORT])))
            done = answer.verification
            assert answer.answer.claims
            assert (done.unsupported, done.uncited_claims, done.rule_violations) == (0, 0, 0)
            assert len(answer.answer.questions) <= 2
            assert [removed for removed in done.removed if removed.text.startswith(OWN)] == []
        states.append(talk.client())
    for state in reversed(states[:-1]):
        talk.undo()
        assert talk.client() == state
