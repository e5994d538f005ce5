"""The closed sets of the domain. Their values are the words of the JSON; readers see titles from the glossary."""

from __future__ import annotations

from enum import StrEnum


class StageId(StrEnum):
    """ARR bands in euro, lower edge inclusive; 150M itself belongs to `50-150M` (document 000, stage table)."""

    BELOW_5M = "<5M"
    FROM_5M = "5-15M"
    FROM_15M = "15-50M"
    FROM_50M = "50-150M"
    ABOVE_150M = ">150M"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n/a"


BANDS = (StageId.BELOW_5M, StageId.FROM_5M, StageId.FROM_15M, StageId.FROM_50M, StageId.ABOVE_150M)


class Motion(StrEnum):
    """How the client sells (document 000, diagnostic question 2)."""

    PLG = "plg"
    MID_TOUCH = "mid_touch"
    ENTERPRISE = "enterprise"
    CHANNEL = "channel"


class Problem(StrEnum):
    """What partners are to solve (document 000, diagnostic question 1)."""

    DISTRIBUTION = "distribution"
    CREDIBILITY = "credibility"
    DELIVERY_CAPACITY = "delivery_capacity"
    NEW_MARKETS = "new_markets"
    STICKINESS = "stickiness"


class Owner(StrEnum):
    """Who carries the partner programme today."""

    NONE = "none"
    FOUNDER = "founder"
    SHARED = "shared"
    DEDICATED = "dedicated"


class Business(StrEnum):
    B2B_SAAS = "b2b_saas"
    CONSULTANCY = "consultancy"
    OTHER = "other"


class Expansion(StrEnum):
    GEOGRAPHIC = "geographic"
    VERTICAL = "vertical"
    SEGMENT = "segment"


class Compliance(StrEnum):
    EU_RESIDENCY = "eu-residency"
    GDPR = "gdpr"
    NONE = "none"


class PhaseId(StrEnum):
    """Age of the partner programme: below 18, 18 to below 36, 36 months and more; `none` when there is no programme."""

    EARLY = "early"
    GROWTH = "growth"
    MATURE = "mature"
    NONE = "none"


class Verdict(StrEnum):
    RECOMMEND = "recommend"
    ALLOW = "allow"
    FORBID = "forbid"
    REQUIRE = "require"
    WARN = "warn"
    ASK = "ask"


STRENGTH = (Verdict.FORBID, Verdict.REQUIRE, Verdict.RECOMMEND, Verdict.WARN, Verdict.ALLOW, Verdict.ASK)
"""Which of several verdicts on one move holds: the first of these."""
ADVISED = frozenset({Verdict.RECOMMEND, Verdict.REQUIRE})
DOABLE = ADVISED | {Verdict.ALLOW}
"""What a client may do now."""
TURNING = ADVISED | {Verdict.FORBID}
"""Verdicts that settle a question on a move; the others leave it open."""


class Applies(StrEnum):
    """Three-valued truth: whether a condition holds for this client."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class EvidenceClass(StrEnum):
    """How much a figure can carry, strongest first; `house_rule` is ours, adjustable, and printed as ours."""

    INDEPENDENT_STUDY = "independent_study"
    VENDOR_SURVEY = "vendor_survey"
    VENDOR_PLATFORM_DATA = "vendor_platform_data"
    VENDOR_COMMISSIONED = "vendor_commissioned"
    ANNUAL_REPORT = "annual_report"
    ANALYST = "analyst"
    PRACTITIONER = "practitioner"
    SINGLE_CASE = "single_case"
    ILLUSTRATION = "illustration"
    UNTRACEABLE = "untraceable"
    HOUSE_RULE = "house_rule"


class Unit(StrEnum):
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    PERCENT_UNSPECIFIED = "percent_unspecified"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    MONEY = "money"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"
    FTE = "fte"
    COUNT = "count"
    SCORE = "score"
    LEVEL = "level"


class BenchmarkKind(StrEnum):
    BENCHMARK = "benchmark"
    TARGET = "target"
    THRESHOLD = "threshold"
    CASE = "case"
    EXAMPLE = "example"
    PRICE = "price"
    COUNT = "count"
    DATE = "date"


class Direction(StrEnum):
    """Whether the figure says how much something rises, falls, or simply stands at."""

    INCREASE = "increase"
    DECREASE = "decrease"
    LEVEL = "level"


class AskKind(StrEnum):
    """What a question wants; each kind has a document plan of its own."""

    WHERE_TO_START = "where_to_start"
    IS_IT_RIGHT_FOR_US = "is_it_right_for_us"
    HOW_MUCH = "how_much"
    SUM = "sum"
    WHY_NOT_WORKING = "why_not_working"
    WHICH_TOOL = "which_tool"
    WHO_OWNS = "who_owns"
    WHICH_PARTNERS = "which_partners"
    DRAFT_PLAN = "draft_plan"
    HOW_TO = "how_to"
    COMPARE = "compare"
    EXPLAIN_TERM = "explain_term"
    CHECK_CLAIM = "check_claim"
    REACT_TO_SIGNAL = "react_to_signal"
    MATURITY = "maturity"
    CHIT_CHAT = "chit_chat"
    OUT_OF_SCOPE = "out_of_scope"


class ClaimKind(StrEnum):
    ADVICE = "advice"
    FACT = "fact"
    FIGURE = "figure"
    QUESTION = "question"
    REFUSAL = "refusal"


class Stance(StrEnum):
    ADVISE = "advise"
    ADVISE_AGAINST = "advise_against"
    REQUIRE = "require"
    MENTION = "mention"


class EvidenceKind(StrEnum):
    BENCHMARK = "benchmark"
    PASSAGE = "passage"
    RULE = "rule"
    DOCUMENT = "document"


class Support(StrEnum):
    CITED = "cited"
    GIVEN = "given"
    COMPUTED = "computed"
