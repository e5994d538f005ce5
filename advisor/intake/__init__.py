"""Words in; client facts with their quotes, what is asked, and contradictions out."""

from advisor.intake.again import supposed_arr
from advisor.intake.clean import clean, cleaned
from advisor.intake.language import of as language_of
from advisor.intake.problems import problems
from advisor.intake.read import LIMIT, numbers, read
from advisor.intake.signs import signs

__all__ = ["LIMIT", "clean", "cleaned", "language_of", "numbers", "problems", "read", "signs", "supposed_arr"]
