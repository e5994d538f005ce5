"""What the index on disk does when entries, models and folders change."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from filelock import FileLock

from advisor.adapters import builder, home
from advisor.adapters.index import open_index
from advisor.domain import Entry
from advisor.domain.vocabulary import EvidenceKind
from advisor.errors import HomeError
from advisor.testing import WordEmbedder


def entry(name: str, text: str, *questions: str) -> Entry:
    return Entry(id=name, kind=EvidenceKind.PASSAGE, heading=name, text=text, source_doc="000", locator=name, questions=questions)


TIERS = entry("tiers", "Gold, silver and bronze levels.", "When do levels pay off?")
REFERRAL = entry("referral", "Introductions from customers.", "Who pays commission?")
ENTRIES = (TIERS, REFERRAL)


def folder_of(path: Path) -> Path:
    return path / "index" / f"words-{builder.SCHEMA}"


def embedded(path: Path, entries: Iterable[Entry], version: str = "1") -> list[str]:
    """The texts that opening the index had to embed."""
    model = WordEmbedder(version)
    open_index(path, tuple(entries), embedder=model)
    return sorted(model.embedded)


def test_a_second_opening_embeds_and_writes_nothing(tmp_path: Path) -> None:
    assert len(embedded(tmp_path, ENTRIES)) == 4
    before = {path: path.stat().st_mtime_ns for path in folder_of(tmp_path).rglob("*") if path.suffix in (".npy", ".json")}
    assert embedded(tmp_path, ENTRIES) == []
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_the_order_of_entries_does_not_matter(tmp_path: Path) -> None:
    embedded(tmp_path, ENTRIES)
    assert embedded(tmp_path, reversed(ENTRIES)) == []


def test_a_changed_text_embeds_only_that_text(tmp_path: Path) -> None:
    embedded(tmp_path, ENTRIES)
    changed = TIERS.model_copy(update={"text": "Four levels."})
    assert embedded(tmp_path, (changed, REFERRAL)) == ["tiers\nFour levels."]


def test_an_added_question_embeds_only_the_question(tmp_path: Path) -> None:
    embedded(tmp_path, ENTRIES)
    asked = TIERS.model_copy(update={"questions": (*TIERS.questions, "Why bronze?")})
    assert embedded(tmp_path, (asked, REFERRAL)) == ["Why bronze?"]


def test_a_removed_entry_leaves_neither_rows_nor_hits(tmp_path: Path) -> None:
    embedded(tmp_path, ENTRIES)
    opened = open_index(tmp_path, [REFERRAL], embedder=WordEmbedder())
    assert opened._opened.store.count() == 2
    assert [hit.id for hit in opened.search("gold levels introductions")] == ["referral"]


def test_a_changed_source_needs_no_embedding_and_shows_in_the_hit(tmp_path: Path) -> None:
    embedded(tmp_path, ENTRIES)
    model = WordEmbedder()
    moved = open_index(tmp_path, [TIERS.model_copy(update={"source_doc": "001"}), REFERRAL], embedder=model)
    assert model.embedded == []
    assert moved.search("bronze levels", 1)[0].source_doc == "001"


def test_another_model_of_the_same_name_embeds_everything_anew(tmp_path: Path) -> None:
    embedded(tmp_path, ENTRIES)
    assert len(embedded(tmp_path, ENTRIES, version="2")) == 4
    state = json.loads((folder_of(tmp_path) / "state.json").read_text())
    opened = open_index(tmp_path, ENTRIES, embedder=WordEmbedder("2"))
    assert dict(opened._opened.store.metadata)["stamp"] == state["stamp"]
    assert opened.notices == ()


def test_nothing_but_the_living_index_stays_on_disk(tmp_path: Path) -> None:
    embedded(tmp_path, ENTRIES)
    embedded(tmp_path, ENTRIES, version="2")
    embedded(tmp_path, [TIERS], version="2")
    kinds = sorted(path.name.split("-")[0] for path in folder_of(tmp_path).iterdir())
    assert kinds == ["lock", "rows", "state.json", "store"]


def test_the_folder_is_private_to_the_user(tmp_path: Path) -> None:
    embedded(tmp_path / "data", ENTRIES)
    assert folder_of(tmp_path / "data").stat().st_mode & 0o077 == 0


def test_progress_counts_the_batches_that_are_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "BATCH", 3)
    told: list[tuple[str, int]] = []

    class Told:
        def track(self, items: Iterable[object], label: str, total: int) -> Iterable[object]:
            told.append((label, total))
            return items

    open_index(tmp_path, ENTRIES, embedder=WordEmbedder(), progress=Told())
    open_index(tmp_path, ENTRIES, embedder=WordEmbedder(), progress=Told())
    assert told == [(builder.LABEL, 2)]


def test_a_file_in_the_place_of_the_home_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match=r"file/index.*ADVISOR_HOME"):
        open_index(tmp_path / "file", ENTRIES, embedder=WordEmbedder())


def test_a_full_disk_is_named_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(builder.snapshot, "write", full)
    with pytest.raises(HomeError, match=r"No space left on device.*Free some space"):
        open_index(tmp_path, ENTRIES, embedder=WordEmbedder())


def test_a_lock_that_is_never_released_is_an_error_not_a_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "LOCK_SECONDS", 0.0)
    folder_of(tmp_path).mkdir(parents=True)
    with FileLock(folder_of(tmp_path) / "lock"), pytest.raises(HomeError, match="locked by another process"):
        open_index(tmp_path, ENTRIES, embedder=WordEmbedder())


def test_a_folder_that_another_program_synchronises_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match=r"OneDrive - Acme copies files.*ADVISOR_HOME"):
        open_index(tmp_path / "OneDrive - Acme", ENTRIES, embedder=WordEmbedder())


def test_a_drive_without_a_working_log_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "_log_works", lambda _: False)
    with pytest.raises(HomeError, match="does not support SQLite's log"):
        open_index(tmp_path, ENTRIES, embedder=WordEmbedder())
    assert not list(folder_of(tmp_path).glob("probe*"))


OPEN = """
import sys
from pathlib import Path
from advisor.adapters.index import open_index
from advisor.domain import Entry
from advisor.testing import WordEmbedder
entries = [Entry.model_validate_json(line) for line in Path(sys.argv[2]).read_text().splitlines()]
index = open_index(Path(sys.argv[1]), entries, embedder=WordEmbedder())
print([hit.id for hit in index.search("gold levels introductions")], index._opened.store.count())
"""


def test_processes_that_build_at_once_agree(tmp_path: Path) -> None:
    listed = tmp_path / "entries.jsonl"
    listed.write_text("\n".join(one.model_dump_json() for one in ENTRIES))
    command = [sys.executable, "-c", OPEN, str(tmp_path / "home"), str(listed)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in running]
    assert ended == [("['tiers', 'referral'] 4\n", "", 0)] * 3


def test_a_retriever_outlives_a_rebuild_by_somebody_else(tmp_path: Path) -> None:
    first = open_index(tmp_path, ENTRIES, embedder=WordEmbedder())
    open_index(tmp_path, [*ENTRIES, entry("third", "Marketplaces of clouds.")], embedder=WordEmbedder())
    assert first.search("gold levels", 1)[0].id == "tiers"
