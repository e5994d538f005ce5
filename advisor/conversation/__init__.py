"""Conversations: what their turns add up to, replies, corrections, decisions, and what is taken back."""

from advisor.conversation.names import checked, names_file
from advisor.conversation.talk import Talk

__all__ = ["Talk", "checked", "names_file"]
