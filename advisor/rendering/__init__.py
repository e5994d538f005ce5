"""Answers, assessments and tables as Markdown and JSON; pure, and no terminal library in sight."""
