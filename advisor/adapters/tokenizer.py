"""Counts tokens as language models do, for prompt budgets: tiktoken's cl100k_base from the carried vocabulary, without a network.

Chunk sizes are counted by the embedding model's own tokenizer, `MiniLM.token_count`.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import InstallationError

if TYPE_CHECKING:
    from tiktoken import Encoding

FOLDER = Path(__file__).resolve().parents[1] / "_models" / "tiktoken"
VOCABULARY = "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"  # the name that tiktoken looks for in its cache
VOCABULARY_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
CACHE = "TIKTOKEN_CACHE_DIR"


def count_tokens(text: str) -> int:
    """The text's length in cl100k_base tokens; names of special tokens count as the plain text they are.

    Raises InstallationError when the carried vocabulary is missing or damaged.
    """
    return len(_encoding().encode_ordinary(text))


@cache
def _encoding() -> Encoding:
    _check_vocabulary(FOLDER / VOCABULARY)
    if not Path(os.environ.setdefault(CACHE, str(FOLDER)), VOCABULARY).is_file():
        os.environ[CACHE] = str(FOLDER)  # a folder of the user's that lacks the vocabulary would mean a download
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")


def _check_vocabulary(file: Path) -> None:
    """Checked here because tiktoken would delete a damaged file and download it anew."""
    try:
        sound = hashlib.sha256(file.read_bytes()).hexdigest() == VOCABULARY_SHA256
    except OSError:
        sound = False
    if not sound:
        raise InstallationError("The token vocabulary is missing or damaged.", hint="Install partner-advisor again.")
