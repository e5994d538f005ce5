"""What facts would change: `--what-if` of `assess`, and `/what-if` of the chat."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from advisor.cli.facts import paths_of, with_facts
from advisor.domain import Assessment, Reading
from advisor.wiring import Advisor

if TYPE_CHECKING:
    from advisor.rendering.documents import WhatIf


def what_if(advisor: Advisor, reading: Reading, before: Assessment, pairs: Mapping[str, str], fx: Mapping[str, Decimal | str]) -> WhatIf:
    """The stage, moves, tools, figures and questions that differ when the facts are supposed."""
    return advisor.what_if(reading, before, with_facts(reading.client, pairs), said=pairs, changed=paths_of(pairs), fx=fx)
