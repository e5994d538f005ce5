"""What sentences need of the library is read alone, and says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import library
from advisor.domain import Benchmark
from advisor.errors import DataError
from advisor.library.phrases import read_phrases
from advisor.library.unread import Unread, UnreadPhrases


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


def test_sentences_of_rules_are_read_without_those_of_answers(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge/phrases/en"
    folder.mkdir(parents=True)
    (folder / "rules.toml").write_text('[rules.stage]\nsays = "So it is."\n', encoding="utf-8")
    (folder / "answers.toml").write_text("[answers", encoding="utf-8")
    phrases = UnreadPhrases(tmp_path, "en")
    assert phrases["rules.stage.says"] == ("So it is.",)
    assert "rules.stage.other" not in phrases
    with pytest.raises(DataError, match=r"answers\.toml"):
        phrases["answers.limits"]


def test_a_key_that_is_read_from_one_file_may_stand_in_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge/phrases/en"
    folder.mkdir(parents=True)
    (folder / "more.toml").write_text('[moves.tiers]\nnoun = "tiers"\n', encoding="utf-8")
    found: list[DataError] = []
    read_phrases(tmp_path, found)
    assert [str(error) for error in found] == ["more.toml › moves: found keys of another file. Allowed: them in moves.toml alone."]
