"""What every store of conversations does: the one in memory that tests use, and the one in a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisor.adapters.sessions import SqliteSessions
from advisor.conversation.talk import Store
from advisor.domain import Answer, Assessment, Client, Fact, FactChange, Money, SessionInfo, Stage, StageId, StoredClient, Turn
from advisor.domain.answer import Reply
from advisor.domain.changes import inverse
from advisor.errors import HomeError
from advisor.testing import MemorySessions

MORNING = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemorySessions() if request.param == "memory" else SqliteSessions(tmp_path)


def turn(text: str, *, minutes: int = 0) -> Turn:
    said = Fact(origin="text", quote=text, stated_on=MORNING.date())
    change = FactChange(path="arr", after={"amount": 8_000_000, "currency": "EUR", "eur": 8_000_000, "fx": None}, said=said)
    assessment = Assessment(client=Client(arr=Money.parse("8M EUR")), stage=Stage(id=StageId("5-15M"), label="€5–15M ARR"))
    answer = Answer(question=text, assessment=assessment, answer=Reply(text="Not yet."))
    return Turn(at=MORNING + timedelta(minutes=minutes), text=text, changes=(change,), answer=answer)


def test_a_store_in_which_nothing_was_kept_is_empty(store: Store) -> None:
    assert store.sessions() == ()
    assert store.turns("acme") == ()
    assert store.delete_session("acme") is False


def test_turns_are_numbered_and_come_back_as_they_were(store: Store) -> None:
    kept = [store.append("acme", turn("We are at 8M EUR.")), store.append("acme", turn("And tiers?", minutes=1))]
    assert [each.n for each in kept] == [1, 2]
    assert store.turns("acme") == tuple(kept)
    assert kept[0].model_copy(update={"n": 0}) == turn("We are at 8M EUR.")


def test_conversations_are_listed_by_name_with_their_first_and_last_turn(store: Store) -> None:
    for name, minutes in (("zeta", 0), ("acme", 1), ("acme", 5)):
        store.append(name, turn("Tiers?", minutes=minutes))
    assert store.sessions() == (
        SessionInfo(name="acme", turns=2, began=MORNING + timedelta(minutes=1), last=MORNING + timedelta(minutes=5)),
        SessionInfo(name="zeta", turns=1, began=MORNING, last=MORNING),
    )


def test_a_deleted_conversation_is_gone_and_begins_anew(store: Store) -> None:
    store.append("acme", turn("We are at 8M EUR."))
    store.append("zeta", turn("Resellers?"))
    assert store.delete_session("acme") is True
    assert [info.name for info in store.sessions()] == ["zeta"]
    assert store.append("acme", turn("Hello again.")).n == 1


def test_a_client_gets_a_version_for_each_change_and_none_for_no_change(store: Store) -> None:
    change = turn("8M").changes
    assert store.new_client("acme", Client(), MORNING) == StoredClient(name="acme", version=1, at=MORNING, client=Client())
    assert store.new_client("acme", Client(arr="9M EUR"), MORNING) is None
    revised = store.revise("acme", change, MORNING)
    assert revised is not None
    assert (revised.version, revised.client.arr) == (2, Money.parse("8M EUR"))
    assert store.revise("acme", change, MORNING) == revised
    assert [each.version for each in store.versions("acme")] == [1, 2]
    assert store.clients() == (revised,)


def test_what_a_turn_changes_becomes_the_newest_version_of_its_client(store: Store) -> None:
    store.new_client("acme", Client(), MORNING)
    kept = store.append("first", turn("8M"), "acme")
    assert store.client_of("first") == "acme"
    assert store.clients()[0].client.arr == Money.parse("8M EUR")
    store.append("first", Turn(at=MORNING, kind="undo", undone=1, changes=inverse(kept.changes)), "acme")
    assert store.clients()[0].client == Client()


def test_a_turn_about_a_client_that_is_gone_is_not_kept(store: Store) -> None:
    with pytest.raises(HomeError, match="was deleted meanwhile"):
        store.append("first", turn("8M"), "acme")
    assert store.sessions() == ()


def test_a_deleted_client_takes_its_conversations_along(store: Store) -> None:
    store.new_client("acme", Client(), MORNING)
    store.append("second", turn("8M"), "acme")
    store.append("first", turn("8M"), "acme")
    store.append("other", turn("8M"))
    assert store.delete_client("acme") == ("first", "second")
    assert store.delete_client("acme") is None
    assert ([info.name for info in store.sessions()], store.clients(), store.versions("acme")) == (["other"], (), ())


def test_a_client_and_a_session_that_are_not_there(store: Store) -> None:
    assert (store.client_of("first"), store.clients(), store.versions("acme"), store.revise("acme", (), MORNING)) == (None, (), (), None)
