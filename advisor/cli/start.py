"""How every command starts: settings of this folder, and the advisor for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advisor.cli.progress import StderrProgress
from advisor.settings import Settings, load_settings
from advisor.wiring import Advisor, build_advisor


def settings_here(**options: Any) -> Settings:
    """The settings that hold in the working folder, options on top; an option that was not given changes nothing."""
    return load_settings(working_folder=_here(), options={name: value for name, value in options.items() if value is not None})


def advisor_for(settings: Settings) -> Advisor:
    return build_advisor(settings, progress=StderrProgress())


def _here() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None
