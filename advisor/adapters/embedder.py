"""Sentence and token vectors from the carried all-MiniLM-L6-v2 model: on this machine, without a network.

numpy, onnxruntime and tokenizers are imported when they are first needed, never by importing this module.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from advisor.adapters.recent import Recent
from advisor.errors import InstallationError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

    Vectors = npt.NDArray[np.float32]

FOLDER = Path(__file__).resolve().parents[1] / "_models" / "minilm"
BATCH = 16  # texts in one run: larger batches take more memory and are not faster on a CPU
REPAIR = "Install partner-advisor again."


class MiniLM:
    """all-MiniLM-L6-v2: vectors of unit length, so that a dot product is the cosine.

    Every method works on text of any length; what lies beyond `max_tokens` is not read. A text has the same vector alone and
    in a batch. Loading happens at first use and raises InstallationError when a file is missing or not the one that was
    shipped. Vectors may be compared or stored together only under the same `model_hash`.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._loading = Lock()
        self._recent: Recent[str, tuple[Vectors, list[Vectors]]] = Recent()
        self._encodings: Recent[str, Encoding] = Recent()
        try:
            card = tomllib.loads(self._read("model.toml").decode())
            self.name: str = card["name"]
            self.dimensions: int = card["dimensions"]
            self.max_tokens: int = card["max_tokens"]
            self._sha256: dict[str, str] = {name: card["sha256"][name] for name in ("model.onnx", "tokenizer.json")}
        except (ValueError, KeyError, TypeError):
            raise InstallationError("The embedding model's model.toml is damaged.", hint=REPAIR) from None

    def load_ahead(self) -> None:
        """Begins loading in a thread of its own; whatever needs the model waits for it. A failure shows at first use."""
        Thread(target=self._load).start()

    def _load(self) -> None:
        with suppress(InstallationError):
            _ = self._session, self._tokenizer

    @property
    def model_hash(self) -> str:
        """Names everything the vectors depend on (weights, tokenizer, cut) in 64 hexadecimal digits; nothing is loaded."""
        parts = (self._sha256["model.onnx"], self._sha256["tokenizer.json"], str(self.max_tokens))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, (n, dimensions): the mean over all its tokens."""
        if len(texts) == 1:
            return self.both(texts)[0]
        pooled = self._empty(len(texts))
        for number, states in self._states(texts):
            pooled[number] = states.mean(axis=0)
        return _unit(pooled)

    def tokens(self, text: str) -> Vectors:
        """One vector a token, (t, dimensions), in the text's order, without [CLS] and [SEP]: what MaxSim compares."""
        return self.both([text])[1][0]

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """What `embed` gives for the texts and what `tokens` gives for each, from one run of the model.

        Token vectors take 1.5 kB a token: hand in long lists by portions. Those of the last single texts are kept, since
        several readers ask for the same question's vectors.
        """
        return self._recent.get(texts[0], lambda: self._both(texts)) if len(texts) == 1 else self._both(texts)

    def _both(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        pooled, tokens = self._empty(len(texts)), [self._empty(0)] * len(texts)
        for number, states in self._states(texts):
            pooled[number] = states.mean(axis=0)
            tokens[number] = _unit(states[1:-1])
        return _unit(pooled), tokens

    def token_count(self, text: str) -> int:
        """The text's length in the model's own word pieces, [CLS] and [SEP] included: up to `max_tokens` are read."""
        return len(self._pieces(text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The characters, start and end, that each row of `tokens` stands for."""
        offsets: list[tuple[int, int]] = self._encoded(text).offsets
        return offsets[1:-1][: self.max_tokens - 2]

    def _encoded(self, text: str) -> Encoding:
        """All word pieces; half a surrogate pair, which the tokenizer refuses, is read as a question mark."""
        return self._encodings.get(text, lambda: self._tokenizer.encode(text.encode("utf-8", "replace").decode()))

    def _pieces(self, text: str) -> list[int]:
        ids: list[int] = self._encoded(text).ids
        return ids

    def _cut(self, text: str) -> list[int]:
        """The ids that the model reads: cut so that [SEP] still closes them."""
        ids = self._pieces(text)
        return ids if len(ids) <= self.max_tokens else [*ids[: self.max_tokens - 1], ids[-1]]

    def _empty(self, rows: int) -> Vectors:
        import numpy as np

        return np.empty((rows, self.dimensions), np.float32)

    def _states(self, texts: Sequence[str]) -> Iterator[tuple[int, Vectors]]:
        """The number of each text with the model's last layer, one row a token; texts of like length run together."""
        ids = [self._cut(text) for text in texts]
        by_length = sorted(range(len(ids)), key=lambda number: len(ids[number]))
        for start in range(0, len(ids), BATCH):
            numbers = by_length[start : start + BATCH]
            yield from zip(numbers, self._run([ids[number] for number in numbers]), strict=True)

    def _run(self, batch: Sequence[list[int]]) -> list[Vectors]:
        """The model's last layer for each row of ids, padding cut off again."""
        import numpy as np

        ids = np.zeros((len(batch), max(map(len, batch))), np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(batch):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        (states,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return [states[number, : len(row)] for number, row in enumerate(batch)]

    @property
    def _session(self) -> InferenceSession:
        with self._loading:
            return self._loaded

    @property
    def _tokenizer(self) -> Tokenizer:
        with self._loading:
            return self._loaded_tokenizer

    @cached_property
    def _loaded_tokenizer(self) -> Tokenizer:
        return _tokenizer_at(self._checked("tokenizer.json"), self._sha256["tokenizer.json"])

    @cached_property
    def _loaded(self) -> InferenceSession:
        return _session_at(self._checked("model.onnx"), self._sha256["model.onnx"])

    def _checked(self, name: str) -> str:
        """The path of a file that is the one shipped: who loads it from there holds it once, not also as bytes."""
        try:
            with (self._folder / name).open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise self._unreadable(name) from None
        if sha256 != self._sha256[name]:
            raise InstallationError(f"The embedding model's {name} is damaged.", hint=REPAIR)
        return str(self._folder / name)

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            raise self._unreadable(name) from None

    @staticmethod
    def _unreadable(name: str) -> InstallationError:
        return InstallationError(f"The embedding model's {name} cannot be read.", hint=REPAIR)


@lru_cache(maxsize=1)  # whoever else in this process reads with the same model shares its 60 MB; threads may run it at once
def _session_at(path: str, sha256: str) -> InferenceSession:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # works only before the import below, which else looks up a host
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)  # errors only: it warns where there is no graphics card
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    _give_back()
    return session


@lru_cache(maxsize=1)
def _tokenizer_at(path: str, sha256: str) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _give_back() -> None:
    """Hands what is free back to the system: a model's weights are unpacked when it loads, after which glibc keeps 65 MB for nobody."""
    with suppress(OSError, AttributeError, TypeError):  # other C libraries have no such call, and do not keep as much
        import ctypes

        ctypes.CDLL(None).malloc_trim(0)


def _unit(rows: Vectors) -> Vectors:
    """The rows scaled to length 1."""
    import numpy as np

    scaled: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled
