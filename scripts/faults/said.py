"""Prints a hash of all that the knowledge on the import path holds as the program reads it, comments and layout left aside."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from advisor import datafiles, library, rules
from advisor.answering import prompts

READ = ("benchmarks", "phrases", "translations", "rules", "decisions", "sources.toml")
"""What is read through the library and the rules; every other file counts byte by byte."""


def held() -> Any:
    held = library.load()
    spoken = [held, *(held.in_language(language) for language in library.LANGUAGES if language != held.language)]
    book = rules.load()
    yield [[record.model_dump_json() for record in each.benchmarks.values()] for each in spoken]
    yield [each.phrases for each in spoken]
    yield [passage.model_dump_json() for passage in held.passages.values()]
    yield [source.model_dump_json() for source in held.sources.values()]
    yield repr((dict(book.tables), dict(book.decisions), book.corridor, book.tools, book.questions, book.questionnaire))
    for path in sorted((datafiles.root() / "knowledge").rglob("*")):
        if path.is_file() and path.relative_to(datafiles.root() / "knowledge").parts[0] not in READ:
            yield hashlib.sha256(path.read_bytes()).hexdigest()
    yield [repr(prompts.load(name)) for name in prompts.NAMES]


if __name__ == "__main__":
    print(hashlib.sha256(json.dumps(list(held()), default=dict).encode()).hexdigest())
