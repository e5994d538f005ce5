"""Reads what the program was told about where and how to run.

Options win, then `ADVISOR_*` in the environment, then `advisor.toml`. The file in the user's settings folder may set
everything; one in the working folder only client facts and display: a folder that came from somebody else must never
move data or name a service.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import ValidationError

from advisor import datafiles, intake, library
from advisor.domain import Client, Fact, Money, Number, Value
from advisor.domain.base import Words
from advisor.domain.money import rate_of
from advisor.errors import InputError

FILE_NAME = "advisor.toml"
MOST_BYTES, MOST_QUOTED = 5_000_000, 200
_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
MODEL_OPTIONS = ("model", "base_url", "require_model", "max_cost")
MODEL_FIELDS = (*MODEL_OPTIONS, "timeout", "window")
"""What says which model words answers, and what may be expected of it: never to be set by a file of the working folder. The first four are options of commands."""
MOST_SECONDS, LEAST_WINDOW, MOST_WINDOW = 3600, 2048, 2_000_000
_DISPLAY = ("colour", "brief", "language", "spelling", "prepared_by")
_OWN = ("home", "offline", "packs", "retriever", "otel", *MODEL_FIELDS)
"""What only the user's own file may say, and only outside of its table of display."""
MONEY_FIELDS = ("arr", "acv", "tool_budget")


class Settings(Value):
    """What the program was told about where and how to run; `origins` says for each name who told it.

    `packs` are the knowledge packs in force, of those that are installed; `retriever` is the one of another package that searches,
    or nothing for our own. `otel` says whether a question leaves OpenTelemetry spans, and whether they hold what was said. `prepared_by`, `logo` and `spelling` stand on the documents that are handed on.
    """

    home: Path
    offline: bool = False
    colour: Literal["auto", "always", "never"] = "auto"
    brief: bool = False
    language: Literal["auto", "en", "de"] = "auto"
    packs: Literal["all"] | tuple[str, ...] = ()
    retriever: str = ""
    otel: Literal["off", "spans", "contents"] = "off"
    model: str | None = None
    base_url: str | None = None
    require_model: bool = False
    max_cost: Number | None = None
    timeout: int | None = None
    window: int | None = None
    prepared_by: Words | None = None
    logo: Path | None = None
    spelling: Literal["british", "american"] = "british"
    client: Client = Client()
    fx: Mapping[str, Number] = {}
    origins: Mapping[str, str] = {}
    files: tuple[Path, ...] = ()


def settings_folder() -> Path:
    """The folder of the user's own `advisor.toml`."""
    return Path(platformdirs.user_config_path("partner-advisor", appauthor=False))


def load_settings(
    *, environment: Mapping[str, str] | None = None, working_folder: Path | None = None, options: Mapping[str, Any] | None = None
) -> Settings:
    """Settings from all places. Without a working folder, none is looked into.

    Raises InputError naming the file or variable, what was found and what may stand there.
    """
    environment = os.environ if environment is None else environment
    layers = [_defaults(), *_files(working_folder), _from_environment(environment), {"an option": dict(options or {})}]
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for origin, table in layer.items():
            if "client" in table and "client" in values:
                table = {**table, "client": merged(values["client"], table["client"])}
            values |= table
            origins |= dict.fromkeys(table, origin)
    files = tuple(Path(origin) for layer in layers[1:-2] for origin in layer)
    return Settings(**values, origins=origins, files=files)


Layer = dict[str, dict[str, Any]]
Rates = Mapping[str, Decimal | str]


def _defaults() -> Layer:
    home = platformdirs.user_data_path("partner-advisor", appauthor=False)
    return {"the default": {"home": home, "offline": False, "colour": "auto", "brief": False, "language": "auto", "packs": "all", "retriever": ""}}


def _files(working_folder: Path | None) -> list[Layer]:
    own = settings_folder() / FILE_NAME
    layers = [_from_file(own, trusted=True)] if own.is_file() else []
    here = working_folder / FILE_NAME if working_folder else None
    if here is not None and here.is_file() and here.resolve() != own.resolve():
        layers.append(_from_file(here, trusted=False))
    return layers


def _from_file(path: Path, *, trusted: bool) -> Layer:
    table = datafiles.parse_toml(read_user_text(path), str(path))
    display = table.pop("display", {})
    allowed = {"client", "fx", "display", *((*_OWN, "logo") if trusted else ())}
    for key in (*table, *(key for key in _table(path, "display", display) if key in (*_OWN, "logo"))):
        if key not in allowed or key not in table:
            where = "" if trusted else f" Other settings belong into {settings_folder() / FILE_NAME}."
            raise InputError(f"{path}: {key!r} may not stand here.", hint=f"Allowed: {', '.join(sorted(allowed))}.{where}")
    values: dict[str, Any] = {}
    if "client" in table:
        values["client"] = client_of(table.pop("client"), str(path))
    if "fx" in table:
        values["fx"] = rates_of(_table(path, "fx", table.pop("fx")))
    for key, value in {**table, **display}.items():
        values[key] = _setting(key, value, f"{path}: {key}")
    return {str(path): values}


def _table(path: Path, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{path}: {key} is {value!r}.", hint=f"Write a table: [{key}].")
    return value


def _from_environment(environment: Mapping[str, str]) -> Layer:
    layer: Layer = {}
    if environment.get("NO_COLOR"):
        layer["NO_COLOR in the environment"] = {"colour": "never"}
    for key in (*_OWN, *_DISPLAY, "logo"):
        variable = f"ADVISOR_{key.upper()}"
        if environment.get(variable, "").strip():
            layer[f"{variable} in the environment"] = {key: _setting(key, environment[variable].strip(), variable)}
    return layer


def _setting(key: str, value: Any, where: str) -> Any:
    """One setting, read; raises InputError naming the place when it cannot be."""
    if key in {"home", "logo"} and isinstance(value, str) and value and "\0" not in value:
        return Path(value).expanduser().absolute()
    if key in {"model", "base_url"} and isinstance(value, str) and value.strip():
        return value.strip()
    if key == "max_cost" and (most := cost_of(value)) is not None:
        return most
    if key in _BOUNDS and (number := _whole(value)) is not None and _BOUNDS[key][0] <= number <= _BOUNDS[key][1]:
        return number
    if key in {"offline", "brief", "require_model"} and str(value).lower() in _TRUE | _FALSE:
        return str(value).lower() in _TRUE
    if key == "otel" and value in {"off", "spans", "contents"}:
        return value
    if key == "colour" and value in {"auto", "always", "never"}:
        return value
    if key == "spelling" and value in {"british", "american"}:
        return value
    if key == "prepared_by" and isinstance(value, str) and 0 < len(name := intake.clean(value).replace("\n", " ").strip()) <= MOST_QUOTED:
        return name
    if key == "packs" and (names := _names(value)) is not None:
        return names
    if key == "retriever" and isinstance(value, str) and len(value) <= MOST_QUOTED:
        return value
    if key == "language" and value in {"auto", *library.LANGUAGES}:
        return value
    allowed = {"home": "a folder", "offline": "yes or no", "brief": "yes or no", "colour": "auto, always or never", "language": "auto, en or de"}
    allowed |= {"logo": "a PNG or JPEG file", "spelling": "british or american", "prepared_by": "a name of 1 to 200 characters"}
    allowed |= {"packs": "all, none, or names of installed knowledge packs", "retriever": "the name of an installed retriever"}
    allowed |= {"model": "provider and name, as openai:gpt-5-mini", "base_url": "an address", "require_model": "yes or no", "max_cost": "US dollars, as 0.05"}
    allowed |= {"otel": "off, spans or contents"}
    allowed |= {"timeout": f"seconds, 1 to {MOST_SECONDS:,}", "window": f"tokens, {LEAST_WINDOW:,} to {MOST_WINDOW:,}"}
    if key not in allowed:
        raise InputError(f"{where} is not a setting known here.", hint=f"Known: {', '.join(allowed)}.")
    raise InputError(f"{where} is {value!r}.", hint=f"Allowed: {allowed[key]}.")


_BOUNDS = {"timeout": (1, MOST_SECONDS), "window": (LEAST_WINDOW, MOST_WINDOW)}


def _whole(value: object) -> int | None:
    """A whole number from a number or its digits; None when it is none."""
    return int(str(value)) if not isinstance(value, bool) and str(value).isascii() and str(value).isdigit() and len(str(value)) < 10 else None


def _names(value: Any) -> Literal["all"] | tuple[str, ...] | None:
    """Knowledge packs as told: a list, or one line with commas; None when it is neither."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return None
    return "all" if value == ["all"] else () if value == ["none"] else tuple(sorted(set(value)))


def cost_of(value: object) -> Decimal | None:
    """US dollars from a number or its text; None when it is none, or below zero."""
    try:
        most = Decimal(str(value).strip().removeprefix("$"))
    except InvalidOperation:
        return None
    return most if most.is_finite() and most >= 0 and not isinstance(value, bool) else None


def dollars(cost: float) -> str:
    """An amount of US dollars: two digits that say something, never less than two decimals."""
    return f"{cost:.2f}" if cost >= 0.1 or not cost else f"{cost:.4f}"


def read_user_text(path: Path) -> str:
    """A file the user named, as text. Raises InputError when it cannot be read, is not UTF-8, or has no end in sight."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InputError(f"{path} is larger than {MOST_BYTES // 10**6} MB.", hint="Give the part about this client.")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8 and try again.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{str(path)[:200]} cannot be read: {reason}.", hint="Check the path and its permissions.") from None


def client_of(table: Any, source: str) -> Client:
    """Client facts from a table of a file, each remembered as coming from there."""
    if not isinstance(table, Mapping):
        raise InputError(f"{source}: the client is {type(table).__name__}.", hint="Write a table of facts.")
    table = intake.cleaned(dict(table))
    try:
        facts = {name: Fact(origin="file", quote=f"{name} = {_quoted(value)}"[:MOST_QUOTED]) for name, value in table.items() if name != "facts"}
        return Client.model_validate({"facts": facts, **table})
    except ValidationError as error:
        raise InputError(f"{source}: {reasons(error)}", hint=f"Known facts: {', '.join(Client.model_fields)}.") from None


def merged(base: Client, top: Client) -> Client:
    """The facts of both; where both say something, those of `top`."""
    said = {name: getattr(top, name) for name in top.model_fields_set if name != "facts"}
    return base.model_copy(update={**said, "facts": {**base.facts, **top.facts}})


def _quoted(value: Any) -> str:
    return str(value) if not isinstance(value, Mapping) else ", ".join(f"{key} {item}" for key, item in value.items())


def reasons(error: ValidationError) -> str:
    """The first thing that a value was refused for, in one sentence that names the field."""
    first = error.errors()[0]
    where = ".".join(str(part)[:80] for part in first["loc"])
    return f"{where}: found {str(first['input'])[:80]!r}; {first['msg'].removeprefix('Value error, ')}."


def rates_of(table: Mapping[str, object]) -> dict[str, Decimal]:
    """Euro per unit by currency. Raises InputError unless each is a positive number under a code of three letters."""
    if not isinstance(table, Mapping):
        raise InputError(f"The rates are {table!r:.80}.", hint='Give a table of euro per unit, for example {"USD": 0.92}.')
    try:
        return {str(code).strip().upper(): rate_of(str(code), rate) for code, rate in table.items()}
    except ValueError as error:
        raise InputError(f"{error}.", hint="Write euro per unit, for example USD=0.92.") from None


def at_rate(money: Money, rates: Mapping[str, Decimal]) -> Money:
    rate = rates.get(money.currency or "")
    return money.at(rate) if rate is not None and money.eur is None else money


def with_rates(client: Client, rates: Mapping[str, Decimal]) -> Client:
    """The client with stated rates put to amounts that have none."""
    amounts = {name: money for name in MONEY_FIELDS if (money := getattr(client, name)) is not None}
    stated = {"fx": {**client.fx, **rates}} if rates else {}
    return client.model_copy(update={**stated, **{name: at_rate(money, rates) for name, money in amounts.items()}})
