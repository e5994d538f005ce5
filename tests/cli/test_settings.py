"""Where settings come from, and who wins."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from advisor.cli.main import run
from advisor.domain import Client
from advisor.errors import AdvisorError, InputError
from advisor.settings import Settings, load_settings, merged
from advisor.wiring import build_advisor


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's settings folder."""
    folder = tmp_path / "settings"
    folder.mkdir()
    monkeypatch.setattr("advisor.settings.settings_folder", lambda: folder)
    return folder


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def test_without_anything_the_defaults_hold(own_folder: Path) -> None:
    settings = load_settings(environment={})
    assert settings.home.is_absolute()
    assert settings == Settings(
        home=settings.home, packs="all", origins=dict.fromkeys(("home", "offline", "colour", "brief", "language", "packs", "retriever"), "the default"),
    )  # fmt: skip


def test_options_win_over_environment_and_that_over_files(own_folder: Path, here: Path) -> None:
    own, local = own_folder / "advisor.toml", here / "advisor.toml"
    own.write_text('home = "/own"\noffline = true\n[display]\nbrief = true\ncolour = "always"\n', encoding="utf-8")
    local.write_text('[display]\nbrief = false\ncolour = "never"\n', encoding="utf-8")
    settings = load_settings(environment={"ADVISOR_COLOUR": "auto", "ADVISOR_HOME": "/environment"}, working_folder=here, options={"brief": True})
    assert settings == Settings(
        home=Path("/environment"),
        offline=True,
        colour="auto",
        brief=True,
        packs="all",
        origins={
            "home": "ADVISOR_HOME in the environment",
            "offline": str(own),
            "colour": "ADVISOR_COLOUR in the environment",
            "brief": "an option",
            "language": "the default",
            "packs": "the default",
            "retriever": "the default",
        },
        files=(own, local),
    )


def test_client_facts_of_the_working_folder_lie_on_top_of_the_users_own(own_folder: Path, here: Path) -> None:
    own_folder.joinpath("advisor.toml").write_text('[client]\nregion = "EU"\nmotion = "plg"\n[fx]\nusd = 0.92\n', encoding="utf-8")
    here.joinpath("advisor.toml").write_text('[client]\nmotion = "mid_touch"\narr = "8M EUR"\n', encoding="utf-8")
    settings = load_settings(environment={}, working_folder=here)
    client = settings.client.model_copy(update={"facts": {}})
    assert client == Client(region="EU", motion="mid_touch", arr="8M EUR")
    assert {name: (fact.origin, fact.quote) for name, fact in settings.client.facts.items()} == {
        "region": ("file", "region = EU"),
        "motion": ("file", "motion = mid_touch"),
        "arr": ("file", "arr = 8M EUR"),
    }
    assert settings.fx == {"USD": Decimal("0.92")}


@pytest.mark.parametrize("line", ['home = "/elsewhere"', "offline = true", 'model = "openai:x"', 'base_url = "http://x"', 'api_key = "x"'])
def test_a_working_folder_may_not_move_data_or_name_services(own_folder: Path, here: Path, line: str) -> None:
    here.joinpath("advisor.toml").write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match="may not stand here") as refused:
        load_settings(environment={}, working_folder=here)
    assert refused.value.hint == f"Allowed: client, display, fx. Other settings belong into {own_folder / 'advisor.toml'}."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[display]\ncolour = 'pink'", "colour is 'pink'"),
        ("[display]\nwidth = 3", "width is not a setting"),
        ("display = 3", "display is 3"),
        ("[display]\nspelling = 'welsh'", "spelling is 'welsh'"),
        ("[display]\nprepared_by = ''", "prepared_by is ''"),
        ("[client]\nshoe_size = 3", "shoe_size"),
        ("[client]\narr = 'lots'", "'lots' is not an amount of money"),
        ("client = 3", "Write a table of facts"),
        ("[fx]\nUSD = -1", "USD=-1 is not a rate"),
        ("[fx]\nUSDX = 1", "USDX=1 is not a rate"),
        ("offline = 'perhaps'", "offline is 'perhaps'"),
        ("home = 3", "home is 3"),
        ("= 3", "line 1"),
        ("a = 1\na = 2", "advisor.toml"),
    ],
)
def test_a_bad_settings_file_says_where_and_what(own_folder: Path, text: str, message: str) -> None:
    own_folder.joinpath("advisor.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AdvisorError) as refused:
        load_settings(environment={})
    assert message in str(refused.value)
    assert "advisor.toml" in str(refused.value) or "rate" in message


def test_a_bad_variable_is_named() -> None:
    with pytest.raises(InputError) as refused:
        load_settings(environment={"ADVISOR_OFFLINE": "maybe"})
    assert str(refused.value) == "ADVISOR_OFFLINE is 'maybe'. Allowed: yes or no."


def test_no_color_turns_colour_off(own_folder: Path) -> None:
    settings = load_settings(environment={"NO_COLOR": "1"})
    assert (settings.colour, settings.origins["colour"]) == ("never", "NO_COLOR in the environment")


def test_merging_clients_keeps_what_the_top_does_not_say() -> None:
    assert merged(Client(region="EU", crm="HubSpot"), Client(crm="Salesforce")) == Client(region="EU", crm="Salesforce")


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("", encoding="utf-8")
    with pytest.raises(AdvisorError, match="is not a folder"):
        build_advisor(Settings(home=home))


def test_config_shows_each_value_and_who_said_it(own_folder: Path, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    local = here / "advisor.toml"
    local.write_text('[client]\narr = "8M EUR"\nproblems = ["distribution", "credibility"]\n[display]\nbrief = true\n', encoding="utf-8")
    monkeypatch.chdir(here)
    monkeypatch.setenv("ADVISOR_HOME", "/data")
    monkeypatch.setattr("advisor.cli.config.settings_folder", lambda: own_folder)
    assert run(["config"]) == 0
    assert capsys.readouterr().out == (
        "| Setting | Value | From |\n"
        "| --- | --- | --- |\n"
        "| home | /data | ADVISOR_HOME in the environment |\n"
        "| offline | no | the default |\n"
        "| colour | auto | the default |\n"
        f"| brief | yes | {local} |\n"
        "| packs | all | the default |\n"
        f"| client.arr | 8,000,000 EUR | {local} |\n"
        f"| client.problems | distribution, credibility | {local} |\n"
        "\n"
        f"Your settings file: {own_folder / 'advisor.toml'}\n"
    )


@pytest.mark.parametrize(("told", "packs"), [("all", "all"), ("none", ()), ("b, a,b", ("a", "b")), ("acme", ("acme",))])
def test_knowledge_packs_are_all_none_or_names(own_folder: Path, told: str, packs: object) -> None:
    assert load_settings(environment={"ADVISOR_PACKS": told}).packs == packs
    listed = ", ".join(f'"{name.strip()}"' for name in told.split(","))
    own_folder.joinpath("advisor.toml").write_text(f"packs = [{listed}]\n", encoding="utf-8")
    assert load_settings(environment={}).packs == packs


@pytest.mark.parametrize("line", ["packs = 5", "packs = [5]", "retriever = true"])
def test_what_names_no_extension_is_refused(own_folder: Path, line: str) -> None:
    own_folder.joinpath("advisor.toml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"Allowed: .*installed"):
        load_settings(environment={})


@pytest.mark.parametrize("line", ['packs = "all"', 'retriever = "acme"'])
def test_a_working_folder_chooses_no_extensions(own_folder: Path, here: Path, line: str) -> None:
    """A folder from somebody else must not decide what is known, nor which code searches."""
    here.joinpath("advisor.toml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="may not stand here"):
        load_settings(environment={}, working_folder=here)


@pytest.mark.parametrize(("name", "value", "read"), [("timeout", "600", 600), ("window", "4096", 4096)])
def test_what_a_slow_or_small_model_takes_is_a_setting_of_its_own(own_folder: Path, here: Path, name: str, value: str, read: int) -> None:
    assert getattr(load_settings(environment={f"ADVISOR_{name.upper()}": value}), name) == read
    (own_folder / "advisor.toml").write_text(f"{name} = {value}\n", encoding="utf-8")
    assert getattr(load_settings(environment={}), name) == read
    (here / "advisor.toml").write_text(f"{name} = {value}\n", encoding="utf-8")
    with pytest.raises(InputError, match="may not stand here"):
        load_settings(environment={}, working_folder=here)


@pytest.mark.parametrize(("name", "value"), [("timeout", "0"), ("timeout", "soon"), ("timeout", "1.5"), ("window", "100"), ("window", "9999999999"), ("window", "-4096")])
def test_a_limit_of_a_model_out_of_range_is_refused_with_what_is_allowed(own_folder: Path, name: str, value: str) -> None:
    with pytest.raises(InputError, match="is '") as refused:
        load_settings(environment={f"ADVISOR_{name.upper()}": value})
    assert "to" in str(refused.value.hint)


@pytest.mark.parametrize("line", ['home = "elsewhere"', 'model = "openai:x"', 'base_url = "http://x"', "offline = false", 'packs = "all"', 'logo = "secret.png"'])
def test_a_table_of_display_moves_no_data_and_names_no_service(own_folder: Path, here: Path, line: str) -> None:
    (here / "advisor.toml").write_text(f"[display]\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_settings(environment={}, working_folder=here)
    assert "may not stand here" in str(refused.value)


def test_name_logo_and_spelling_of_documents_are_settings(own_folder: Path, here: Path) -> None:
    (own_folder / "advisor.toml").write_text('logo = "/own/logo.png"\n[display]\nprepared_by = "Northgate"\n', encoding="utf-8")
    settings = load_settings(environment={"ADVISOR_SPELLING": "american"}, working_folder=here)
    assert (settings.prepared_by, settings.logo, settings.spelling) == ("Northgate", Path("/own/logo.png"), "american")
