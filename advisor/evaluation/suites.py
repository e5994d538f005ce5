"""Which suites ship, finding a user's own file, and reading either with errors that name file, case and field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from advisor import datafiles
from advisor.errors import DataError, InputError, MissingExtra
from advisor.evaluation.cases import KINDS, Case, Found, Metadata
from advisor.library import Library
from advisor.planning import templates
from advisor.settings import read_user_text

FOLDER = "evals"
NO_SUITES = ("floor", "intake_disputed")  # what retrieval is tuned on, and the expectations held to be wrong
SCHEMA = "schema/"
_TOP = ("name", "cases", "$schema")


class Suite(NamedTuple):
    """A suite, and the file that it stands in."""

    name: str
    kind: str
    cases: tuple[Case, ...]
    path: Path

    @property
    def about(self) -> str:
        return KINDS[self.kind].about


def shipped() -> tuple[str, ...]:
    """The names of the suites that come with the program."""
    names = (path.stem for path in datafiles.root().joinpath(FOLDER).glob("*.yaml"))
    return tuple(sorted(name for name in names if name not in NO_SUITES))


def find(names: Sequence[str]) -> list[Suite]:
    """The suites of these names or files, all that ship where none is named. Raises InputError or DataError."""
    found = [load(_path(name)) for name in names or shipped()]
    for suite in found:
        if [each.name for each in found].count(suite.name) > 1:
            raise InputError(f"Two files hold a suite named {suite.name!r}.", hint="Run them one by one, or rename one.")
    return found


def quick_first(suites: Sequence[Suite]) -> list[Suite]:
    """The suites whose cases are answered in no time before those that take longer, else in their order."""
    order = list(KINDS)
    return sorted(suites, key=lambda suite: -order.index(suite.kind))


def load(path: Path) -> Suite:
    """The suite in a file. Raises DataError naming file, case, field, what stands there and what may."""
    file = datafiles.name_of(path) if path.is_relative_to(datafiles.root()) else str(path)
    table = _read(path, file)
    kind = _kind(table, file)
    dataset = _dataset(kind, table, file)
    cases = tuple(
        Case(suite=table["name"], kind=kind, name=each.name, inputs=each.inputs, expected=each.expected_output or _empty(kind), metadata=each.metadata or Metadata())
        for each in dataset.cases
    )
    _groups(cases, file)
    return Suite(table["name"], kind, cases, path)


def only(suites: Iterable[Suite], names: Sequence[str]) -> list[Suite]:
    """The suites with the cases of these names alone. Raises InputError for a name that no suite holds."""
    suites = list(suites)
    known = [case.name for suite in suites for case in suite.cases]
    for name in names:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=1)
            raise InputError(f"No case is named {name!r}.", hint=f"Did you mean {near[0]!r}?" if near else "advisor eval list --cases shows all.")
    kept = [suite._replace(cases=tuple(case for case in suite.cases if case.name in names)) for suite in suites]
    return [suite for suite in kept if suite.cases]


def check_records(suites: Iterable[Suite], library: Library) -> None:
    """Raises DataError for a record, passage or task of a plan that a case names and the knowledge does not hold: of such a one nothing would ever be missed."""
    known = {*library.benchmarks, *library.passages, *library.sources, *(entry.id for entry in library.entries())}
    for suite in suites:
        for case in suite.cases:
            for field, id_ in _named(case):
                _check(suite, case, field, id_, known, "a record or passage")
            for field, id_ in _tasks(case):
                _check(suite, case, field, id_, templates.load().tasks.keys(), "a task of plans")


def _check(suite: Suite, case: Case, field: str, id_: str, known: Collection[str], what: str) -> None:
    if id_ not in known:
        near = nearest(id_, known)
        raise DataError(suite.path.name, case.name, field, found=repr(id_), allowed=f"the id of {what}" + (f", {near}" if near else ""))


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON schema by which editors complete and check the suites of a kind."""
    Dataset = _pydantic_evals().Dataset  # noqa: N806
    of = KINDS[kind]
    schema: dict[str, Any] = Dataset[of.inputs, of.expected, Metadata].model_json_schema_with_evaluators()
    return {"title": f"partner-advisor suite: {of.about}", **{key: value for key, value in schema.items() if key != "title"}}


def _path(name: str) -> Path:
    if name in shipped():
        return datafiles.root() / FOLDER / f"{name}.yaml"
    path = Path(name)
    if path.suffix.lower() in {".yaml", ".yml"} or path.is_file():
        return path
    raise InputError(f"There is no suite {name!r}.", hint=f"Name a YAML file, or one of: {', '.join(shipped())}.")


def _pydantic_evals() -> Any:
    try:
        import pydantic_evals
    except ImportError:
        raise MissingExtra("advisor eval", "evals") from None
    return pydantic_evals


def _read(path: Path, file: str) -> dict[str, Any]:
    _pydantic_evals()
    import yaml

    text = read_user_text(path)
    try:
        table = yaml.load(text, Loader=_once(yaml))  # noqa: S506  # a SafeLoader that refuses a key given twice
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise DataError(file, where, found=str(getattr(error, "problem", None) or "no YAML"), allowed='YAML: two spaces for each step inwards, texts in "quotes"') from None
    if not isinstance(table, dict):
        raise DataError(file, found=f"a {type(table).__name__}", allowed="`name:` and `cases:`")
    for key in table:
        if key not in _TOP:
            raise DataError(file, "", str(key), found="an unknown key", allowed=", ".join(_TOP))
    table.setdefault("name", path.stem)
    if not isinstance(table["name"], str) or not table["name"].replace("_", "-").replace("-", "").isalnum():
        raise DataError(file, "", "name", found=repr(table["name"]), allowed="letters, digits, - and _")
    if not isinstance(table.get("cases"), list) or not table["cases"]:
        raise DataError(file, "", "cases", found=repr(table.get("cases"))[:80], allowed="a list with at least one case")
    return table


def _once(yaml: Any) -> Any:
    class Once(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Refuses a key that stands twice in one table."""

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            keys = [self.construct_object(key, deep=True) for key, _ in node.value]
            for number, key in enumerate(keys):
                if key in keys[:number]:
                    raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} twice", node.value[number][0].start_mark)
            return super().construct_mapping(node, deep)

    return Once


def _kind(table: Mapping[str, Any], file: str) -> str:
    """The kind that `$schema` names; answers where there is none."""
    schema = str(table.get("$schema", f"{SCHEMA}answers.json"))
    kind = Path(schema).stem
    if kind not in KINDS:
        raise DataError(file, "", "$schema", found=repr(schema), allowed=", ".join(f"{SCHEMA}{name}.json" for name in KINDS))
    return kind


def _dataset(kind: str, table: Mapping[str, Any], file: str) -> Any:
    of = KINDS[kind]
    _names(table["cases"], file)
    try:
        return _pydantic_evals().Dataset[of.inputs, of.expected, Metadata].from_dict(dict(table))
    except ValidationError as error:
        raise _named_error(error, table, file) from None


def _names(cases: Sequence[Any], file: str) -> None:
    """Every case has a name of its own, in kebab-case."""
    from advisor.evaluation.cases import Name

    seen: set[str] = set()
    for number, case in enumerate(cases, 1):
        name = case.get("name") if isinstance(case, dict) else None
        if not isinstance(name, str) or not _fits(Name, name):
            raise DataError(file, f"case {number}", "name", found=repr(name)[:80], allowed="small letters, digits and hyphens, like tiers-too-early-at-3m")
        if name in seen:
            raise DataError(file, name, "name", found="a name that stands twice", allowed="a name of its own for every case")
        seen.add(name)
        for key in ("evaluators",):
            if key in case:
                raise DataError(file, name, key, found="evaluators of a case", allowed="inputs, expected_output, metadata; the scorers are those of the program")


def _fits(type_: Any, value: Any) -> bool:
    from pydantic import TypeAdapter

    try:
        TypeAdapter(type_).validate_python(value)
    except ValidationError:
        return False
    return True


def _named_error(error: ValidationError, table: Mapping[str, Any], file: str) -> DataError:
    """The first thing that is wrong, by the name of its case."""
    first = next((each for each in error.errors() if each["type"] == "extra_forbidden"), error.errors()[0])
    place = [str(part) for part in first["loc"]]
    entry = ""
    if place[:1] == ["cases"] and len(place) > 1 and place[1].isdigit():
        entry, place = str(table["cases"][int(place[1])]["name"]), place[2:]
    field = ".".join(part for part in place if not part.startswith(("tuple[", "function-", "constrained-")))
    if first["type"] == "extra_forbidden":
        return DataError(file, entry, field, found="an unknown key", allowed=_keys(table, place))
    if first["type"] == "missing":
        return DataError(file, entry, field, found="nothing", allowed="a value: it must be given")
    if first["type"] == "tuple_type":
        return DataError(file, entry, field, found=repr(first["input"])[:80], allowed=f"a list, like [{str(first['input'])[:40]}]")
    allowed, given = _allowed(first), first["input"]
    if (of_client := re.fullmatch(r"(client\.([\w-]+).*?): (.*)", allowed, re.DOTALL)) and isinstance(given, Mapping):
        field, allowed, known = f"{field}.{of_client[1]}", of_client[3], given.get("client", {})
        given = known.get(of_client[2], known)
    return DataError(file, entry, field, found=repr(given)[:80], allowed=allowed.removeprefix("Input should be ").removeprefix("allowed are "))


def _allowed(error: Any) -> str:
    """What may stand there, before a long list what is nearest."""
    told = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ").removeprefix("allowed: ")
    near = nearest(str(error["input"]), re.findall(r"'(\w+)'", told)) if error["type"] == "enum" else ""
    return f"{near}; all: {told}" if near else told


def nearest(word: str, known: Collection[str]) -> str:
    """The known names that a word may have meant; empty where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=3, cutoff=0.3)
    return f"like {' or '.join(near)}" if near else ""


def _keys(table: Mapping[str, Any], place: Sequence[str]) -> str:
    """The keys that may stand where an unknown one stood."""
    of = KINDS[_kind(table, "")]
    models = {"inputs": of.inputs, "expected_output": of.expected, "metadata": Metadata}
    if len(place) == 1:
        return "name, inputs, expected_output, metadata"
    model: Any = models.get(place[0])
    for part in (part for part in place[1:-1] if not part.isdigit()):
        model = _inside(model.model_fields[part].annotation) if part in getattr(model, "model_fields", ()) else None
    return ", ".join(getattr(model, "model_fields", ())) or "what docs/how-to/evaluate.md shows"


def _inside(annotation: Any) -> Any:
    """The model in an annotation, however deep."""
    if hasattr(annotation, "model_fields"):
        return annotation
    return next((found for each in getattr(annotation, "__args__", ()) if (found := _inside(each)) is not None), None)


def _groups(cases: Sequence[Case], file: str) -> None:
    """A group has at least two cases, and only cases of a group vary something."""
    groups = [case.metadata.group for case in cases]
    for case in cases:
        if case.metadata.group and groups.count(case.metadata.group) < 2:
            raise DataError(file, case.name, "metadata.group", found=f"{case.metadata.group!r}, which no other case has", allowed="a group of at least two cases")


def _empty(kind: str) -> Any:
    expected = KINDS[kind].expected
    return expected() if isinstance(expected, type) else ()


def _named(case: Case) -> list[tuple[str, str]]:
    """The ids that a case names, each with its field."""
    if case.kind == "retrieval":
        strict = isinstance(case.expected, Found)
        return [("expected_output.first" if strict else "expected_output", id_) for id_ in (case.expected.first or () if strict else case.expected)]
    if case.kind == "figures":
        return [("inputs.cites", case.inputs.cites)]
    if case.kind == "records":
        return [("inputs", case.inputs)]
    if case.kind != "answers":
        return []
    of = case.expected
    corrects = of.corrects.to if of.corrects else ()
    found = [("figures.source", figure.source) for figure in of.figures if figure.source]
    return [*found, *(("conflict", id_) for side in of.conflict for id_ in side), *(("prefers", id_) for id_ in of.prefers), *(("corrects.to", id_) for id_ in corrects)]


def _tasks(case: Case) -> list[tuple[str, str]]:
    """The tasks that a case of plans names, each with its field."""
    if case.kind != "plans":
        return []
    of = case.expected
    return [*((("first", of.first),) if of.first else ()), *(("tasks", id_) for id_ in of.tasks), *(("no_tasks", id_) for id_ in of.no_tasks)]
