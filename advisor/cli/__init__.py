"""The command line: one file a command; nothing here decides anything about a client."""
