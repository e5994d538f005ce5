"""The first sentence of a message that people send: long, with its numbers, and with words of other subjects in it."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


def first(question: str) -> str:
    return ADVISOR.ask(question).answer.text.split("\n")[0].strip("*")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("which stage are we in? EUR 8m ARR", "The stated ARR of €8M belongs to the stage €5–15M ARR."),
        ("At 300k EUR ARR, should we do anything with agencies yet? Three asked by themselves.", "Yes, informally and one by one"),
        ("The advisory board has decided that we introduce partner tiers. EUR 6.8m ARR. How do we best go about it?", "Freeze what exists"),
        ("Quick one: what's the difference between partner sourced and partner influenced? The CRO has two different numbers (1.9M vs 640k)", "Who opened the deal sets them apart"),
        ("Our partner was bought by a competitor. I need a plan for the next two weeks.", "Secure the open deals"),
        ("Vertrag verlängert sich automatisch per 31.12., der Partner hat nichts gebracht. Wie beendet man die Partnerschaft, ohne dass er uns schlecht redet?", "Sagen Sie es ihm selbst"),
        ("An MSP insists on gold although it closed one deal. Give in?", "No: a level follows from criteria"),
        ("Salesforce says 18% partner influenced, the partner team says 41%, marketing claims the same deals. Need one definition", "One definition for all"),
        ("How would you split the variable for a partner manager, OTE $150k? The CRO wants 100% on sourced bookings.", "No source gives a split"),
        ("We're at $900k ARR, all founder led sales. Two investors keep saying do partners. Is it too early for us or should I start something small now?", "Too early for a programme, not for single referrals: begin with informal referrals."),
        ("Can someone explain sourced vs influenced in plain english, my VP uses all three in the same meeting. We have 11 partners and 70 open opps", "A deal is partner-sourced when"),
        ("Board deck due Thursday. Target was $1.5M partner sourced this year, we'll land at 600k. How do I present this without getting the budget cut?", "One page: sourced revenue"),
        ("Direct rep and a reseller both claim the same 85k account. No written rules. What do we do now and what rule do we put in place?", "Settle the conflict within 48 hours"),
        ("Unser größter Partner wurde gerade von einem Konkurrenten gekauft. Vertrag mit 6 Monaten Kündigungsfrist. Was müssen wir jetzt als erstes tun?", "Sichern Sie jetzt die offenen Deals"),
        ("Partnerships sits with the VP Marketing, 8m USD ARR. Budget for one person, torn between an alliances director at 190k OTE and a hungry partner manager at 110k. Which one?", "Look for somebody who has brought partners"),
        ("Our partner team of 3 reports to marketing, CRO thinks it should be his. $22M ARR. Who should own it?", "To whoever answers for what partners are to bring"),
        ("Ein Partner will Provision für einen Lead, der seit 8 Monaten bei uns im CRM liegt. Zahlen oder nicht?", "Keine Provision für einen Lead, den Sie schon hatten"),
        ("PE-owned, 88M USD ARR after 3 acquisitions, we now have three partner programmes and two PRMs. They want a single one in 5 months. Realistic? What order?", "Let both sets of terms run for now"),
        ("Signed 38 partners in 2 years, 4 of them ever brought a deal. Portal, newsletter, 15% share. Why is nothing coming?", "Diagnose why partners are idle"),
        ("15% recurring for life vs 25% first year only. ACV 12k EUR, churn about 10% a year, margin 80%. Which one would you pick?", "Paying once costs you less"),
        ("Wir haben 30 Systemhäuser unter Vertrag, 25 % Marge. Letztes Jahr kamen 3 Deals, zwei hätten wir eh gewonnen. Woran liegt das?", "Sehen Sie zuerst auf das Enablement"),
        ("€120M ARR, 400 resellers. I want to cut the bottom 200, the regions scream. Is that the right call?", "Self-service for the tail first"),
        ("Missed the partner target by 45% in Q3. The board wants a one pager. What do I say?", "Say it plainly and first"),
        ("PLG, €8M ARR, 60 euro a month. Affiliates, agencies or a marketplace: does any of it make sense?", "The partners to begin with are technology partners"),
        ("Sales-assisted, 20k EUR ACV, €9M ARR. Should we begin with tech partners?", "Technology partners come after referral and consulting partners"),
        ("Should we give MDF to partners who have never closed anything? 7M EUR ARR.", "Not yet: first a plan for this campaign"),
        ("Hired as head of partnerships at a €20M ARR SaaS. A list of 120 partners, most never answered a mail. Clean it up or recruit new ones?", "Neither yet: audit them first"),
        ("Our customers through partners churn half as much, says sales: 4 of 50 against 100 of 800. True or noise?", "Perhaps, and no published figure settles it"),
        ("10% in the first year only, or 4% for life? Contracts of 30k EUR, retention is 90%.", "Paying once costs you less"),
        ("The partner's lawyer demands a 12 month tail and a non-circumvent clause. We're $8M ARR, they're a 2,000 person consultancy. Sign?", "Push back on both in part"),
        ("A partner's rep promised a customer features that we do not have, for the second time. His boss or him first?", "Speak with the person first"),
        ("Mein Chef fragt, warum wir 180k fürs Partnerteam ausgeben und nur 300k Neugeschäft sehen. Was sage ich?", "Zeigen Sie Kosten und Ergebnis auf einer Seite"),
        ("Seit März kommen 60 % der Partnerleads von einer einzigen Agentur. Sorgen machen? 9 Mio. € ARR.", "Das ist normal, und ein Risiko"),
        ("Welche Marge für Reseller, wenn wir Onboarding und Support selbst machen? Einer verlangt 35 %.", "Eher hoch"),
        ("Promote our best seller to run partnerships or hire from outside with channel background?", "From inside, if she sells"),
        ("$30M ARR, 3 partner managers. Does the partner team get its own number or a shared one with sales?", "A goal of its own"),
        ("500k ARR, founder-led. Our advisor says go channel. Too early?", "Too early for a programme, not for single referrals"),
        ("A big partner keeps cancelling our QBR and then wants help at night. 25% of channel revenue. How do I get order into it?", "Make the review shorter and worth coming to"),
        ("Three implementation partners are in a price war on services and one wants to leave. €9M ARR. Step in?", "Stay out of their prices"),
        ("Board call on Friday. Partner pipeline was supposed to be $4M and is 1.5M. How do I tell them without losing my team?", "Say it plainly and first"),
        ("Does influenced pipeline count against the partner lead's target, or only what he sourced? 600k goal, 150k sourced.", "Only what partners sourced counts"),
        ("Engineering or the partnerships team: who owns our 14 integrations? 2 broke last month. £9m ARR.", "Product owns building and repairing"),
        ("What should we put into a pilot contract with an agency, 4 months, 60 clients in our niche?", "A page for the trial alone"),
        ("The new CRO wants to dump our 20 partners and start from scratch with three resellers. 7 of them closed a deal this year. Sensible?", "Not all of them: keep whoever closed"),
        ("Wir zahlen 30k im Jahr für unser PRM, nur 6 von 40 Partnern registrieren darin. Kündigen?", "Nicht wegen der Stillen"),
        ("An agency's account manager wants 300 per deal from us, his boss doesn't know. OK?", "No, not behind the employer's back"),
        ("Our biggest VAR threatens to leave unless we go from 25% to 35% margin. €20M ARR. Accept?", "It can be right: the 25–35 % you name lies inside"),
        ("Zwei Händler möchten uns verkaufen und verlangen 30 % Marge. 3 Mio. € ARR. Üblich?", "Noch nicht: In Ihrer Größe steht hinter einem Reseller kein Programm"),
        ("Took over a programme that nobody ran for 8 months. 72 signed partners, ARR £16.5m. I've got a 90-day plan due on Monday. What goes into the first 30 days and what do I leave out?", "Run the 90-day programme"),
        ("I keep reading that partner-sourced deals close 46% faster and win more often. Is that actually true or is it just something vendors put on slides?", "The sources differ, and which one is yours hangs on a fact still open; this one goes first: ELG"),
        ("I want to cut about 40 partners that haven't done anything in 18 months. How do I do that politely?", "Tell the partner yourself"),
        ("Started Monday as the first partner manager at a 60-person fintech SaaS. 7 partner contracts in a drawer, no targets yet. Can you help me lay out the next 8 weeks?", "Bring the partners who are there to a deal"),
        ("Which 3 partner KPIs would you put on a board slide", "One page: sourced revenue"),
        ("Inherited a list of 83 signed partners at a payroll SaaS, 5m EUR ARR, mostly accountants. 60 of them never registered a single lead, the person who signed them left and was paid per signature. The new partner manager wants to send everyone a newsletter. Whom do we try to wake up, whom do we drop, and how do we tell them?", "Neither yet: audit them first"),
        ("we raised our referral fee from 10 to 20% and our 9 agencies still send nobody, why? 6M EUR ARR", "Because the rate was hardly what held them back"),
        ("CEO wants 50% of new business through partners by end of 2027. today it's 8%, we're 15M EUR. Is that doable?", "No, not on this evidence"),
        ("our MSP in Ohio shares one tenant licence over 13 of his customers, found out by telemetry, he is our no 4 by MRR and the contract has an audit clause. how hard do i go in", "Talk first and name the audit as the next step"),
        ("Reseller verkauft unser Produkt 40 % über unserer öffentlichen Preisliste, der Kunde hat es gemerkt und beschwert sich bei uns. Was antworten wir dem Kunden?", "Schreiben Sie nichts vor"),
        ("I have to cut 120k out of a partner budget of 540k: 3 partner managers at 330k all in, PRM 28k, mapping tool 22k, MDF 90k, events 70k. Where do you cut?", "Cut from the far end"),
        ("We're at 2M EUR ARR with 6 partners and one budget line for a person: partner manager or a technical enablement person? All of them complain about slow presales answers.", "Neither yet"),
        ("We are at 3M EUR ARR, two agencies refer customers now and then. The CRO just put a partner revenue target of 400k in next year's budget. How do I set this target properly?", "Put no revenue from partners into the plan yet"),
        ("3 Mio. € ARR, kein Partnerprogramm. Ein Distributor will uns für die Schweiz aufnehmen, 30 Tage Zahlungsziel und 8 % Marge, und am Freitag unterschreiben. Sinnvoll?", "Noch nicht: Reseller und wer über ihnen steht"),
        ("We have four agencies and the oldest feels unloved. To calm things down we'll make it Gold and the other three Silver. 3.1M EUR ARR. How do I tell the three, by call or by letter?", "Not yet: a tiered programme"),
        ("Our reseller registered the deal five weeks ago and we confirmed it, now our AE claims he knows the CFO better. €28M ARR. Who gets the account?", "A valid, approved registration inside its 90 days decides"),
        ("Der Händler hat den Account vor einem Monat registriert, die Freigabe ist erfolgt, unser Vertrieb hat aber den besseren Draht. Wer bekommt den Kunden? 30 Mio. € ARR", "Eine gültige, bestätigte Registrierung"),
        ("80 Mio. € ARR, 50 Partner, 7 Leute im Partnerteam, Programm läuft seit 2 Jahren. 11 % des Umsatzes sind sourced. Ist das zu wenig?", "Ja, das ist weniger als üblich"),
        ("CRO wants to throw out all partners with less than 20k a year. 31M EUR ARR, 26 partners, two of them advise buyers in tenders. Should we?", "Keep whoever brings revenue, moves deals"),
        ("What comes first, a webinar with our integration partner or a few joint deals? The integration isn't live. 9M EUR ARR, PLG", "Not before a deal"),
        ("Our agencies get a flat 1,500 EUR per signed referral and spend about 8 hours on it, they bill 190 EUR/h elsewhere. 14M EUR ARR, deals of 28k. Any surprise they stay quiet?", "At a loss"),
        ("Client is at 3.4M EUR ARR. The CEO wants to set up a partner portal because two integrators asked for one. What do I tell him?", "Not yet: a light PRM"),
        ("2 Mio. € ARR, Gründer macht alles selbst. Informelle Empfehlungen, sinnvoll?", "Ja"),
        ("A consultant asks if his commission still counts when the customer he introduced expands next year. 12M EUR ARR. What do we tell him?", "Not as a matter of course"),
        ("Ein Systemhaus aus Kassel möchte unsere Software auf eigene Rechnung weiterverkaufen. Bei 3,8 Mio. € ARR verkaufen wir bisher alles selbst. Fange ich mit 25 oder mit 30 Prozent an?", "Noch nicht"),
    ],
)
def test_it_answers_what_the_message_is_about(question: str, begins: str) -> None:
    assert first(question).startswith(begins)


def test_three_terms_of_one_question_are_all_explained() -> None:
    text = ADVISOR.ask("pls explain nearbound vs co-selling vs ecosystem-led like I'm a CFO").answer.text
    assert [word for word in ("Nearbound uses", "In co-selling", "ELG lays") if word not in text] == []


def test_a_rate_above_the_whole_is_no_goal() -> None:
    assert "118 %" not in ADVISOR.ask("Wir stehen bei 400k ARR, NRR 118 %. Wäre ein Partner jetzt sinnvoll?").answer.text


def test_what_is_to_be_left_alone_needs_no_answer_of_its_own() -> None:
    text = ADVISOR.ask("1.3m EUR ARR, founder-led sales, 4 partners signed. What stage are they at, what should they do now and what should they leave alone for the moment?").answer.text
    assert "do not answer this" not in text
    assert "**Not yet**" in text


def test_a_distributor_who_is_not_there_yet_is_refused_below_the_first_programme_stage() -> None:
    reply = ADVISOR.ask("A distributor in the UAE wants 3 years exclusivity for the gulf, they'd commit to 150k in year one, we're at 4m EUR ARR. The founder wants to sign this week. Should he?")
    assert reply.answer.text.startswith("**Not this week")
    assert "resellers" in reply.answer.advised_against


def test_a_question_that_points_at_what_was_told_asks_about_it() -> None:
    assert ADVISOR.ask("A reseller wants an exclusive territory for Bavaria. Should we agree to it?").answer.text.startswith("**No source says whether or for how long")


def test_a_short_text_that_is_asked_for_gets_the_points_that_belong_in_it() -> None:
    text = ADVISOR.ask("Can you rewrite this: we're moving you from Gold to Registered and your margin drops from 1 July.").answer.text
    assert text.startswith("**Apply the rule that everybody knew")
    assert "For the text itself: first what holds" in text


def test_a_day_of_the_week_has_published_nothing() -> None:
    answer = ADVISOR.ask("Read that partner deals close 46% faster. True? I need it for a board paper by Friday.").answer.text
    assert "Friday" not in answer


def test_kinds_of_partners_to_add_later_are_no_step_for_now() -> None:
    answer = ADVISOR.ask("Do affiliates make sense for us? PLG, 9M EUR ARR.").answer
    assert answer.text.startswith("**Referral partners come after integrations")
    assert "egin with referral partners" not in answer.text
    assert "Now: referral partners" not in answer.text


def test_a_tendency_that_is_asked_to_be_true_is_not_denied_for_want_of_a_figure() -> None:
    assert first("Is it true that partners bring bigger deals? Ours are 31k with them and 28k without. $18M ARR.").startswith("Deals with partner involvement are reported")
