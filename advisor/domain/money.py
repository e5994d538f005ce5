"""Amounts of money: a Decimal with an ISO currency, and its value in euro where a rate is known."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from advisor.domain.base import Number, Value
from advisor.domain.numbers import DIGITS, SCALE_PATTERN, scale_of, scaled
from advisor.domain.regex import Regex

SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "us$": "USD", "usd$": "USD", "c$": "CAD", "a$": "AUD", "¥": "JPY", "₹": "INR"}
WORDS = {
    **dict.fromkeys(("eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("usd", "dollar", "dollars", "us dollars", "bucks"), "USD"),
    **dict.fromkeys(("gbp", "pound", "pounds", "sterling", "quid", "pfund"), "GBP"),
    **dict.fromkeys(("chf", "franken", "swiss francs", "sfr", "fr."), "CHF"),
    **dict.fromkeys(("sek", "kronor"), "SEK"),
    **{code.lower(): code for code in ("NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY", "INR", "ILS", "SGD", "HUF", "RON", "BRL")},
}
CODES = tuple(sorted({*SYMBOLS.values(), *WORDS.values()}))
ISO_4217 = frozenset((
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP "
    "DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT "
    "LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD "
    "XCG XOF XPF YER ZAR ZMW ZWG "
).split())
"""Every currency in use; one that is not among CODES is only known where somebody states a rate."""
UNNAMED = "¤"
"""Stands for the code where a currency is named and it is not known which, as with crowns and pesos."""
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", UNNAMED: "¤"}
"""Currencies that sentences show by a sign; the others by their code."""
LARGEST = Decimal(10) ** 12
"""No company turns over this much, in any of these currencies."""

_LEAST_RATE, _MOST_RATE = Decimal("0.0005"), Decimal(2000)
_ROUNDED = Decimal("0.000001")
_CURRENCY = "|".join(re.escape(word) for word in sorted([*SYMBOLS, *WORDS], key=len, reverse=True))
_MONEY = Regex(
    rf"^\s*(?P<before>{_CURRENCY})?\s*(?P<minus>-)?\s*(?P<digits>{DIGITS})\s*(?:(?P<scale>{SCALE_PATTERN})\.?)?\s*(?P<after>{_CURRENCY}|[a-z]{{3}})?\s*$",
    re.IGNORECASE,
)


def currency_code(word: str) -> str | None:
    """The ISO code that a symbol, word or code stands for, or None when it is not a currency known here."""
    lower = word.strip().lower()
    return SYMBOLS.get(lower) or WORDS.get(lower) or (lower.upper() if lower.upper() in ISO_4217 else None)


def _known(code: str) -> str:
    if code.upper() not in ISO_4217 | {UNNAMED}:
        raise ValueError(f"{code[:40]!r} is not a currency known here; known are {', '.join(CODES)}")
    return code.upper()


def rate_of(code: str, rate: object) -> Decimal:
    """Euro per unit of a currency. Raises ValueError unless it is a plausible rate of a known currency other than the euro."""
    said = f"{code.strip()[:40]}={str(rate).strip()[:40]} is not a rate"
    try:
        code = _known(code.strip())
    except ValueError as error:
        raise ValueError(f"{said}: {error}") from None
    try:
        value = Decimal(str(rate).strip().replace(",", "."))
    except ArithmeticError:
        value = Decimal(0)
    if not (value.is_finite() and _LEAST_RATE <= value <= _MOST_RATE) or (code == "EUR" and value != 1):
        raise ValueError(said)
    return value


class Money(Value):
    """An amount in a currency.

    `currency` is an ISO 4217 code or None when nobody said one. `eur` is the euro value where the currency is the euro or
    the client gave a rate; `fx` is that rate (euro per unit). Nothing here ever invents a rate.
    """

    amount: Number
    currency: Annotated[str, AfterValidator(_known)] | None = None
    eur: Number | None = None
    fx: Number | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        rate = Decimal(1) if self.currency == "EUR" else self.fx
        if rate is not None and self.eur is not None and abs(self.amount * rate - self.eur) > abs(self.eur) * _ROUNDED:
            raise ValueError(f"eur is {self.eur:f}, which does not follow from the amount")
        return self

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read an amount such as `8.2M EUR`, `€8,2 Mio` or `1.355,90`.

        Raises ValueError with one sentence when it cannot be read.
        """
        match = _MONEY.match(text)
        if match is None:
            raise ValueError(f"{text[:40]!r} is not an amount of money; write it like '8.2M EUR'")
        word = match["scale"]
        factor = Decimal(1) if word is None else scale_of(word)
        code = match["before"] or match["after"]
        currency = currency_code(code) if code else None
        if factor is None or (code and currency is None):
            odd = word if factor is None else code
            raise ValueError(f"{text[:40]!r} is not an amount of money: {odd!r} is not a scale or currency known here; known are {', '.join(CODES)}")
        amount = scaled(match["digits"], word)
        return cls.of(-amount if match["minus"] and amount else amount, currency)

    @classmethod
    def of(cls, amount: Decimal | int | float | str, currency: str | None = "EUR", *, fx: Decimal | None = None) -> Money:
        """An amount whose euro value is filled in where it is known."""
        value = Decimal(str(amount)) or Decimal(0)  # never -0
        rate = Decimal(1) if currency == "EUR" else fx
        return cls(amount=value, currency=currency, eur=None if rate is None else value * rate, fx=None if currency == "EUR" else fx)

    def at(self, fx: Decimal) -> Money:
        """The same amount with a stated rate in euro per unit."""
        return Money.of(self.amount, self.currency, fx=fx)


def _money(value: Any) -> Any:
    if isinstance(value, str):
        return Money.parse(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Money.of(value, None)
    if isinstance(value, dict) and "eur" not in value and value.get("currency") == "EUR":
        return {**value, "eur": value.get("amount")}
    return value


MoneyField = Annotated[Money, BeforeValidator(_money)]
