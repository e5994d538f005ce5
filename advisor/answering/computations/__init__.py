"""Sums with the client's own numbers: from the numbers of a message to the sum that fits them best."""
