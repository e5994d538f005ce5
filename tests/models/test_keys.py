"""Keys from the system's keyring: through the real `keyring` package, with a keyring in memory in place of the system's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from advisor.adapters.chat_models import LangChainModel
from advisor.adapters.keys import SERVICE, key_of
from advisor.answering.written import schema
from advisor.errors import ModelError
from advisor.ports import Message

KEY = "sk-keyring-abcdefgh1234567890"
PROMPT = [Message("user", "Write.")]


class InMemory(KeyringBackend):
    """A keyring of this process; a locked one fails as those of desktops do."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("the user said no")
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    for provider in ("OPENAI", "ANTHROPIC"):
        monkeypatch.delenv(f"{provider}_API_KEY", raising=False)
    before, made = keyring.get_keyring(), InMemory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_key_of_the_keyring_reaches_its_provider_and_no_other(ring: InMemory, service: Any) -> None:
    keyring.set_password(SERVICE, "openai", KEY)
    service.reply = lambda body: '{"claims": []}'
    list(LangChainModel("openai:gpt-4.1-mini", f"{service.url}/v1").write(PROMPT, schema(1), 50))
    assert any(KEY in value for value in service.headers[0].values())
    assert (key_of("openai"), key_of("anthropic")) == (KEY, "")


def test_the_environment_wins_over_the_keyring(ring: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_password(SERVICE, "openai", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    assert key_of("openai") == "sk-environment"


def test_a_locked_keyring_is_as_none_and_its_words_are_shown_to_nobody(ring: InMemory) -> None:
    keyring.set_password(SERVICE, "openai", KEY)
    ring.locked = True
    assert key_of("openai") == ""
    with pytest.raises(ModelError) as failed:
        list(LangChainModel("openai:gpt-4.1-mini").write(PROMPT, schema(1), 50))
    assert failed.value.reason == "no_key"
    assert "said no" not in str(failed.value)
