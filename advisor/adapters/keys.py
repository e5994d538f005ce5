"""Keys of model providers: from the environment, else from the operating system's keyring where the package `keyring` is there.

A key is given to the client library and to nobody else. What a library says of a failure, which may repeat it, is shown to nobody.
"""

from __future__ import annotations

import os

SERVICE = "partner-advisor"  # the name in the keyring: keyring set partner-advisor openai


def key_of(provider: str) -> str:
    """The key for a provider, or an empty text."""
    return os.environ.get(variable(provider), "").strip() or _from_keyring(provider)


def variable(provider: str) -> str:
    """The environment variable that holds a provider's key by custom."""
    return f"{provider.upper()}_API_KEY"


def _from_keyring(provider: str) -> str:
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return (keyring.get_password(SERVICE, provider) or "").strip()
    except Exception:  # noqa: BLE001  each system's keyring fails in its own way, and none is needed
        return ""
