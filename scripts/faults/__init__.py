"""Breaks the knowledge on purpose, one fault at a time, and looks whether the gate names a case that got worse."""
