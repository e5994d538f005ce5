"""What every store of conversations does: the one in memory that tests use, and the one in a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisor.adapters.sessions import SqliteSessions
from advisor.domain import Answer, Assessment, Client, Fact, FactChange, Money, SessionInfo, Stage, StageId, Turn
from advisor.domain.answer import Reply
from advisor.ports import SessionStore
from advisor.testing import MemorySessions

MORNING = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
Make = Callable[[], SessionStore]


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SessionStore:
    return MemorySessions() if request.param == "memory" else SqliteSessions(tmp_path)


def turn(text: str, *, minutes: int = 0) -> Turn:
    said = Fact(origin="text", quote=text, stated_on=MORNING.date())
    change = FactChange(path="arr", after={"amount": 8_000_000, "currency": "EUR", "eur": 8_000_000, "fx": None}, said=said)
    assessment = Assessment(client=Client(arr=Money.parse("8M EUR")), stage=Stage(id=StageId("5-15M"), label="€5–15M ARR"))
    answer = Answer(question=text, assessment=assessment, answer=Reply(text="Not yet."))
    return Turn(at=MORNING + timedelta(minutes=minutes), text=text, changes=(change,), answer=answer)


def test_a_store_in_which_nothing_was_kept_is_empty(store: SessionStore) -> None:
    assert store.sessions() == ()
    assert store.turns("acme") == ()
    assert store.delete_session("acme") is False


def test_turns_are_numbered_and_come_back_as_they_were(store: SessionStore) -> None:
    kept = [store.append("acme", turn("We are at 8M EUR.")), store.append("acme", turn("And tiers?", minutes=1))]
    assert [each.n for each in kept] == [1, 2]
    assert store.turns("acme") == tuple(kept)
    assert kept[0].model_copy(update={"n": 0}) == turn("We are at 8M EUR.")


def test_conversations_are_listed_by_name_with_their_first_and_last_turn(store: SessionStore) -> None:
    for name, minutes in (("zeta", 0), ("acme", 1), ("acme", 5)):
        store.append(name, turn("Tiers?", minutes=minutes))
    assert store.sessions() == (
        SessionInfo(name="acme", turns=2, began=MORNING + timedelta(minutes=1), last=MORNING + timedelta(minutes=5)),
        SessionInfo(name="zeta", turns=1, began=MORNING, last=MORNING),
    )


def test_a_deleted_conversation_is_gone_and_begins_anew(store: SessionStore) -> None:
    store.append("acme", turn("We are at 8M EUR."))
    store.append("zeta", turn("Resellers?"))
    assert store.delete_session("acme") is True
    assert [info.name for info in store.sessions()] == ["zeta"]
    assert store.append("acme", turn("Hello again.")).n == 1
