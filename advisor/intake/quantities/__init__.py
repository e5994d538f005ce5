"""Every number of a message as an input of a sum: what kind of number it is and what it stands for.

A number is money, a percentage, a time, a count or plain. Its role is the telling word that stands nearest to it, each
kind of number with words of its own (`knowledge/intake/sums.toml`), or follows from the number beside it. A number without
such a word keeps the role `""`: it is never guessed at, and an answer can say that it was left out.
"""

from __future__ import annotations

from advisor.domain.money import LARGEST
from advisor.intake import fx
from advisor.intake.message import Message
from advisor.intake.quantities.added import added
from advisor.intake.quantities.cues import roles
from advisor.intake.quantities.places import by_place
from advisor.intake.quantities.quantity import COUNT, MONEY, MULTIPLE, PERCENT, PLAIN, TIME, Kind, Quantity
from advisor.intake.quantities.segments import told_apart
from advisor.intake.quantities.typed import typed

__all__ = ["COUNT", "MONEY", "MULTIPLE", "PERCENT", "PLAIN", "TIME", "Kind", "Quantity", "find"]


def find(message: Message) -> list[Quantity]:
    """The numbers of a message in order, each with its role; exchange rates are none of them, and none that sums could not bear."""
    rates = fx.find(message)
    numbers = [item for item in typed(message) if item.value < LARGEST and not any(rate.start < item.end and item.start < rate.end for rate in rates)]
    if not numbers:
        return []
    read, weights = roles(message, numbers)
    return added(message, told_apart(message, by_place(message.text, read, weights)))
