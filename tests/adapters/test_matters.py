"""Everyday matters are read from messages not learned from far above chance, and what is near them and about none is left alone."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from advisor import datafiles
from advisor.adapters import matters, softmax
from advisor.adapters.embedder import MiniLM
from advisor.answering import playbook
from advisor.errors import DataError

HELD, LEARNED, BESIDE, STEPS = 51, 2, 4, 200  # each 51st line is held out, half of the others learned from, in fewer steps than what ships


@cache
def readings() -> list[tuple[bool, float]]:
    """For each line held out: whether its matter is read first, and how likely."""
    model, lines = MiniLM(), matters.lines()
    reader = matters.Matters(model)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(softmax, "ROUNDS", 1)
        patch.setattr(softmax, "FEWEST", STEPS)
        reader.__dict__["learned"] = matters.fit(model, [pair for number, pair in enumerate(lines) if number % HELD and number % LEARNED == 0], matters.others()[::BESIDE])
    found = [(name, reader.ranked(line)[0]) for name, line in lines[::HELD]]
    return [(best == name, chance) for name, (best, chance) in found]


@cache
def shipped() -> matters.Matters:
    return matters.Matters(MiniLM())


def test_every_matter_has_sentences_and_many_messages_and_no_line_stands_twice() -> None:
    lines = Counter(name for name, _ in matters.lines())
    assert set(lines) - {matters.NONE} == set(playbook.load().matters)
    assert min(lines.values()) >= 20
    assert len({line for _, line in matters.lines()}) == len(matters.lines())


def test_a_message_not_learned_from_is_read_right_far_above_chance() -> None:
    assert np.mean([right for right, _ in readings()]) > 0.5


def test_what_is_likely_enough_to_be_answered_is_mostly_right() -> None:
    likely = [right for right, chance in readings() if chance >= playbook.load().aim.matter]
    assert len(likely) > len(readings()) // 4
    assert np.mean(likely) > 0.75


@pytest.mark.parametrize(
    ("message", "matter"),
    [
        ("Our only dealer in Norway wants half the list price and no minimum. Accept?", "reseller_margin"),
        ("Our partner botched an implementation and the customer is furious with us.", "partner_failed_customer"),
        ("I took over nine partners from the person before me, which do I keep?", "inherited_partners"),
        ("Ein Partner möchte unsere ganze Kundenliste sehen", "customer_list"),
    ],
)
def test_an_everyday_message_is_read_as_its_matter(message: str, matter: str) -> None:
    name, chance = shipped().ranked(message)[0]
    assert (name, chance >= playbook.load().aim.matter) == (matter, True)


@pytest.mark.parametrize("message", ["What does MDF mean?", "Should we hire a partner manager?", "What is our win rate with 80 deals and 20 won?", "hi there"])
def test_what_a_word_means_or_whether_to_begin_is_no_such_matter(message: str) -> None:
    name, chance = shipped().ranked(message)[0]
    assert name == matters.NONE or chance < playbook.load().aim.matter


@pytest.mark.parametrize(
    ("message", "matter"),
    [
        ("half of the partner leads never get called back by our sales team. 18 partners, 22M ARR. partners are getting annoyed. what now", "leads_uncalled"),
        ("Der CFO fragt was das Partnerprogramm kostet. Wir sind bei 25 Mio. und haben 12 Partner. Hab keine Ahnung was ich sagen soll", "programme_cost"),
    ],
)
def test_a_matter_is_read_among_what_people_write_around_it(message: str, matter: str) -> None:
    name, chance = shipped().ranked(message)[0]
    aim = playbook.load().aim
    assert (name, chance >= aim.matter * aim.matter_long) == (matter, True)



def test_weights_are_those_of_the_present_messages() -> None:
    assert not matters.stale(MiniLM())


def test_lines_that_are_no_texts_are_refused_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / matters.FILE
    path.parent.mkdir(parents=True)
    path.write_text("[matters]\nwho_invoices = [1]\n", encoding="utf-8")
    monkeypatch.setattr(datafiles, "root", lambda: tmp_path)
    matters.lines.cache_clear()
    with pytest.raises(DataError, match="who_invoices"):
        matters.lines()
    matters.lines.cache_clear()
