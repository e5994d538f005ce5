"""What a pack may not do, one edit each: the fault names pack, file, entry and field, and says what is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor import datafiles, library, rules
from advisor.answering import packed
from advisor.errors import DataError
from advisor.extensions import Pack, read_pack

SURVEY, RULES, NEW, WORDS = "knowledge/benchmarks/survey.toml", "knowledge/rules/tiers.toml", "knowledge/rules/acme_regulated.toml", "knowledge/phrases/en/rules.toml"
DECLARED = 'id = "tiers.15-50M"'
LOWER = """
[[row]]
id = "5-15M"
when = { stage = "5-15M" }
source = "doc-acme-survey:tiers"
verdict = [{ move = "tiered_programme", verdict = "allow" }]
"""


def faults(*folders: Path) -> list[DataError]:
    """Everything wrong with packs, as `advisor check` finds it."""
    try:
        packs: tuple[Pack, ...] = tuple(read_pack(folder) for folder in folders)
    except DataError as error:
        return [error]
    found = [*library.problems(packs=packs), *rules.problems(packs=packs)]
    return found or packed.faults(library.load(packs=packs), rules.load(packs=packs))


def changed(pack: Path, *edits: tuple[str, str, str]) -> list[DataError]:
    """The faults of the pack after edits; a file that is not there is made."""
    for file, old, new in edits:
        path = pack / file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    return faults(pack)


def test_the_sample_is_sound(pack: Path) -> None:
    assert faults(pack) == []


@pytest.mark.parametrize(
    ("edits", "where", "found"),
    [
        pytest.param([("pack.toml", DECLARED, 'id = "tiers.5-15M"'), (RULES, "15-50M", "5-15M"), (RULES, "15-50M", "5-15M")],
                     "rules/tiers.toml › 5-15M › verdict", "nothing that forbids tiered_programme for stage = 5-15M, where tiers.5-15M forbids it", id="allowing"),
        pytest.param([(RULES, "", LOWER)], "rules/tiers.toml › 5-15M › id", "the id of a row of ours", id="not declared"),
        pytest.param([(RULES, "", LOWER.replace('"5-15M"', '"cautious"', 1))], "rules/tiers.toml › cautious", "a dead row", id="beside ours"),
        pytest.param([(RULES, 'stage = "15-50M"', 'stage = ["5-15M", "15-50M"]')], "rules/tiers.toml", "a clash", id="wider than ours"),
        pytest.param([("pack.toml", DECLARED, 'id = "tiers.5-15M"'), (RULES, "15-50M", "5-15M"), (RULES, "15-50M", "5-15M"), (RULES, '"warn"', '"forbid", provisional = true')],
                     "rules/tiers.toml › 5-15M › verdict", "nothing that forbids", id="provisional"),
        pytest.param([("pack.toml", DECLARED, 'id = "tiers.5-15M"'), (RULES, 'id = "15-50M"', 'id = "5-15M"'), (RULES, 'stage = "15-50M"', 'stage = "5-15M", region = "EU"'),
                      (RULES, '"warn"', '"forbid"'), (RULES, 'id = "tiers"', 'id = "tiers"\n[inputs]\nregion = ["EU", "US"]'), (RULES, "", LOWER.replace('"5-15M"', '"us"', 1).replace('"5-15M" }', '"5-15M", region = ["US", "unknown"] }'))],
                     "rules/tiers.toml › us › verdict", "region = US", id="by a further input"),
        pytest.param([("knowledge/rules/stage.toml", "", 'id = "stage"\n[[row]]\nid = "5-15M"\nwhen = { arr_eur = "[1e6, 15e6)" }\nthen = { stage = "15-50M" }\nsource = "doc-acme-survey:x"\n')],
                     "rules/stage.toml › id", "'stage'", id="moving the stages"),
        pytest.param([("knowledge/rules/currency.toml", "", 'id = "currency"\n')], "rules/currency.toml › id", "'currency'", id="moving exchange rates"),
        pytest.param([(RULES, 'id = "tiers"', 'id = "tiers"\nscope = ["consultancy"]')], "rules/tiers.toml › scope", "an unknown key", id="another scope"),
        pytest.param([(RULES, 'id = "tiers"', 'id = "tiers"\n[inputs]\nstage = ["15-50M"]')], "rules/tiers.toml › inputs.stage", "['15-50M']", id="fewer stages"),
        pytest.param([(NEW, '"doc-acme-survey:regulated"\nverdict', '"doc-000:tools"\nverdict')], "rules/acme_regulated.toml › residency › source", "'doc-000:tools'", id="a rule in our name"),
        pytest.param([(WORDS, "Your call, with care: a tiered programme", "Not yet")], "", "", id="sound words"),
        pytest.param([(WORDS, "Not yet: account mapping at scale needs the consent of customers who require data to stay in the EU.", "Start account mapping at scale across all partners now.")],
                     "rules/acme_regulated.toml › residency", "advises account_mapping_at_scale", id="a forbid that advises"),
        pytest.param([(WORDS, "", '\n[rules.tiers.5-15M]\nsays = "Tiers fit at any size."\n')], "phrases/en/rules.toml › rules.tiers.5-15M.says", "stands in knowledge/phrases/en/rules.toml too", id="our sentence"),
        pytest.param([(WORDS, "", '\n[answers.limits]\nown = "Anything goes."\n')], "phrases/en/rules.toml › answers.limits.own", "a sentence that a pack may not say", id="sentences of answers"),
        pytest.param([(WORDS, "{fig:acme-tiers-taken-back} took", "48 % took")], "phrases/en/rules.toml › rules.tiers.15-50M.says", "the bare number", id="a bare number in a sentence"),
        pytest.param([(RULES, '"warn"', '"warn", because = "rules.stage.tools.because"')], "rules/tiers.toml › 15-50M", "says what our sources say", id="our reason in its name"),
        pytest.param([("knowledge/intake/stance.toml", "", "x = 1\n")], "knowledge/intake/stance.toml", "a file that a knowledge pack may not hold", id="words that messages are read by"),
        pytest.param([("knowledge/answers/moves.toml", "", "x = 1\n")], "knowledge/answers/moves.toml", "a file that a knowledge pack may not hold", id="how answers are composed"),
        pytest.param([("pack.toml", 'id = "win-rate-uplift-average"', 'id = "win-rate-uplift-1-5-partners"')], "survey.toml › win-rate-uplift-average › id", "an id that the knowledge holds already", id="a figure not declared"),
        pytest.param([(SURVEY, 'as_of = "2026"', 'as_of = "2023-05"')], "survey.toml › win-rate-uplift-average › as_of", "'2023-05'", id="an older figure"),
        pytest.param([(SURVEY, 'unit = "percent_unspecified"', 'unit = "percent"')], "survey.toml › win-rate-uplift-average › unit", "percent", id="another unit"),
        pytest.param([(SURVEY, 'condition = { mapped_partners = "[6, 50)" }', "condition = {}")], "survey.toml › win-rate-uplift-average › condition", "{}", id="for everybody"),
        pytest.param([(SURVEY, 'evidence_class = "vendor_survey"', 'evidence_class = "illustration"')], "survey.toml › win-rate-uplift-average › evidence_class", "illustration", id="weaker evidence"),
        pytest.param([(SURVEY, 'source = "doc-acme-survey"', 'source = "crossbeam-partner-impact-2024"')], "survey.toml › win-rate-uplift-average › source", "'crossbeam-partner-impact-2024'", id="a figure in another's name"),
        pytest.param([(SURVEY, 'id = "acme-tiers-taken-back"', 'id = "partners-5-15m"')], "survey.toml › partners-5-15m › id", "an id that the knowledge holds already", id="a figure of ours"),
        pytest.param([("knowledge/skill/acme-lighthouse-reviews.md", "one closed deal", "3 closed deals")], "skill/acme-lighthouse-reviews.md", "the bare number '3'", id="a bare number in a passage"),
        pytest.param([("knowledge/skill/acme-lighthouse-reviews.md", 'source_doc = "acme-survey"', 'source_doc = "000"')], "skill/acme-lighthouse-reviews.md", "'doc-000'", id="a passage in our name"),
        pytest.param([("knowledge/sources.toml", 'kind = "report"', 'kind = "house"')], "sources.toml › doc-acme-survey › kind", "'house'", id="our house"),
        pytest.param([("knowledge/sources.toml", 'id = "doc-acme-survey"', 'id = "doc-000"')], "sources.toml › doc-000 › id", "an id that the knowledge holds already", id="our document"),
        pytest.param([("knowledge/translations/de/survey.toml", "records.acme-tiers-taken-back", "records.close-likelihood")], "de/survey.toml › close-likelihood", "a translation of what is not the pack's", id="our words in German"),
        pytest.param([("pack.toml", DECLARED, 'id = "tiers.9-15M"')], "rules/tiers.toml › 15-50M › id", "the id of a row of ours", id="a row that is not there"),
        pytest.param([("pack.toml", 'name = "acme"', 'name = "acme"\nlicence = "MIT"')], "pack.toml › licence", "an unknown key", id="an unknown key"),
        pytest.param([("pack.toml", "on = 2026-11-01", 'on = "soon"')], "pack.toml › supersedes.0.on", "'soon'", id="no date"),
        pytest.param([("pack.toml", "as_of = 2026-11-01\n", "")], "pack.toml › as_of", "nothing", id="no day"),
        pytest.param([(NEW, "rank = 60", 'rank = "high"')], "rules/acme_regulated.toml › rank", "'high'", id="a rank that is no number"),
        pytest.param([(NEW, "[inputs]\ncompliance", "inputs = 5\n[other]\ncompliance")], "rules/acme_regulated.toml", "5", id="inputs that are no table"),
        pytest.param([(NEW, 'when = { compliance = "eu-residency" }', 'when = "always"')], "rules/acme_regulated.toml › row.0.when", "'always'", id="a test that is no table"),
        pytest.param([(NEW, 'when = { compliance = "eu-residency" }', "when = { compliance = { a = 1 } }")], "rules/acme_regulated.toml › row.0.when.compliance", "{'a': 1}", id="a test of another shape"),
        pytest.param([(NEW, "verdict = [", "then = { start_with = ['friends'] }\nverdict = [")], "rules/acme_regulated.toml › row.0.then.start_with", "'friends'", id="a partner type that is none"),
        pytest.param([(NEW, '"forbid"', '"never"')], "rules/acme_regulated.toml › row.0.verdict.0.verdict", "'never'", id="a verdict that is none"),
        pytest.param([(NEW, 'id = "acme_regulated"', 'id = "acme.regulated"')], "rules/acme_regulated.toml › id", "'acme.regulated'", id="a table with a dot"),
        pytest.param([(NEW, "[[row]]", "[row]"), (NEW, "[[row]]", "[second]")], "rules/acme_regulated.toml", "", id="one row that is no list"),
        pytest.param([(NEW, "id =", "id ==")], "rules/acme_regulated.toml", "Invalid value", id="no TOML"),
        pytest.param([("pack.toml", "[[supersedes]]", "[supersedes]")], "pack.toml", "", id="a manifest that is no TOML"),
        pytest.param([("pack.toml", 'kind = "benchmark"', 'kind = "source"')], "pack.toml › supersedes.0.kind", "'source'", id="a source superseded"),
        pytest.param([("knowledge/sources.toml", "[[source]]", "[source]")], "knowledge/sources.toml › source", "one table", id="one source"),
        pytest.param([("knowledge/phrases/en/rules.toml", 'says = "Where', 'says = 5 # "Where')], "phrases/en/rules.toml › rules.acme_regulated.residency.says", "found 5", id="a sentence that is a number"),
        pytest.param([(NEW, '"eu-residency"', '"eu residency"')], "rules/acme_regulated.toml › residency › when.compliance", "'eu-residency'", id="a test of no value"),
    ],
)  # fmt: skip
def test_a_pack_that_goes_too_far_is_refused_down_to_the_field(pack: Path, edits: list[tuple[str, str, str]], where: str, found: str) -> None:
    errors = changed(pack, *edits)
    if not where:
        assert errors == []
        return
    named = [(str(error), error.allowed) for error in errors]
    assert any(text.startswith("pack acme: ") and where in text and found in text and allowed for text, allowed in named), named


def test_a_figure_that_our_rules_show_stays_theirs(pack: Path) -> None:
    """The sentence of a rule is said on the rule's source; another source's figure in it would be put into its mouth."""
    record = datafiles.root() / "knowledge/benchmarks/stages.toml"
    text = next(part for part in record.read_text(encoding="utf-8").split("[[benchmark]]") if 'id = "partners-5-15m"' in part)
    text = text.replace('source_doc = "000"', 'source_doc = "acme-survey"').replace('source = "doc-000"', 'source = "doc-acme-survey"')
    errors = changed(pack, (SURVEY, "", f"\n[[benchmark]]{text}"), ("pack.toml", 'id = "win-rate-uplift-average"', 'id = "partners-5-15m"'), (SURVEY, 'id = "win-rate-uplift-average"', 'id = "acme-uplift"'))
    assert any("a figure that the rule sentence rules.stage.5-15M.says shows" in str(error) for error in errors), [str(error) for error in errors]


def test_two_packs_may_not_take_the_same_place(pack: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(pack, tmp_path / "other"))
    manifest = other / "pack.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"acme"', '"other"'), encoding="utf-8")
    told = [str(error) for error in faults(pack, other)]
    assert any("pack other: knowledge/rules/tiers.toml › 15-50M: found a row of pack acme" in text for text in told)
    assert any("pack other: knowledge/benchmarks/survey.toml › win-rate-uplift-average › id: found an id of pack acme" in text for text in told)


def test_the_name_of_the_entry_point_is_the_name_of_the_pack(pack: Path) -> None:
    with pytest.raises(DataError, match="the name of its entry point, 'other'"):
        read_pack(pack, "other")


def test_a_folder_without_a_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"pack\.toml: found no such file"):
        read_pack(tmp_path)


def test_a_row_that_keeps_what_is_forbidden_may_take_our_place(pack: Path) -> None:
    edits = [("pack.toml", DECLARED, 'id = "tiers.5-15M"'), (RULES, "15-50M", "5-15M"), (RULES, "15-50M", "5-15M"), (RULES, '"warn"', '"forbid"'), (WORDS, "rules.tiers.15-50M", "rules.tiers.5-15M"),
             (WORDS, "Your call, with care", "Not yet"), ("knowledge/phrases/de/rules.toml", "rules.tiers.15-50M", "rules.tiers.5-15M")]  # fmt: skip
    assert [str(error) for error in changed(pack, *edits)] == []


def test_a_range_that_forbids_is_not_cut(pack: Path) -> None:
    """A share known only as "some 10 to 40 percent" finds no row of its own when the range is cut, and would fall to the row for the unknown."""
    row = '[[row]]\nid = "{}"\nwhen = {{ stage = ["50-150M", ">150M"], active_share = "{}" }}\nsource = "doc-acme-survey:x"\nverdict = [{{ move = "mass_recruiting", verdict = "forbid" }}]\n'
    cut = f'id = "mass_recruiting"\n{row.format("idle", "<20")}{row.format("idle-b", "[20, 50)")}'
    errors = changed(pack, ("knowledge/rules/mass_recruiting.toml", "", cut), ("pack.toml", "", '\n[[supersedes]]\nkind = "rule"\nid = "mass_recruiting.idle"\non = 2026-11-01\nbecause = "Finer."\n'))
    told = [str(error) for error in errors]
    assert any("idle-b › when.active_share: found a part of the range of mass_recruiting.idle, which forbids mass_recruiting" in text for text in told), told
