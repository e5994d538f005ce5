"""Words reduced to what they mean here: stems, a few synonyms of the field, and words that say up or down.

The sets are small on purpose. A synonym makes two claims equal, so only words that a careful reader would swap without
changing the claim belong here; `sourced` and `influenced`, `signed` and `active` never do.
"""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9']*(?:\.(?:io|com)\b)?")



def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words("""
a an the this that these those it its they them their theirs he she his her him we us our ours i me my you your yours
and or but nor so yet if then than as at by for from in into of off on onto out over per to up upon via with within without
is are was were be been being am do does did done doing has have had having can could may might must shall should will would
not no never there here where when while who whom whose which what why how also just only even still very too again both each
every all any some such same other another own more most less least much many few about around roughly approximately nearly
almost between against versus vs compared under above below after before during until since through because
stage need needs require requires required take takes taken carry carries get gets got keep keeps kept make makes come comes go goes give gives given call calls mean means stand stands reach reaches see sees show shows find finds expect assume promise quote run runs listed lists source sources usual usually typical typically common commonly yes ones s t re ll ve d etc e g say says said according
hit hits deliver delivers delivered dead dying factor yr mo hr qtr percent percentage points point pct pp already now today currently meanwhile soon often
""") | _words("""
der die das den dem des ein eine einen einem einer eines und oder aber noch so wenn dann als an bei für aus von vom in im ins zu zum zur auf mit ohne über unter
nach vor seit bis durch um gegen zwischen während gesagt sehe soweit passt ist sind war waren wird werden wurde wurden hat haben hatte kann können könnte muss müssen soll sollen sollte darf dürfen
nicht kein keine keinen keinem keiner nie hier da dort wo wer wen wem wessen welche welcher welches welchen was warum wie auch nur schon sehr wieder beide beides jede jeder jedes jeden alle
aller allem einige manche solche andere anderen anderer anderes eigene eigenen eigener mehr meist meiste wenig wenige viele viel rund etwa ungefähr fast nahezu sich sie er es ihr ihre ihren ihrem ihrer
ihres ihnen wir uns unser unsere unseren ich mir mein sein seine seinen seinem seiner dies diese dieser dieses diesen diesem jene dass ob denn weil damit deshalb also nämlich sowie davon daran dafür darin
braucht brauchen benötigt benötigen erfordert erfordern nimmt nehmen kommt kommen geht gehen gibt geben heißt steht stehen sieht sehen zeigt zeigen findet finden laut gelistet nennt nennen genannt sagt sagen üblich üblichen typisch meistens gewöhnlich ja stufe
stirbt sterben faktor binnen innerhalb einplanen einzuplanen eingeplant genügt genügen reicht reichen lohnt lohnen gehört gehören bringt bringen brachte bekommt bekommen erhält erhalten liegt liegen lag beträgt betragen macht machen heute derzeit bereits prozent prozentpunkte prozentpunkten punkte das-fache fache fachen mal
""") | _words("""
le la les un une du au aux et ou mais donc si que qui quoi dont où ce cet cette ces ceux celle il elle ils elles nous vous leur leurs notre nos votre vos son sa ses je tu lui
meurt meurent mourir facteur est sont était étaient sera seront être été avoir ont avait fait font peut peuvent doit doivent dans avec sans pour par sur sous chez entre vers depuis pendant selon comme ainsi aussi encore déjà très tout tous toute toutes
se lors afin dès d l qu plus moins pas ne jamais rien même autre autres chaque quelque quelques plusieurs environ presque près jusqu alors cela ça y en à pourcent pourcentage cent fois mille
""")

SYNONYMS = {
    "program": "programme", "opportunity": "deal", "client": "customer", "account": "account", "quick": "fast", "speed": "fast",
    "accelerat": "fast", "acceleration": "fast", "rapid": "fast", "big": "larg", "great": "larg", "mean": "averag", "avg": "averag",
    "fee": "commission", "wrap": "clos", "lock": "protect", "seller": "rep", "salespeople": "rep", "salesperson": "rep", "people": "person", "hir": "person",
    "headcount": "person", "staff": "person", "fte": "person", "employee": "person", "vendor": "vendor", "firm": "company",
    "organisation": "company", "organization": "company", "busines": "company", "recruit": "recruit", "involv": "involv",
    "reseller": "resell", "referral": "refer", "referr": "refer", "integrat": "integration", "technology": "technology",
    "tech": "technology", "annually": "year", "annual": "year", "yearly": "year", "monthly": "month", "quarterly": "quarter",
    "hourly": "hour", "shar": "shar", "growth": "grow", "grew": "grow", "grown": "grow", "clos": "clos", "won": "win",
    "wonn": "win", "rose": "ris", "risen": "ris", "fell": "fall", "fallen": "fall", "sold": "sell", "sal": "sal", "led": "lead", "paid": "pay",
    "payout": "pay", "want": "goal", "mid": "mid", "co": "co", "likelihood": "likely", "probable": "likely", "prioritiz": "prioritis",
    "consultancy": "consult", "agency": "agency", "uplift": "lift", "gmv": "gmv", "informally": "informal", "formally": "formal",
}
GERMAN = {
    word: english
    for english, german in {
        "partner": "partner partnern partnerschaft partnerschaften", "owner": "verantwortlich verantwortliche verantwortlichen verantwortlicher verantwortung zuständig zuständige zuständigen zuständiger", "involv": "beteiligt beteiligte beteiligten beteiligung partnerbeteiligung eingebunden", "tier": "tier-programm stufenprogramm stufenprogramms stufenprogramme stufen", "programme": "programm programms programmen partnerprogramm partnerprogramms partnerprogramme partnerprogrammen",
        "company": "unternehmen unternehmens firma firmen", "customer": "kunde kunden", "deal": "deals geschäft geschäfte abschluss abschlüsse", "account": "accounts",
        "person": "person personen menschen mitarbeiter", "sourc": "sourced partner-sourced", "influenc": "influenced beeinflusst", "early": "frühe frühen", "young": "junge jungen jünger junges",
        "matur": "reif reife reifen reifer reifes", "direct": "direkt direkte direkten direkter direktvertrieb", "sign": "unterzeichnet unterzeichnete unterzeichneten", "activ": "aktiv aktive aktiven aktiver",
        "map": "angebunden angebundene angebundenen", "register": "registriert registrierte registrierten registrierung", "refer": "empfehlung empfehlungen empfehlungspartner empfehlungspartnern", "resell": "reseller resellern wiederverkäufer",
        "formal": "formell formelle formellen formelles formeller", "informal": "informell informelle informellen informeller", "gold": "gold", "silver": "silver silber", "bronz": "bronze", "platinum": "platin platinum",
        "pipelin": "pipeline", "revenu": "umsatz umsatzes umsätze", "gross": "brutto rohertrag", "minimum": "minimum", "commission": "provision provisionen", "margin": "marge margen", "certifi": "zertifiziert zertifizierte zertifizierten zertifizierter",
        "uncertifi": "unzertifiziert unzertifizierte unzertifizierten", "enterpris": "enterprise", "technology": "technologie", "conflict": "konflikt konflikts konflikte", "duplicat": "dubletten", "win": "gewonnen gewinnen", "rate": "quote satz",
        "cycl": "zyklus verkaufszyklus verkaufszyklen vertriebszyklus", "duration": "dauer", "hour": "stunde stunden", "day": "tag tage tagen", "week": "woche wochen", "month": "monat monate monaten", "quarter": "quartal quartale quartalen quartals",
        "year": "jahr jahre jahren jahres jährlich jährliche jährlichen", "churn": "abwandern abwanderung wandern kündigen kündigt kündigung kündigungen", "target": "ziel ziele zielen ziels", "exampl": "beispiel beispiels beispiele", "sampl": "beispielzahl", "ecosystem": "ökosystem ökosystems", "grow": "wachstum",
        "peak": "höhepunkt spitze", "level": "level", "retention": "bindung", "likely": "wahrscheinlichkeit wahrscheinlich wahrscheinlicher", "clos": "schließen schließt abgeschlossen abschließen geschlossen", "typical": "typisch", "low": "niedrig niedrige", "high": "hoch hohe", "new": "neu neue neuen neuer neues",
    }.items()
    for word in german.split()
}
"""German words of the field by the English stem, as far as the sets below tell words of the field apart."""

FRENCH = {
    word: english
    for english, french in {
        "partner": "partenaire partenaires partenariat partenariats", "owner": "responsable responsables", "dedicat": "dédié dédiée dédiés", "connect": "connecté connectée connectés connectées relié reliés", "involv": "impliqué impliquée impliqués impliquées", "introduction": "introduction introductions", "certifi": "certifié certifiés certifiée certifiées", "programme": "programme programmes", "company": "entreprise entreprises société sociétés", "customer": "client clients cliente clientes",
        "deal": "affaire affaires vente ventes contrat contrats opportunité opportunités", "account": "compte comptes", "person": "personne personnes salarié salariés employé employés", "clos": "conclure conclues conclus concluent signées signés conclut",
        "sourc": "apporté apportée apportés apportées sourcé sourcés", "influenc": "influencé influencés influencées", "win": "gagné gagnés réussite", "rate": "taux", "revenu": "revenu revenus chiffre", "grow": "croissance", "year": "an ans année années annuel annuelle",
        "month": "mois mensuel", "quarter": "trimestre trimestres", "week": "semaine semaines", "day": "jour jours", "hour": "heure heures", "commission": "commission commissions", "margin": "marge marges", "cycl": "cycle cycles", "churn": "attrition résiliation résiliations résilier résilient",
        "likely": "probable probables chances chance", "target": "objectif objectifs", "early": "jeune jeunes débutant", "matur": "mûr mûrs mature matures", "direct": "direct directe directs directes", "activ": "actif actifs active actives", "sign": "signé signés", "averag": "moyenne moyen",
        "larg": "grand grande grands grandes", "market": "marché marchés", "vendor": "éditeur éditeurs fournisseur fournisseurs", "pipelin": "pipeline", "refer": "recommandation recommandations", "resell": "revendeur revendeurs", "lead": "prospect prospects",
        "fast": "vite rapidement rapide rapides", "high": "supérieur supérieure supérieurs supérieures élevé élevée", "low": "inférieur inférieure inférieurs inférieures",
    }.items()
    for word in french.split()
}
"""French words of the field by the English stem, likewise."""

_AMOUNT_UP = (
    "more larger higher bigger greater increase increases increased increasing rise rises rose risen rising grow grows grew "
    "grown growing growth gain gains gained uplift lift lifts up improve improves improved improvement extra additional "
    "additionally boost boosts boosted above ahead added exceed exceeds exceeding heavier raise raises raised climb climbs"
)
_AMOUNT_DOWN = (
    "less fewer lower smaller decrease decreases decreased decreasing drop drops dropped dropping fall falls fell falling fallen "
    "decline declines declined declining reduce reduces reduced reducing reduction reductions shrink shrinks shrank down cut cuts "
    "below behind decreasingly loss losses off lighter lose loses halve halves halved"
)
_SPEED_UP = "faster quicker sooner shorter accelerate accelerates accelerated accelerating acceleration earlier shorten shortens shortened"
_SPEED_DOWN = "slower longer later delay delays delayed lengthen lengthens lengthened"
POLARITY: dict[str, tuple[str, int]] = {
    **dict.fromkeys(_words(_AMOUNT_UP), ("amount", 1)),
    **dict.fromkeys(_words(_AMOUNT_DOWN), ("amount", -1)),
    **dict.fromkeys(_words(_SPEED_UP), ("speed", 1)),
    **dict.fromkeys(_words(_SPEED_DOWN), ("speed", -1)),
    "better": ("quality", 1), "worse": ("quality", -1),
    **dict.fromkeys(
        _words(
            "mehr größer größere größeren größerer höher höhere höheren höherer steigt steigen stieg gestiegen wächst wachsen wuchs gewachsen zuwachs zusätzlich zusätzliche zusätzlichen erhöht oberhalb darüber plus mehreinnahmen"
        ),
        ("amount", 1),
    ),
    **dict.fromkeys(
        _words("weniger geringer geringere geringeren geringerer niedriger niedrigere niedrigeren kleiner kleinere kleineren sinkt sinken sank gesunken fällt fallen fiel gefallen schrumpft schrumpfen schrumpfte rückgang verlust verringert unterhalb darunter seltener"),
        ("amount", -1),
    ),
    **dict.fromkeys(_words("schneller schnellere schnelleren kürzer kürzere kürzeren früher"), ("speed", 1)),
    **dict.fromkeys(_words("langsamer langsamere langsameren länger längere längeren später verzögert"), ("speed", -1)),
    **dict.fromkeys(_words("wahrscheinlicher häufiger öfter"), ("amount", 1)), "unwahrscheinlicher": ("amount", -1),
    **dict.fromkeys(_words("über"), ("place", 1)), **dict.fromkeys(_words("unter"), ("place", -1)),
    **dict.fromkeys(_words("supérieur supérieure supérieurs supérieures augmente augmentent augmenté augmentée hausse croît croissent grimpe grimpé davantage"), ("amount", 1)),
    **dict.fromkeys(_words("moins inférieur inférieure inférieurs inférieures diminue diminuent diminué diminuée baisse baissé recule reculé chute chuté"), ("amount", -1)),
    **dict.fromkeys(_words("rapidement vite rapide rapides"), ("speed", 1)), **dict.fromkeys(_words("lentement lent lente lents"), ("speed", -1)),
    "besser": ("quality", 1), "schlechter": ("quality", -1),
}
TIME_NOUNS = _words("cycl tim duration ramp length")
NEGATIVE = re.compile(r"\b(?:not|no|none|never|outside|without|against|nobody|nothing|too early|until|only|beyond|outgrown|nicht|kein(?:e[mnrs]?)?|nie|niemand|nichts|ohne|außerhalb|erst|bis|nur)\b|n't\b", re.I)
EDGES = _words("arr acv")
LABEL_WORDS = _words("level layer tier phas play step day week month")
PERIODS = _words("hour day week month quarter year")
COMMON = _words("partner programme company deal saas customer ecosystem b2b arr acv")
VAGUE = COMMON | _words("first one call")
KINDS = _words("target exampl sampl work illustrat invent cas benchmark threshold")
PEAKS = _words("peak lifetim")

CONTRASTS: tuple[frozenset[str], ...] = tuple(
    _words(group)
    for group in (
        "sourc influenc", "direct channel", "early matur", "young matur", "sign activ map", "refer resell", "gold silver platinum bronz",
        "inbound outbound", "direct indirect", "formal informal", "register clos", "pipelin revenu", "gross net", "win los",
        "best worst", "minimum maximum", "low high", "commission margin", "retention commission", "new matur", "typical pilot", "certifi uncertifi",
    )
)
CONDITION_WORDS = _words("""
sourc influenc early matur young direct sign activ map register gold silver platinum bronz inbound outbound indirect
formal informal certifi enterpris refer resell technology consult gsi plg conflict duplicat q1 q2 q3 q4 h1 h2
""")
NEGATION = re.compile(
    r"\b(?=[acdhiknw])(?:(?:(?:do|does|did|is|are|was|were|will|would|can|could|has|have|had)(?: not|n't)|cannot|never|neither|no longer|(?<!; noch )nicht|nie(?:mals)?|kein(?:e[mnrs]?)?|weder|n(?:e |')\w+ (?:pas|jamais|plus))\b)", re.I
)

_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_KEEP = frozenset({"business", "process", "always", "less", "plus", "status", "basis", "thus", "bonus", "saas", "access", "success"})


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its endings, then its synonym: `programs` and `programme` are one, `sourced` and `sourcing` too."""
    lower = word.lower().replace("'s", "").strip("'")
    if lower in GERMAN:
        return GERMAN[lower]
    if lower in FRENCH:
        return FRENCH[lower]
    root = _root(lower)
    return SYNONYMS.get(root, SYNONYMS.get(lower, root))


def _root(word: str) -> str:
    if word in _KEEP or len(word) <= 3:
        return word[:-1] if word.endswith("s") and len(word) == 3 and word not in {"its", "has", "was", "gas", "crs"} and word[:-1] in {"rep"} else word
    for ending, replacement, least in (
        ("ies", "y", 5), ("sses", "ss", 6), ("ches", "ch", 6), ("shes", "sh", 6), ("xes", "x", 5),
        ("ing", "", 6), ("ed", "", 5), ("er", "", 6), ("est", "", 6), ("s", "", 4),
    ):
        if word.endswith(ending) and len(word) >= least and not (ending == "s" and word.endswith(("ss", "us", "is"))):
            if ending in {"er", "est"} and word not in _COMPARED:
                continue
            word = word[: -len(ending)] + replacement
            if ending in {"ing", "ed"}:
                word = _DOUBLED.sub(r"\1", word)
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 and word != "programme" else word


_COMPARED = _words(
    "faster quicker larger bigger greater higher lower smaller shorter longer slower earlier later fewer closer younger older "
    "highest lowest largest smallest fastest slowest"
)


@lru_cache(maxsize=8192)
def terms(text: str) -> tuple[str, ...]:
    """The content words of a piece of text, stemmed, in order."""
    return tuple(stem(word) for word in WORD.findall(text) if word.lower() not in STOP and len(word) > 1)
