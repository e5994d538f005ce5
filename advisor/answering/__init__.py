"""From a question to a grounded answer: select, compose, ground."""
