"""Finds figures in text, holds them against evidence, works formulas out again. Pure: no files, no clock, no network."""

from advisor.figures.find import find
from advisor.figures.formula import numbers, recompute, rounds_to
from advisor.figures.match import supports
from advisor.figures.model import Figure, Frame, Match
from advisor.figures.quantity import differs

__all__ = ["Figure", "Frame", "Match", "differs", "find", "numbers", "recompute", "rounds_to", "supports"]
