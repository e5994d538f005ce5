"""What answering works with: the knowledge, the rules, and what reads and searches, each opened when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from advisor.answering.ground import Grounded, ground
from advisor.library import Library
from advisor.ports import KindReader, MatterReader, MoveFinder, Retriever
from advisor.rules import RuleBook

if TYPE_CHECKING:
    from advisor.answering.calling import Writer


@dataclass(frozen=True)
class Parts:
    """What answering needs from outside. `retriever` and `finder` are called only when a plan needs passages or a message names no move.

    With a `writer` a model words the answer. `trace` is told each hop of the way and its value.
    """

    library: Library
    book: RuleBook
    retriever: Callable[[], Retriever]
    finder: Callable[[], MoveFinder]
    kinds: Callable[[], KindReader]
    matters: Callable[[], MatterReader]
    today: date
    knowledge_version: str = ""
    ground: Callable[..., Grounded] = ground
    writer: Writer | None = None
    trace: Callable[[str, Any], None] = lambda hop, value: None
