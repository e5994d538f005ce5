"""The names we promise."""

from __future__ import annotations

from pathlib import Path

import advisor
from advisor import datafiles

PUBLIC = ["Advisor", "AdvisorError", "Answer", "Assessment", "Client", "Money"]


def test_public_names_are_these_and_all_importable() -> None:
    assert sorted(advisor.__all__) == PUBLIC
    assert dir(advisor) == PUBLIC
    assert [getattr(advisor, name).__name__ for name in PUBLIC] == PUBLIC


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(advisor, "no_such_name")


def test_the_package_is_typed_and_carries_its_data() -> None:
    """In a wheel the data lies inside the package, in an editable install in the checkout."""
    package = Path(advisor.__file__).parent
    assert package.joinpath("py.typed").is_file()
    assert datafiles.root() in {package / "_data", package.parent}
    assert sorted(path.name for path in datafiles.root().joinpath("knowledge").glob("*.toml")) == ["glossary.toml", "sources.toml"]
