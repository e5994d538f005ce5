"""What a regression ships as says the same as what it learned, and the same messages teach it the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from advisor.adapters import softmax


@given(arrays(np.float32, (7, 3), elements=st.floats(-50, 50, width=32)))
def test_shipped_weights_are_off_by_half_a_step_at_most(weights: np.ndarray) -> None:
    shipped = softmax.packed(weights)
    assert shipped["weights"].dtype == np.int8
    assert np.all(np.abs(softmax.unpacked(**shipped) - weights) <= shipped["steps"] * 0.501)


def test_more_messages_than_one_portion_are_learned_the_same_each_time_and_read_right() -> None:
    shuffle = np.random.default_rng(1)
    classes = [number % 3 for number in range(softmax.BATCH + 500)]
    vectors = np.eye(3, 8, dtype=np.float32)[classes] + shuffle.normal(0, 0.1, (len(classes), 8)).astype(np.float32)
    signs = np.zeros((len(classes), 1), np.float32)
    first, again = (softmax.fit(vectors, signs, classes, 3, ridge=1e-4) for _ in range(2))
    assert np.array_equal(first, again)
    assert [softmax.ranked(vectors[place : place + 1], [0.0], first)[0][0] for place in range(30)] == classes[:30]
