"""Where a command may write: files, and nothing that only looks like one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from advisor.cli.files import write_file
from advisor.cli.model import Trace
from advisor.errors import InputError


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_never_replaced_even_by_force(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="no file to write to"):
        write_file(str(pipe), "words", force=True)
    with pytest.raises(InputError, match="no file to write to"):
        Trace(str(pipe))
    assert pipe.is_fifo()
    assert [each.name for each in tmp_path.iterdir()] == ["pipe.md"]
