"""Measures whether the intake reads the facts of short utterances, by language and by half.

    python scripts/intake.py            prints precision and recall of each half (ours, and the one written blind) and language
    python scripts/intake.py --misses   also lists what was read too much, too little, or with another confidence
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from advisor import datafiles
from advisor.domain import Client, Metric, Money
from advisor.intake import read

HALVES = {"own": "intake.yaml", "blind": "intake_blind.yaml"}
DISPUTED = "intake_disputed.yaml"
LANGUAGES = ("en", "de", "fr")


# The blind half names facts in its own words; what each may be called here.
NAMES = {"partners_signed": "signed_partners", "partners_active": "active_partners", "partners_mapped": "mapped_partners"}
VALUES = {
    "tiers": {"tiered_programme"}, "prm tool": {"light_prm", "mid_prm", "enterprise_prm"}, "gsi": {"gsi_partners"}, "dach": {"dach", "eu"}, "fr": {"fr", "eu"},
}  # fmt: skip
# Worked out from two facts of the same utterance that count themselves: neither right nor wrong where nobody names it.
DERIVED = {"metric_win_rate_gap": {"metric_win_rate_partner", "metric_win_rate_direct"}, "metric_activation_rate": {"signed_partners", "active_partners"}}
Pair = tuple[str, frozenset[str]]


class Keys:
    """Wording that answers with the key."""

    def amount(self, text: str, /) -> str:
        return text

    def say(self, key: str, /, **slots: str) -> str:
        return key


class Case(NamedTuple):
    """An utterance, the facts it states, those that may be read or left, and how sure each is where that is judged."""

    id: str
    lang: str
    say: str
    expect: Mapping[str, Any]
    either: Mapping[str, Any]
    sure: Mapping[str, str] | None
    today: date


class Score(NamedTuple):
    """What was read rightly, too much and too little; `unsure` are right facts of another confidence, `bare` facts without a quote."""

    right: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


def cases(half: str) -> list[Case]:
    """The cases of a half; none when its file is not there."""
    path = datafiles.root() / "evals" / HALVES[half]
    if not path.is_file():
        return []
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries, today = (table, date(2026, 11, 26)) if isinstance(table, list) else (table["cases"], table["today"])
    return [_case(entry, today, rated=entries is not table) for entry in entries]


def disputed() -> Mapping[str, Sequence[str]]:
    """For cases of the blind half the facts whose expectation is held to be wrong, with the reason in the file."""
    path = datafiles.root() / "evals" / DISPUTED
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"] if path.is_file() else []
    return {entry["id"]: entry["facts"] for entry in entries}


def _case(entry: Mapping[str, Any], today: date, *, rated: bool) -> Case:
    either = entry.get("either") or {}
    allowed = dict.fromkeys(either, "any") if isinstance(either, list) else either
    return Case(entry["id"], entry["lang"], entry["say"], _named(entry.get("expect") or {}), _named(allowed), entry.get("sure") or ({} if rated else None), today)


def _named(expected: Mapping[str, Any]) -> dict[str, Any]:
    """The facts under the names that they have here; metrics one by one, shares as percent."""
    plain = {NAMES.get(name, name): value for name, value in expected.items() if name != "metrics" or value == "any"}
    metrics = expected.get("metrics")
    if isinstance(metrics, Mapping):
        plain |= {f"metric_{name}": value * 100 if isinstance(value, float) and value < 1 else value for name, value in metrics.items()}
    return plain


def facts(client: Client) -> Iterator[tuple[str, str, str]]:
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


def score(case: Case) -> Score:
    """One utterance held against its facts."""
    client = read(case.say, today=case.today, wording=Keys()).client
    wanted, optional = _wanted(case.expect), _wanted(case.either)
    got = {(name, value): client.facts[key] for name, value, key in facts(client)}
    right = [pair for pair in got if _among(pair, wanted)]
    named = {name for name, _ in wanted}
    free = {name for name, values in optional if "any" in values} | {name for name, parts in DERIVED.items() if parts <= {name for name, _ in got}}
    extra = [pair for pair in got if pair not in right and not _among(pair, optional) and (pair[0] in named or pair[0] not in free)]
    missed = [f"{name}={'|'.join(sorted(values))}" for name, values in wanted if not any((name, value) in got for value in values) and name not in free - named]
    unsure = [(name, f"{value} {got[name, value].confidence}") for name, value in right if case.sure is not None and got[name, value].confidence != case.sure.get(name, "stated")]
    bare = [(name, value) for (name, value), fact in got.items() if not fact.quote or fact.quote not in case.say]
    return Score(_said(right), _said(extra), tuple(missed), _said(unsure), _said(bare))


def _among(pair: tuple[str, str], pairs: Sequence[Pair]) -> bool:
    return any(pair[0] == name and pair[1] in values for name, values in pairs)


def _said(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in pairs)


class Total(NamedTuple):
    """The sums over several utterances."""

    count: int
    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        return f"{self.count:>4} utterances  {self.right + self.missed:>4} facts   precision {self.precision:.3f} ({self.extra} too much)   recall {self.recall:.3f} ({self.missed} missed)"


def total(scores: Sequence[Score]) -> Total:
    return Total(len(scores), *(sum(len(getattr(score, name)) for score in scores) for name in ("right", "extra", "missed")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what was read otherwise than expected")
    options = parser.parse_args()
    for half in HALVES:
        scored = [(case, score(case)) for case in cases(half)]
        for lang in LANGUAGES:
            print(f"{half:<6} {lang}  {total([result for case, result in scored if case.lang == lang])}")
        print(f"{half:<6} all {total([result for _, result in scored])}")
        if options.misses:
            _list(scored)


def _list(scored: Sequence[tuple[Case, Score]]) -> None:
    for case, result in scored:
        lines = [f"    {mark} {item}" for mark, items in (("+", result.extra), ("-", result.missed), ("~", result.unsure), ("!", result.bare)) for item in items]
        if lines:
            print(f"  {case.id}: {case.say[:160]!r}", *lines, sep="\n")


if __name__ == "__main__":
    main()
