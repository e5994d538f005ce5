"""Runs: the same in one process and in two, going on after a kill, repeated, and without a part."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.errors import HomeError, InputError
from advisor.evaluation import runner, suites, versions
from advisor.evaluation.cache import Cache
from advisor.evaluation.cases import Case
from advisor.evaluation.results import Result, Run
from advisor.evaluation.subjects import PARTS, Subject

Written = Callable[..., Path]
CASES = "".join(
    f'  - name: case-{n}\n    inputs: {{question: "We are at {n}M EUR ARR. Tiers?"}}\n    expected_output: {{stage: "{stage}"}}\n'
    for n, stage in ((2, "<5M"), (8, "5-15M"), (20, "15-50M"), (9, "<5M"), (90, "50-150M"), (12, "5-15M"))
)


@pytest.fixture
def home() -> Path:
    return Path(os.environ["ADVISOR_HOME"])


def alike(run: Run) -> list[dict[str, Any]]:
    """The results without what differs from run to run."""
    return [result.model_dump(exclude={"seconds": True, "scores": {"latency"}}) for result in run.results]


def test_two_processes_find_what_one_finds_in_the_order_of_the_suite(written: Written, home: Path) -> None:
    suite = suites.load(written(CASES))
    one, two = (runner.run([suite], runner.Options(home, workers=n, fresh=True)) for n in (1, 2))
    assert alike(one) == alike(two)
    assert [result.case for result in two.results] == [case.name for case in suite.cases]
    assert [result.case for result in two.failed] == ["case-9"]
    assert one.digests == two.digests


def test_what_was_answered_is_not_asked_again_until_the_case_changes(written: Written, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = Subject.answer
    monkeypatch.setattr(Subject, "answer", lambda self, case: asked.append(case.name) or answer(self, case))
    options = runner.Options(home)
    first = runner.run([suites.load(written(CASES, name="reused"))], options)
    again = runner.run([suites.load(written(CASES, name="reused"))], options)
    assert (first.cached, again.cached, len(asked)) == (0, 6, 6)
    assert alike(first) == alike(again)
    changed = suites.load(written(CASES.replace('"<5M"', '"5-15M"', 1), name="reused"))
    assert runner.run([changed], options).cached == 5
    assert asked[6:] == ["case-2"]
    assert runner.run([changed], options._replace(fresh=True)).cached == 0
    assert runner.run([changed], options._replace(without="rules")).cached == 0


def test_other_code_or_knowledge_is_another_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Cache(home).folder
    for name in ("code_version", "knowledge_version"):
        monkeypatch.setattr(f"advisor.evaluation.cache.{name}", lambda: "other")
        assert Cache(home).folder != before
    assert versions.code_version() != versions.knowledge_version()


def test_a_prompt_of_other_words_is_another_version_of_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = tmp_path / "prompts" / "draft.md"
    prompt.parent.mkdir()
    monkeypatch.setattr("advisor.datafiles.root", lambda: tmp_path)
    found = set()
    for words in ("Never add a figure.", "Add a figure."):
        prompt.write_text(words, encoding="utf-8")
        versions.code_version.cache_clear()
        found.add(versions.code_version())
    versions.code_version.cache_clear()
    assert len(found) == 2


def test_only_the_last_versions_are_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for n in range(5):
        old = cache.folder.with_name(f"old-{n}")
        old.mkdir(parents=True)
        os.utime(old, (n, n))
    cache.open()
    assert {path.name for path in cache.folder.parent.iterdir()} == {cache.folder.name, "old-3", "old-4"}


def test_a_damaged_result_is_asked_again(written: Written, home: Path) -> None:
    suite = suites.load(written(CASES, name="damaged"))
    options = runner.Options(home)
    runner.run([suite], options)
    key = versions.key(suite.cases[0], options.subject, 0)
    Cache(home).folder.joinpath(f"{key}.json").write_bytes(b'{"suite": "dam')
    assert runner.run([suite], options).cached == 5


SCRIPT = """
import sys
from pathlib import Path
from advisor.evaluation import runner, suites
from advisor.evaluation.cache import Cache
put = Cache.put
def held(self, key, result):
    put(self, key, result)
    print(result.case, flush=True)
    if result.case == "case-20":
        sys.stdin.read()  # until it is killed: nobody writes there
Cache.put = held
if __name__ == "__main__":
    runner.run([suites.load(Path(sys.argv[1]))], runner.Options(Path(sys.argv[2])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_a_killed_run_goes_on_where_it_stopped(written: Written, home: Path, tmp_path: Path) -> None:
    path, script = written(CASES, name="killed"), tmp_path / "run.py"
    script.write_text(SCRIPT)
    with subprocess.Popen([sys.executable, str(script), str(path), str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(3)] == ["case-2", "case-8", "case-20"]
        process.send_signal(signal.SIGKILL)
    run = runner.run([suites.load(path)], runner.Options(home))
    assert run.cached == 3
    assert [result.case for result in run.results] == ["case-2", "case-8", "case-20", "case-9", "case-90", "case-12"]


def test_repeats_give_the_mean_and_name_what_differs(written: Written, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def unsteady(case: Case, subject: Subject) -> Result:
        calls.append(1)
        value = 1.0 if case.name != "case-2" or len(calls) <= 6 else 0.0
        return Result.model_validate({"suite": case.suite, "case": case.name, "scores": {"stage": {"value": value, "why": "" if value else "no"}}})

    monkeypatch.setattr(runner, "evaluate", unsteady)
    run = runner.run([suites.load(written(CASES, name="unsteady"))], runner.Options(home, repeat=4, fresh=True))
    assert run.results[0].scores["stage"].model_dump() == {"value": 0.25, "why": "no"}
    assert [(result.case, result.unstable) for result in run.results if result.unstable] == [("case-2", ("stage",))]


def test_the_advisor_gives_the_same_each_time(written: Written, home: Path) -> None:
    run = runner.run([suites.load(written(CASES, name="steady"))], runner.Options(home, repeat=2, fresh=True))
    assert [result.unstable for result in run.results] == [()] * 6


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_left_out_and_the_rest_still_answers(part: str, written: Written, home: Path) -> None:
    run = runner.run([suites.load(written(CASES, name="parts"))], runner.Options(home, without=part))
    assert [result.case for result in run.results if "runs" in result.scores] == []
    assert run.subject == f"advisor without {part}"


def test_without_rules_nothing_is_advised_or_turned_down_by_them(written: Written, home: Path) -> None:
    run = runner.run([suites.load(written(CASES, name="parts"))], runner.Options(home, without="rules"))
    assert all(result.shown["rules"] == [] for result in run.results)


@pytest.mark.parametrize(("change", "words"), [({"workers": 0}, "1 to 64"), ({"repeat": 0}, "1 to 1000"), ({"without": "brain"}, "rules, retrieval, grounding, rerank")])
def test_options_out_of_range_are_refused_with_what_is_allowed(written: Written, home: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        runner.run([suites.load(written(CASES))], runner.Options(home)._replace(**change))


def test_a_home_that_cannot_be_written_is_said(written: Written, tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("")
    with pytest.raises(HomeError, match="ADVISOR_HOME"):
        runner.run([suites.load(written(CASES))], runner.Options(tmp_path / "file"))


def test_ctrl_c_ends_the_run_and_keeps_what_was_found(written: Written, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = Subject.answer

    def stopped(self: Subject, case: Case) -> Any:
        asked.append(case.name)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return answer(self, case)

    monkeypatch.setattr(Subject, "answer", stopped)
    with pytest.raises(KeyboardInterrupt):
        runner.run([suites.load(written(CASES, name="stopped"))], runner.Options(home))
    assert runner.run([suites.load(written(CASES, name="stopped"))], runner.Options(home)).cached == 2


def test_a_run_stops_at_the_first_case_that_fell_and_the_rest_is_not_asked(written: Written, home: Path) -> None:
    suite = suites.load(written(CASES, name="first"))
    run = runner.run([suite], runner.Options(home, fresh=True), fallen=lambda result: result.case == "case-20")
    assert run.stopped
    assert [result.case for result in run.results] == ["case-2", "case-8", "case-20"]
    again = runner.run([suite], runner.Options(home), fallen=lambda result: result.case == "case-2")
    assert ([result.case for result in again.results], again.cached) == (["case-2"], 3)
    assert not runner.run([suite], runner.Options(home)).stopped
