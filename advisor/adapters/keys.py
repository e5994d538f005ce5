"""Keys of model providers: from the environment, else from the operating system's keyring where the package `keyring` is there.

A key is given to the client library and to nobody else; `masked` takes it out of whatever a library says.
"""

from __future__ import annotations

import os
import re

SERVICE = "partner-advisor"  # the name in the keyring: keyring set partner-advisor openai
_ELSE = re.compile(r"\b(?:sk|pk|rk|key|xai|gsk|AIza|Bearer)[-_ ][\w.-]{8,}", re.I)


def key_of(provider: str) -> str:
    """The key for a provider, or an empty text."""
    return os.environ.get(variable(provider), "").strip() or _from_keyring(provider)


def variable(provider: str) -> str:
    """The environment variable that holds a provider's key by custom."""
    return f"{provider.upper()}_API_KEY"


def masked(text: str, provider: str) -> str:
    """A text without the provider's key, and without what looks like one."""
    key = key_of(provider)
    return _ELSE.sub("…", text.replace(key, "…") if len(key) > 3 else text)


def _from_keyring(provider: str) -> str:
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return (keyring.get_password(SERVICE, provider) or "").strip()
    except Exception:  # noqa: BLE001  each system's keyring fails in its own way, and none is needed
        return ""
