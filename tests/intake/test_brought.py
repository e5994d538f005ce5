"""What partners bring is no turnover of the client, whatever it is called; what the client turns over stays so beside it."""

from __future__ import annotations

import pytest

from advisor import Advisor, Client

ADVISOR = Advisor()


def turnover(client: Client) -> int | None:
    return int(client.arr.amount) if client.arr else None


@pytest.mark.parametrize(
    ("message", "amount"),
    [
        ("We pay partners 12%, they brought 400k revenue last year, our partner manager costs 85k.", None),
        ("Our partners bring us about 2.1M in revenue.", None),
        ("The partners sold €3M ARR.", None),
        ("Partner brachten uns letztes Jahr rund 1,2 Mio. Umsatz.", None),
        ("Wir zahlen Partnern 12 % Provision, die haben 400.000 Euro Umsatz gebracht.", None),
        ("2.1M ARR came through partners, 9M in total.", 9_000_000),
        ("We do 8M ARR, resellers close 3M ARR of that.", 8_000_000),
        ("1,4 Mio. ARR kommen über Partner, insgesamt liegen wir bei 11 Mio.", 11_000_000),
        ("They generate 8M ARR, sales led.", 8_000_000),
        ("Client makes 5M ARR and sells through resellers.", 5_000_000),
        ("we sell through partners, 12M ARR", 12_000_000),
    ],
)
def test_what_partners_bring_is_not_the_clients_turnover(message: str, amount: int | None) -> None:
    assert turnover(ADVISOR.assess(message).client) == amount


@pytest.mark.parametrize(
    ("message", "quote"),
    [
        ("Wir verkaufen über drei Systemhäuser und machen 2,5 Mio. ARR.", "verkaufen über drei Systemhäuser"),
        ("We sell through three resellers and make 2.5M ARR.", "sell through three resellers"),
    ],
)
def test_a_number_of_resellers_leaves_the_motion_as_it_is(message: str, quote: str) -> None:
    assert ADVISOR.assess(message).client.facts["motion"].quote == quote


@pytest.mark.parametrize("message", ["We want to expand into Italy at EUR 8.8m ARR.", "Wir wollen mit 8,8 Mio. Euro ARR nach Italien expandieren."])
def test_the_size_at_which_somebody_wants_to_expand_is_told(message: str) -> None:
    assert turnover(ADVISOR.assess(message).client) == 8_800_000
