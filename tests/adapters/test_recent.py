"""What was asked for lately is not worked out again, and no more is kept than that."""

from __future__ import annotations

from advisor.adapters.recent import KEPT, Recent


def test_a_result_is_made_once_while_it_is_recent() -> None:
    recent: Recent[int, list[int]] = Recent()
    first = recent.get(0, lambda: [0])
    for key in range(1, KEPT):
        recent.get(key, list)
    assert recent.get(0, lambda: [1]) is first


def test_older_results_are_let_go() -> None:
    recent: Recent[int, int] = Recent()
    made = [recent.get(key, lambda key=key: key) for key in range(KEPT + 1)]  # type: ignore[misc]
    assert made == list(range(KEPT + 1))
    assert recent.get(0, lambda: -1) == -1
