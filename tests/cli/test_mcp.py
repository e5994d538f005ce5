"""`advisor mcp install` writes a host's settings, or nothing; `advisor tools` prints functions; the server's options."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from advisor.integrations.functions import FORMATS, exported
from advisor.integrations.mcp.install import HOSTS, SERVER, entry, place

Command = Callable[..., Any]


class Found(NamedTuple):
    """Where a host's settings stand in this test."""

    path: Path
    key: str


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user whose name has spaces and umlauts."""
    home = tmp_path / "Jörg Groß Müller"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    return home


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def settings(host: str, user: Path) -> Found:
    where = place(host, user)
    return Found(where.path, where.key)


def test_the_entry_needs_no_path_and_no_working_folder(host: str, user: Path, advisor: Command) -> None:
    assert advisor("mcp", "install", "--host", host).code == 0
    path, key = settings(host, user)
    made = json.loads(path.read_text(encoding="utf-8"))[key][SERVER]
    assert Path(made["command"]).is_absolute()
    assert Path(made["command"]).is_file()
    assert made["args"] == ["-P", "-m", "advisor", "mcp"]
    assert made["env"]["ADVISOR_HOME"] == os.environ["ADVISOR_HOME"]
    assert path.is_relative_to(user)


def test_printing_the_entry_changes_no_file(host: str, user: Path, advisor: Command) -> None:
    done = advisor("mcp", "install", "--host", host, "--print")
    assert done.code == 0
    assert list(done.json()[settings(host, user).key]) == [SERVER]
    assert list(user.iterdir()) == []


def test_what_stands_in_the_settings_stays(host: str, user: Path, advisor: Command) -> None:
    path, key = settings(host, user)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = {"theme": "dünn", "half": "\ud800", key: {"other": {"command": "/x", "args": [1, 2.5, None]}, SERVER: {"command": "old"}}, "last": [True]}
    path.write_text(json.dumps(before), encoding="utf-8")
    path.chmod(0o640)
    assert advisor("mcp", "install", "--host", host).code == 0
    after = json.loads(path.read_text(encoding="utf-8"))
    made = after[key].pop(SERVER)
    before[key].pop(SERVER)
    assert after == before
    assert list(after) == list(before)
    assert made["command"] == str(Path(sys.executable).absolute())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_installing_twice_changes_nothing_more(host: str, user: Path, advisor: Command) -> None:
    path, _ = settings(host, user)
    advisor("mcp", "install", "--host", host)
    once = path.read_bytes()
    advisor("mcp", "install", "--host", host)
    assert path.read_bytes() == once
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"{ not json", "is not JSON"), (b"[]", "holds no table"), (b'{"mcpServers": 3, "servers": 3}', "is not a table"), (b'{"a": 1, "a": 2}', "stands twice"), (b"\xff\xfe", "is not JSON")],
)
def test_a_broken_file_is_refused_in_one_sentence_and_stays(content: bytes, says: str, host: str, user: Path, advisor: Command) -> None:
    path, _ = settings(host, user)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    done = advisor("mcp", "install", "--host", host)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert str(path) in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert path.read_bytes() == content


def test_settings_behind_a_link_are_written_where_they_lie(user: Path, advisor: Command) -> None:
    real = user / "dotfiles" / "mcp.json"
    real.parent.mkdir()
    real.write_text("", encoding="utf-8")
    link = settings("cursor", user).path
    link.parent.mkdir()
    link.symlink_to(real)
    assert advisor("mcp", "install", "--host", "cursor").code == 0
    assert link.is_symlink()
    assert SERVER in json.loads(real.read_text(encoding="utf-8"))["mcpServers"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_named(user: Path, advisor: Command) -> None:
    user.chmod(0o500)
    done = advisor("mcp", "install", "--host", "cursor")
    user.chmod(0o700)
    assert done.code == 2
    assert "cannot be written" in done.err


@pytest.mark.parametrize(
    ("system", "expected"),
    [("darwin", "Library/Application Support/Claude"), ("linux", ".config/Claude"), ("win32", "AppData/Roaming/Claude")],
)
def test_claude_desktop_keeps_its_settings_where_each_system_does(system: str, expected: str, tmp_path: Path) -> None:
    where = place("claude-desktop", tmp_path, system=system, environment={})
    assert where.path == tmp_path / expected / "claude_desktop_config.json"


def test_without_a_data_folder_of_its_own_the_entry_names_none() -> None:
    assert "env" not in entry({}, None)


@pytest.mark.parametrize("option", [("--port", "9000"), ("--bind", "127.0.0.1"), ("--workers", "2")])
def test_options_of_http_without_http_are_refused(option: tuple[str, str], advisor: Command) -> None:
    done = advisor("mcp", *option)
    assert done.code == 2
    assert f"{option[0]} goes with --http" in done.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--bind", "192.0.2.7"), "no token is set"),
        (("--token-file", "nowhere.txt"), "nowhere.txt cannot be read"),
        (("--token-file", "empty.txt"), "holds no token"),
        (("--token-file", "short.txt"), "fewer than 16"),
        (("--bind", "192.0.2.7", "--token-file", "good.txt"), "--allow-host"),
    ],
)
def test_a_server_that_would_stand_open_does_not_start(options: tuple[str, ...], says: str, tmp_path: Path, advisor: Command) -> None:
    for name, text in {"empty": "# none\n", "short": "abc\n", "good": "a-token-of-more-than-sixteen\n"}.items():
        tmp_path.joinpath(f"{name}.txt").write_text(text, encoding="utf-8")
    done = advisor("mcp", "--http", *options)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


@pytest.mark.parametrize("form", FORMATS)
def test_tools_prints_one_json_document(form: Any, advisor: Command) -> None:
    done = advisor("tools", "--format", form)
    assert (done.code, done.json(), done.err) == (0, exported(form), "")
