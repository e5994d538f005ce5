"""Which rewordings of a sentence stand, and which changes of its meaning do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from advisor.answering.carried import uncarried, unfaithful

STANDS = {
    "Not yet: a tiered programme belongs to €15–50M ARR.": (
        "Not yet: tiers are a €15–50M ARR topic.",
        "A tiered programme is not for you yet; it belongs to companies with €15–50M ARR.",
        "I would hold off on a tiered programme for now, since it belongs to the €15–50M ARR stage.",
    ),
    "Below €5M ARR there is no programme to put tiers on.": (
        "Below €5M ARR you simply have no programme that tiers could build on.",
        "The reason is simple: below €5M ARR there is no programme yet to put tiers on.",
    ),
    "Use informal referrals: 3–5 warm relationships, kept by a founder, each thanked and each asked for one concrete name.": (
        "Rely on informal referrals: a founder keeps 3–5 warm relationships, thanks each of them, and asks each for one concrete name.",
    ),
    "Tag partner deals in the CRM on opening: one field for the partner, one for its role.": (
        "When a partner deal opens, tag it in the CRM with one field for the partner and one for its role.",
        "In the CRM, tag partner deals on opening, using one field for the partner and another for its role.",
    ),
    "Use no partner tool yet: track partners in the CRM you have.": ("You do not need a partner tool yet; track partners in the CRM you have.",),
    "Look at enablement first: silent partners more often lack support than will.": ("First look at enablement, because silent partners more often lack support than will.",),
    "Noch nicht: Ein Stufenprogramm gehört zu 15–50 Mio. € ARR.": ("Ein Stufenprogramm kommt für Sie noch nicht in Frage: Es gehört zu 15–50 Mio. € ARR.",),
    "Machen Sie zuerst den Direktvertrieb mit mehr Abschlüssen planbar.": ("In Ihrem Fall: Machen Sie zuerst den Direktvertrieb mit mehr Abschlüssen planbar.",),
}
SENTENCES = (
    *STANDS,
    "Choose the products your users already run beside yours and build the integration they ask for most.",
    "Recruit before you enable, since partners who cannot sell your product may leave after the first deal.",
    "Partner-sourced deals close faster than direct deals when the partner is involved early.",
    "Name an executive sponsor who clears the road with sales and finance; the daily work stays with the owner.",
    "Now: a first partner hire; not yet: a dedicated partner organisation; to find out: who owns partners.",
    "Sourced revenue is tracked apart from influenced revenue and is never added to it.",
    "Partners can usually begin with pilot accounts once the sales team has agreed to some of them.",
)


def known(word: str) -> bool:
    return word.lower() not in {"gartner", "salesforce", "evil"}


@pytest.mark.parametrize(("said", "text"), [(said, text) for said, texts in STANDS.items() for text in texts])
def test_other_words_for_the_same_stand(said: str, text: str) -> None:
    assert unfaithful(text, said, [], known) == ""


def replaced(pattern: str, table: dict[str, str]) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, lambda found: table[found[0].lower()], text, count=1, flags=re.I)


def of(table: dict[str, str]) -> Callable[[str], str]:
    return replaced(rf"\b(?:{'|'.join(map(re.escape, table))})\b", table)


FALSIFIED: dict[str, Callable[[str], str]] = {
    "a not put in": of({"is": "is not", "are": "are not", "can": "cannot", "belongs": "does not belong", "close": "do not close", "choose": "do not choose", "gehört": "gehört nicht"}),
    "a not left out": lambda text: re.sub(r"\b(?:Not yet: |not yet |no |never |noch nicht: )", "", text, count=1, flags=re.I),
    "before for after": of({"before": "after", "after": "before", "once": "until"}),
    "up for down": of({"faster": "slower", "most": "least", "more": "less"}),
    "may for will": of({"can": "must", "may": "will", "usually": "always", "some": "all"}),
    "first for last": of({"first": "last", "now": "later", "early": "late", "begin": "end"}),
    "another one": of({"partners": "customers", "founder": "intern", "finance": "marketing", "sourced": "influenced", "crm": "ERP", "enablement": "pricing", "owner": "vendor"}),
    "sides swapped": lambda text: re.sub(r"^(Partner-sourced deals) close faster than (direct deals)", r"\2 close faster than \1", text),
    "a plain tail": lambda text: f"{text.rstrip('.')}, and your competitors already do that.",
    "an order": lambda text: f"{text.rstrip('.')}, so dismiss the sales team.",
    "a promise": lambda text: f"{text.rstrip('.')}, with guaranteed success.",
    "a name": lambda text: f"{text.rstrip('.')}, as Gartner confirms.",
    "a cost": lambda text: f"{text.rstrip('.')}, which costs nothing.",
    "a crowd": lambda text: f"Everyone agrees: {text[:1].lower()}{text[1:]}",
    "a half": lambda text: re.sub(r"(?:, (?:when|once|since|and build)[^.]*|; [^.]*)\.$", ".", text),
    "a site": lambda text: f"{text.rstrip('.')} (see evil.example).",
}


@pytest.mark.parametrize("how", FALSIFIED)
def test_what_changes_the_meaning_does_not_stand(how: str) -> None:
    """The whole knowledge of the sentences is given as evidence, so that no word is strange by itself."""
    changed = [(said, text) for said in SENTENCES if (text := FALSIFIED[how](said)) != said]
    passed = [text for said, text in changed if not unfaithful(text, said, SENTENCES, known)]
    assert changed
    assert passed == []


def test_an_addition_is_carried_by_its_own_evidence_alone() -> None:
    evidence = "Fields filled from the beginning are worth more later than any tool, because history cannot be bought. Build one report with won deals by partner."
    assert uncarried("History cannot be bought, so fields filled from the beginning are worth more later.", [evidence], known) == ""
    for wrong in (
        "History can be bought.",
        "Fields filled from the beginning are worth less later than any tool.",
        "Any tool is worth more later than fields filled from the beginning, because history cannot be bought.",
        "Build one report with lost deals by reseller.",
        "Fields filled from the beginning are worth more later, and the CRM vendor pays for it.",
        "Salesforce fields filled from the beginning are worth more later than any tool.",
    ):
        assert uncarried(wrong, [evidence], known), wrong


def test_each_reason_is_a_sentence_that_a_model_can_act_on() -> None:
    reasons = Counter(unfaithful(FALSIFIED[how](said), said, SENTENCES, known) for how in FALSIFIED for said in SENTENCES if FALSIFIED[how](said) != said)
    assert all(reason.startswith(("it ", "its ", "“")) for reason in reasons)
