"""Conversations: what their turns add up to, replies, corrections, decisions, and what is taken back."""
