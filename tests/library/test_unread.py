"""What sentences need of the library is read alone, and says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import library
from advisor.domain import Benchmark
from advisor.errors import DataError
from advisor.library.unread import Unread


def test_records_read_one_by_one_equal_those_of_the_whole_library() -> None:
    whole, speaking = library.load(), library.speaking()
    assert dict(speaking.benchmarks) == dict(whole.benchmarks)
    assert dict(speaking.sources) == dict(whole.sources)
    assert (speaking.phrases, speaking.units) == (whole.phrases, whole.units)


def test_a_broken_record_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text('[[benchmark]]\nid = "lost"\nmetric = "m"\n', encoding="utf-8")
    records = Unread([path], "benchmark", Benchmark)
    assert list(records) == ["lost"]
    assert records.get("another") is None
    with pytest.raises(DataError, match="required"):
        records["lost"]
