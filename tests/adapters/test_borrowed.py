"""Retrievers and models of other packages: what they do wrong becomes a sentence of ours, what they make up is left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor import extensions
from advisor.adapters.borrowed import BorrowedModel, BorrowedRetriever
from advisor.domain import Entry
from advisor.domain.vocabulary import EvidenceKind
from advisor.errors import InputError, ModelError, ServiceError
from advisor.ports import Message
from advisor.testing import MemoryRetriever, ScriptedModel

TIERS, FEES = (Entry(id=name, kind=EvidenceKind.PASSAGE, heading=name, text=f"{name} of partners", source_doc="000", locator="x") for name in ("tiers", "fees"))
Bring = Callable[[Any], None]


@pytest.fixture
def bring(monkeypatch: pytest.MonkeyPatch) -> Bring:
    """What the entry point leads to."""
    return lambda factory: monkeypatch.setattr(extensions, "loaded", lambda group, name: factory)


class Broken(MemoryRetriever):
    def search(self, *rest: Any) -> Any:
        raise KeyError("no such shard")

    def weigh(self, *rest: Any) -> Any:
        return [1.0]


def test_hits_on_what_the_knowledge_does_not_hold_are_left_out(bring: Bring) -> None:
    bring(lambda entries, home: MemoryRetriever([TIERS, FEES]))
    found = BorrowedRetriever("theirs", [FEES], Path()).search("tiers and fees of partners")
    assert [(hit.rank, hit.id) for hit in found] == [(1, "fees")]


@pytest.mark.parametrize("call", [lambda it: it.search("tiers"), lambda it: it.weigh("tiers", "tiers", ["one", "two"])])
def test_whatever_a_retriever_raises_is_named_with_a_way_on(bring: Bring, call: Any) -> None:
    bring(lambda entries, home: Broken(entries))
    with pytest.raises(ServiceError, match=r"The retriever 'theirs' of another package failed: (KeyError|ValueError): .* Take `retriever` out of your settings"):
        call(BorrowedRetriever("theirs", [TIERS], Path()))


@pytest.mark.parametrize("made", [object(), None])
def test_what_does_not_do_what_the_port_asks_is_refused(bring: Bring, made: object) -> None:
    bring(lambda *rest: made)
    with pytest.raises(InputError, match=r"The retriever 'theirs' has no 'search'\. It must do what advisor\.ports\.Retriever asks\."):
        BorrowedRetriever("theirs", [TIERS], Path())
    with pytest.raises(InputError, match=r"advisor\.ports\.ChatModel"):
        BorrowedModel("acme", "acme:house", None)


def test_a_model_that_fails_in_its_own_way_fails_in_ours(bring: Bring) -> None:
    bring(lambda name, url: ScriptedModel(RuntimeError("socket closed, key sk-123"), name="theirs"))
    model = BorrowedModel("acme", "acme:house", None)
    assert (model.name, model.whom) == ("acme:house", "this process")
    with pytest.raises(ModelError, match="acme:house failed on its side") as failed:
        list(model.write([Message("user", "words")], {}, 10))
    assert "sk-123" not in str(failed.value)


def test_a_factory_that_raises_is_named(bring: Bring) -> None:
    def factory(*rest: Any) -> Any:
        raise OSError("no index there")

    bring(factory)
    with pytest.raises(ServiceError, match="no index there"):
        BorrowedRetriever("theirs", [TIERS], Path())
    with pytest.raises(ModelError):
        BorrowedModel("acme", "acme:house", None)
