"""The catalogue of what we claim to know: sources, benchmark records, passages and phrases, checked when they load."""

from advisor.library.catalogue import Library, load, problems, speaking
from advisor.library.figuretext import figure_text
from advisor.library.phrases import LANGUAGES, spoken

__all__ = ["LANGUAGES", "Library", "figure_text", "load", "problems", "speaking", "spoken"]
