"""Words in; client facts with their quotes, what is asked, and contradictions out."""

from advisor.intake.read import LIMIT, read

__all__ = ["LIMIT", "read"]
