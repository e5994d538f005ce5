"""The catalogue of what we claim to know: sources, benchmark records, passages and phrases, checked when they load."""

from advisor.library.catalogue import Library, load, problems, speaking
from advisor.library.figuretext import figure_text

__all__ = ["Library", "figure_text", "load", "problems", "speaking"]
