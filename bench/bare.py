"""Scripts that the measures run in processes of their own: ours, and the bare work that none can avoid."""

from __future__ import annotations

ONE_CLASS = """
import click, pydantic
class One(pydantic.BaseModel):
    field: int
"""

# argv: the store's folder, a question.
COLD = """
import os, sys
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import chromadb, onnxruntime
from advisor.adapters.embedder import MiniLM
vector = MiniLM().embed([sys.argv[2]])
rows = chromadb.PersistentClient(sys.argv[1]).get_collection("knowledge", embedding_function=None)
rows.query(query_embeddings=vector, n_results=50)
"""

# argv: the data folder, with an index. Prints the milliseconds of each question, ours and bare, taken in turns, in a process that has
# answered some forty other questions.
_IN_TURNS = """
import json, sys, time
from pathlib import Path
import numpy as np
import yaml
from advisor import Advisor, datafiles
from advisor.adapters.embedder import MiniLM
from advisor.adapters.index import open_index

settings = __import__("advisor.settings", fromlist=["load_settings"]).load_settings()
advisor = Advisor(settings)
index = open_index(Path(sys.argv[1]), advisor.library.entries())
from advisor.adapters.retrieval import CANDIDATES
held, store = index._opened.snapshot, index._opened.store
model = MiniLM()  # its own: ours keeps the vectors of the text it read last, so that the bare embedding would cost nothing
def asked(*names):
    cases = [case for name in names for case in yaml.safe_load((datafiles.root() / "evals" / name).read_text(encoding="utf-8"))["cases"]]
    return [case["inputs"]["question"] for case in cases]

questions, before = asked("first_answers.yaml", "breadth.yaml")[:50], asked("examples_variants.yaml", "half_remembered.yaml")
assert len(questions) == 50 and len(before) > 40

def bare(question):
    (vector,), (tokens,) = model.both([question])
    store._rows.query(query_embeddings=vector[None], n_results=CANDIDATES, include=["distances"])
    per_entry = len(held.tokens) // len(advisor.library.entries())
    some = held.tokens[: CANDIDATES * per_entry].astype(np.float32) @ np.ascontiguousarray(tokens[:, : held.tokens.shape[1]]).T
    some.reshape(CANDIDATES, per_entry, -1).max(axis=1).mean(axis=1)

def ours(question):
    {ours}

for question in before:
    ours(question), bare(question)
times = {{"ours": [], "bare": []}}
for question in questions:
    for name, work in (("ours", ours), ("bare", bare)):
        begun = time.perf_counter()
        work(question)
        times[name].append((time.perf_counter() - begun) * 1000)
print(json.dumps(times))
"""
SEARCHES = _IN_TURNS.format(ours="index.search(question)")
ASKS = _IN_TURNS.format(ours="advisor.ask(question)")

# Prints the milliseconds of reading within each question, and of the whole question; the second pass, in which nothing is compiled, counts.
READING = """
import json, time
import yaml
from advisor import Advisor, datafiles
from advisor.answering import advise

advisor = Advisor(__import__("advisor.settings", fromlist=["load_settings"]).load_settings())
suites = [yaml.safe_load((datafiles.root() / "evals" / name).read_text(encoding="utf-8"))["cases"] for name in ("first_answers.yaml", "breadth.yaml")]
questions = [case["inputs"]["question"] for suite in suites for case in suite][:50]
assert len(questions) == 50
took = [0.0]

def timed(work):
    def inner(*arguments, **more):
        begun = time.perf_counter()
        try:
            return work(*arguments, **more)
        finally:
            took[0] += (time.perf_counter() - begun) * 1000
    return inner

advise.read, advise.language_of = timed(advise.read), timed(advise.language_of)
for _ in range(2):
    times = {"ours": [], "bare": []}
    for question in questions:
        took[0], begun = 0.0, time.perf_counter()
        advisor.ask(question)
        times["bare"].append((time.perf_counter() - begun) * 1000)
        times["ours"].append(took[0])
assert all(times["ours"])
print(json.dumps(times))
"""

# argv: the data folder. Shipped vectors are hidden, and what an earlier round built is thrown away.
REBUILD = """
import shutil, sys
from pathlib import Path
from advisor import library
from advisor.adapters import vectors
from advisor.adapters.index import open_index
vectors.read_shards = lambda *_: {}
shutil.rmtree(Path(sys.argv[1]) / "index", ignore_errors=True)
open_index(Path(sys.argv[1]), library.load().entries())
"""
EMBED = """
from advisor import library
from advisor.adapters import vectors
from advisor.adapters.embedder import MiniLM
texts = [text for entry in library.load().entries() for text in vectors.texts_of(entry)]
model = MiniLM()
for start in range(0, len(texts), 64):
    model.embed(texts[start : start + 64])
"""

LOOP = """
import sys
import yaml
from advisor import Advisor, datafiles
advisor = Advisor()
for name in sys.argv[1:]:
    for case in yaml.safe_load((datafiles.root() / "evals" / f"{name}.yaml").read_text(encoding="utf-8"))["cases"]:
        advisor.ask(case["inputs"]["question"])
"""

# How long a text takes, in minutes for a megabyte: checked, and its figures only found. The text is that of the knowledge with words between, so figures stand as in a report.
VERIFYING = """
import json, time
from advisor import verify
from advisor.answering.verifying.blocks import blocks
from advisor.figures import find
from advisor.library import load
library = load()
text = "\\n\\n".join(f"{passage.heading}\\n\\n{passage.text}" for passage in library.passages.values())[:120_000]
verify("46 %")
begun = time.perf_counter()
verify(text)
ours = time.perf_counter() - begun
find.cache_clear()
begun = time.perf_counter()
for block in blocks(text):
    find(block.text)
bare = time.perf_counter() - begun
print(json.dumps({"ours": [ours / 60 / len(text) * 1e6], "bare": [bare / 60 / len(text) * 1e6]}))
"""

# Answers worded by a model that writes at a steady pace, every fourth sentence wrong the first time; "ours" and "bare" of each question, in milliseconds:
# our own work between the model's pieces, beside the offline answer's, and the model's time in both turns; then the first part shown, and the
# model's first whole sentence, both from the call on.
WORDING = """
import json, sys, time
from advisor import Advisor
from advisor.settings import load_settings
from advisor.testing import ScriptedModel, as_draft, well_behaved
import yaml
from advisor import datafiles

FIRST, A_TOKEN, CHARACTERS = 0.4, 0.01, 4  # seconds to the first token and between two, and the characters of one

class Paced(ScriptedModel):
    def write(self, messages, schema, limit):
        if not self.asked:
            self.called, self.waited, self.sentence = time.perf_counter(), 0.0, None
        text, sent = "", 0
        for piece in super().write(messages, schema, limit):
            begun = time.perf_counter()
            time.sleep(A_TOKEN if sent else FIRST)
            self.waited += time.perf_counter() - begun
            sent += 1
            if isinstance(piece, str):
                text += piece
                if self.sentence is None and '.", "kind"' in text:
                    self.sentence = time.perf_counter() - self.called
            yield piece

def drafted(messages):
    claims = json.loads(well_behaved(messages))["claims"]
    if messages[-1].role == "user" and any(message.role == "assistant" for message in messages):
        return as_draft(claims)
    return as_draft([{**claim, "text": claim["text"][:-1] + " within 17 weeks."} if n % 4 == 3 else claim for n, claim in enumerate(claims)])

settings, model = load_settings(), Paced(drafted, piece=CHARACTERS)
shown = []
alone, worded = Advisor(settings), Advisor(settings, model=model)
worded.shown = lambda text: shown or shown.append(time.perf_counter() - model.called)
questions = [case["inputs"]["question"] for case in yaml.safe_load((datafiles.root() / "evals" / "first_answers.yaml").read_text(encoding="utf-8"))["cases"]]
for question in questions[:6]:
    alone.ask(question), worded.ask(question)
times, first, repaired = {"ours": [], "bare": []}, {"ours": [], "bare": []}, 0
for question in questions[6:16]:
    begun = time.perf_counter()
    alone.ask(question)
    offline = time.perf_counter() - begun
    model.asked.clear(), shown.clear()
    begun = time.perf_counter()
    answer = worded.ask(question)
    took = time.perf_counter() - begun
    assert answer.run.composer == "model"
    repaired += answer.verification.repairs
    for kept, ours, bare in ((times, took - offline - model.waited, model.waited), (first, shown[0], model.sentence)):
        kept["ours"].append(ours * 1000), kept["bare"].append(bare * 1000)
assert repaired
print(json.dumps([times, first]))
"""

# A server of the same SDK with one trivial tool.
MCP_SERVER = """
try:
    from mcp.server import MCPServer as Server
except ImportError:
    from mcp.server.fastmcp import FastMCP as Server
server = Server("bare")

@server.tool()
def add(one: int, other: int) -> int:
    return one + other

server.run()
"""
