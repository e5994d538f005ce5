"""Whether the facts of an utterance are read: precision, recall, and how sure each is.

A list counts once for each of its items. Facts that may be read or left count neither way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from advisor.domain import Client, Metric, Money
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed
from advisor.evaluation.seen import Seen

# Suites may name facts in words of their own; what each is called here.
NAMES = {"partners_signed": "signed_partners", "partners_active": "active_partners", "partners_mapped": "mapped_partners"}
VALUES = {
    "tiers": {"tiered_programme"}, "prm tool": {"light_prm", "mid_prm", "enterprise_prm"}, "gsi": {"gsi_partners"}, "dach": {"dach", "eu"}, "fr": {"fr", "eu"},
}  # fmt: skip
# Worked out from two facts of the same utterance that count themselves: neither right nor wrong where nobody names it.
DERIVED = {"metric_win_rate_gap": {"metric_win_rate_partner", "metric_win_rate_direct"}, "metric_activation_rate": {"signed_partners", "active_partners"}}
Pair = tuple[str, frozenset[str]]


class Reading(NamedTuple):
    """What was read rightly, too much and too little; `unsure` are right facts of another confidence, `bare` facts without a quote."""

    right: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


def held(case: Case, client: Client) -> Reading:
    """The facts that were read, held against those of the case."""
    of, say = case.expected, case.inputs.say
    either = dict.fromkeys(of.either, "any") if isinstance(of.either, tuple) else of.either
    wanted, optional = _wanted(_named(of.facts)), _wanted(_named(either))
    got = {(name, value): client.facts[key] for name, value, key in _facts(client)}
    right = [pair for pair in got if _among(pair, wanted)]
    named = {name for name, _ in wanted}
    free = {name for name, values in optional if "any" in values} | {name for name, parts in DERIVED.items() if parts <= {name for name, _ in got}}
    extra = [pair for pair in got if pair not in right and not _among(pair, optional) and (pair[0] in named or pair[0] not in free)]
    missed = [f"{name}={'|'.join(sorted(values))}" for name, values in wanted if not any((name, value) in got for value in values) and name not in free - named]
    sure = of.sure or {}
    unsure = [(name, f"{value} {got[name, value].confidence}") for name, value in right if of.sure is not None and got[name, value].confidence != sure.get(name, "stated")]
    bare = [(name, value) for (name, value), fact in got.items() if not fact.quote or fact.quote not in say]
    return Reading(_said(right), _said(extra), tuple(missed), _said(unsure), _said(bare))


def precision(case: Case, seen: Seen) -> Score | None:
    """The share of facts read that were said."""
    read = held(case, seen.other)
    total = len(read.right) + len(read.extra)
    if not total:
        return None
    return Score(round(len(read.right) / total, 4), f"read too much: {listed(read.extra)}" if read.extra else "")


def recall(case: Case, seen: Seen) -> Score | None:
    """The share of facts said that were read."""
    read = held(case, seen.other)
    total = len(read.right) + len(read.missed)
    if not total:
        return None
    return Score(round(len(read.right) / total, 4), f"not read: {listed(read.missed)}" if read.missed else "")


def confidence(case: Case, seen: Seen) -> Score | None:
    """Whether every fact is as sure as expected and quotes words of the utterance."""
    read = held(case, seen.other)
    if not read.right and not read.extra:
        return None
    wrong = [*read.unsure, *(f"{fact} without a quote" for fact in read.bare)]
    return Score(0.0, listed(wrong)) if wrong else Score(1.0)


def _named(expected: Mapping[str, Any]) -> dict[str, Any]:
    """The facts under the names that they have here; metrics one by one, shares as percent."""
    plain = {NAMES.get(name, name): value for name, value in expected.items() if name != "metrics" or value == "any"}
    metrics = expected.get("metrics")
    if isinstance(metrics, Mapping):
        plain |= {f"metric_{name}": value * 100 if isinstance(value, float) and value < 1 else value for name, value in metrics.items()}
    return plain


def _facts(client: Client) -> Iterator[tuple[str, str, str]]:
    """Each fact as name, value and the name under which its quote stands; a list gives one for each item."""
    for name in client.facts:
        value = _value(client, name)
        for item in value if isinstance(value, tuple) else (value,):
            yield name, _shown(item), name


def _value(client: Client, name: str) -> Any:
    if name.startswith("metric_"):
        return client.metrics[name.removeprefix("metric_")]
    if name in Client.model_fields:
        return getattr(client, name)
    return getattr(client.partners, name.removesuffix("_partners"))


def _shown(value: Any) -> str:
    if isinstance(value, Money):
        return f"{value.amount.normalize():f} {value.currency or '?'}".lower()
    if isinstance(value, Metric):
        return f"{value.value.normalize():f}"
    return str(getattr(value, "move", value)).lower()


def _wanted(expected: Mapping[str, Any]) -> list[Pair]:
    """Each fact with the values that it may have."""
    return [(name, _plain(item)) for name, value in expected.items() for item in (value if isinstance(value, list) else [value])]


def _plain(value: Any) -> frozenset[str]:
    if isinstance(value, Mapping):
        return _plain(f"{value.get('amount', value.get('low'))} {value['currency'] or '?'}")
    if isinstance(value, bool):
        return frozenset({str(value).lower()})
    if isinstance(value, int | float):
        return frozenset({f"{round(Decimal(str(value)), 4).normalize():f}"})
    words = str(value).lower().split()
    if len(words) == 2 and words[0].replace(".", "", 1).isdigit():
        return frozenset({f"{Decimal(words[0]).normalize():f} {words[1]}"})
    return frozenset(VALUES.get(str(value).lower(), {str(value).lower()}))


def _among(pair: tuple[str, str], pairs: Sequence[Pair]) -> bool:
    return any(pair[0] == name and pair[1] in values for name, values in pairs)


def _said(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in pairs)


SCORERS = (
    Scorer("intake_precision", "other", "intake", precision),
    Scorer("intake_recall", "other", "intake", recall),
    Scorer("intake_confidence", "other", "intake", confidence),
)
