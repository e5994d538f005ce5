"""Every error that partner-advisor raises on purpose.

    AdvisorError                 base class: catch this one
    ├── InputError               the user's words, options or files must change        exit 2
    │   └── MissingExtra         an optional package must be installed                 exit 2
    ├── DataError                a file of knowledge/, prompts/ or evals/ is wrong     exit 1 in `check`, else 2
    ├── InstallationError        a shipped file is missing or damaged: install again   exit 2
    ├── HomeError                the data folder cannot be used                        exit 2
    └── ServiceError             an outside service failed after retries               exit 3
        └── ModelError           a language model gave nothing that could be used      exit 3

A message says what is wrong and where; `hint` says the next step.
"""

from __future__ import annotations

from typing import ClassVar


class AdvisorError(Exception):
    """Base of all errors meant for the user: never shown with a traceback."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(AdvisorError):
    """Something the user gave cannot be used: option, text, file or value."""


class MissingExtra(InputError):
    """A feature needs an optional package; the hint is the install line."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an optional package.", hint=f"Install it: pip install 'partner-advisor[{extra}]'")


class DataError(AdvisorError):
    """A shipped or user-written data file breaks its own rules.

    `file` is relative to the data folder, `entry` the id of the record, `field` the key, `found` what stands there and
    `allowed` what may stand there.
    """

    def __init__(self, file: str, entry: str = "", field: str = "", *, found: str = "", allowed: str = "") -> None:
        self.file, self.entry, self.field, self.found, self.allowed = file, entry, field, found, allowed
        where = " › ".join(part for part in (file, entry, field) if part)
        what = f": found {found}" if found else ""
        super().__init__(f"{where}{what}.", hint=f"Allowed: {allowed}." if allowed else "")


class InstallationError(AdvisorError):
    """A file that comes with the installation is missing or damaged."""


class HomeError(AdvisorError):
    """The data folder (ADVISOR_HOME) cannot be read, written or locked."""


class ServiceError(AdvisorError):
    """A service outside this process failed, also after retries."""

    exit_code = 3


class ModelError(ServiceError):
    """A language model gave nothing that could be used; `reason` is one of REASONS.

    Its message never holds what the service said: that may repeat the key or the prompt.
    """

    REASONS: ClassVar[dict[str, str]] = {
        "no_key": "No key for {model} was found.",
        "wrong_key": "The key was refused for {model}.",
        "quota": "The quota of {model} is used up.",
        "busy": "{model} takes no more requests at the moment.",
        "timeout": "{model} did not answer in time.",
        "cut": "{model} broke off in the middle.",
        "malformed": "{model} wrote nothing that could be read.",
        "empty": "{model} wrote nothing.",
        "refused": "{model} declined to write.",
        "gone": "{model} does not exist there.",
        "network": "{model} cannot be reached.",
        "server": "{model} failed on its side.",
        "rejected": "{model} did not accept the request.",
        "too_long": "The evidence does not fit into what {model} can read.",
        "cost": "{model} could cost more than is allowed here.",
        "unfit": "Nothing that {model} wrote passed the check.",
    }

    def __init__(self, reason: str, model: str, *, wait: float = 0.0) -> None:
        self.reason, self.model, self.wait = reason, model, wait
        super().__init__(self.REASONS[reason].format(model=model), hint="Leave --require-model away to get the offline answer.")
