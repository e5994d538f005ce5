"""Calculators: pure functions over the client's own numbers, each result with the formula that gave it."""
