"""The rules: decision tables of `knowledge/`, proved when they load, the assessment they give a client, and look-ups about one deal."""

from advisor.rules.again import aged, asking_again, asks_again
from advisor.rules.assess import assess
from advisor.rules.book import RuleBook, decide, load, problems
from advisor.rules.currency import Corridor
from advisor.rules.maturity import Questionnaire, score
from advisor.rules.stage import Ladder, Staged
from advisor.rules.tables import Row, RowVerdict, Table
from advisor.rules.tools import Tool

__all__ = [
    "Corridor", "Ladder", "Questionnaire", "Row", "RowVerdict", "RuleBook", "Staged", "Table", "Tool", "aged", "asking_again", "asks_again", "assess", "decide", "load", "problems", "score",
]
