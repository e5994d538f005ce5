"""The MCP server: the table of capabilities, the knowledge as resources, and three prompts, over stdio and HTTP."""
