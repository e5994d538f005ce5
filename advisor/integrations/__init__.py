"""Hosts that use the advisor: each module translates in and out."""
