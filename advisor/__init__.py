"""partner-advisor: partner strategy for B2B SaaS, decided by rules, every figure with its proof."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.answering.verify import verify
    from advisor.domain import Answer, Assessment, Client, Money
    from advisor.errors import AdvisorError
    from advisor.wiring import Advisor

__all__ = ["Advisor", "AdvisorError", "Answer", "Assessment", "Client", "Money", "verify"]

_HOMES = {
    "Advisor": "advisor.wiring",
    "AdvisorError": "advisor.errors",
    "Answer": "advisor.domain",
    "Assessment": "advisor.domain",
    "Client": "advisor.domain",
    "Money": "advisor.domain",
    "verify": "advisor.answering.verify",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that `import advisor` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'advisor' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
