"""The files of knowledge/answers: what an entry may hold is told where it holds something else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from advisor import datafiles
from advisor.answering import playbook
from advisor.domain import Value
from advisor.errors import DataError


@pytest.mark.parametrize(
    ("file", "header", "model"),
    [
        ("plans", "[aim]", playbook.Aim),
        ("moves", "[moves.mid_prm]", playbook.MoveNotes),
        ("topics", "[topics.win_rate]", playbook.Topic),
        ("claims", "[claims]", playbook.Claims),
        ("claims", "[wanted.share]", playbook.Wanted),
        ("gaps", "[gaps.partner_role_pay]", playbook.Gap),
        ("conflicts", r"\[conflicts\.\w+\]", playbook.Conflict),
        ("conversation", "[conversation]", playbook.Conversation),
        ("occasions", "[occasions.partner_review]", playbook.Occasion),
        ("occasions", "parts = [\n  {", playbook.OccasionPart),
        ("matters", "[matters.share_of_touched]", playbook.Matter),
        ("matters", "place = {", playbook.Place),
        ("asked", "[told.age]", playbook.Told),
        ("activities", "[activities.introduction]", playbook.Activity),
        ("activities", "[choosing]", playbook.Choosing),
        ("differences", "[differences.nearbound_elg]", playbook.Difference),
        ("targets", "[targets]", playbook.Targets),
        ("targets", "[targets.items.results]", playbook.PlanItem),
    ],
)
def test_an_unknown_field_is_told_with_those_of_its_table(tmp_path: Path, file: str, header: str, model: type[Value]) -> None:
    shutil.copytree(datafiles.root() / "knowledge" / "answers", tmp_path / "knowledge" / "answers")
    path = tmp_path / "knowledge" / "answers" / f"{file}.toml"
    pattern = header if "\\" in header else re.escape(header)
    line = ' colour = "red",' if header.endswith("{") else '\ncolour = "red"\n'
    path.write_text(re.sub(pattern, lambda found: f"{found[0]}{line}", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        playbook.load(tmp_path)
    assert raised.value.file == f"knowledge/answers/{file}.toml"
    assert (raised.value.found, raised.value.allowed) == ("an unknown key", ", ".join(model.model_fields))
