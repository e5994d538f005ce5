"""Stand-ins for tests, ours and our users': retrieval without Chroma, embedding without a model, conversations without a file, language models by script."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from advisor.adapters.terms import WORD, content_words
from advisor.domain import Answer, Client, Entry, FactChange, Hit, SessionInfo, StoredClient, Turn
from advisor.domain.changes import applied
from advisor.domain.vocabulary import EvidenceKind
from advisor.errors import HomeError
from advisor.figures import find
from advisor.ports import Message, Only, Step, Tokens, ToolCall

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]


class MemoryRetriever:
    """A retriever in memory: a hit's score is the share of the query's content words that the entry holds."""

    def __init__(self, entries: Sequence[Entry] = (), *, floor: float = 0.5) -> None:
        self._floor = floor
        self.update(entries)

    @property
    def floor(self) -> float:
        return self._floor

    def update(self, entries: Sequence[Entry]) -> None:
        self._entries = {(entry.kind, entry.id): entry for entry in entries}

    def nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        return [(hit.id, hit.score) for hit in self.search(text, limit)]

    def search(self, query: str, limit: int = 8, only: Only | None = None) -> tuple[Hit, ...]:
        asked = content_words(query)
        scored = [(_share(asked, entry), entry) for entry in self._entries.values() if _wanted(entry, only)]
        best = sorted(((score, entry) for score, entry in scored if score), key=lambda pair: (-pair[0], pair[1].id))[:limit]
        return tuple(
            Hit(rank=rank, score=score, **entry.model_dump(include={"kind", "id", "text", "source_doc", "locator", "heading"}))
            for rank, (score, entry) in enumerate(best, 1)
        )

    def holds(self, query: str) -> bool:
        return any(hit.score >= self._floor for hit in self.search(query, 1))

    def weigh(self, query: str, id_: str, parts: Sequence[str]) -> list[float]:
        asked = content_words(query)
        held = next((entry.text for entry in self._entries.values() if entry.id == id_), "")
        return [_overlap(asked, part) if part in held else 0.0 for part in parts]


def _wanted(entry: Entry, only: Only | None) -> bool:
    return only is None or (entry.kind is EvidenceKind.DOCUMENT) == (only == "documents")


def _share(asked: Sequence[str], entry: Entry) -> float:
    return _overlap(asked, "\n".join((entry.heading, entry.text, *entry.questions)))


def _overlap(asked: Sequence[str], text: str) -> float:
    held = set(content_words(text))
    return sum(word in held for word in asked) / len(asked) if asked else 0.0


class MemorySessions:
    """Conversations and clients in memory."""

    def __init__(self) -> None:
        self._turns: dict[str, list[Turn]] = {}
        self._uses: dict[str, str] = {}
        self._clients: dict[str, list[StoredClient]] = {}

    def sessions(self) -> tuple[SessionInfo, ...]:
        return tuple(
            SessionInfo(name=name, client=self._uses.get(name), turns=len(turns), began=turns[0].at, last=max(turn.at for turn in turns))
            for name, turns in sorted(self._turns.items())
        )

    def turns(self, session: str) -> tuple[Turn, ...]:
        return tuple(self._turns.get(session, ()))

    def client_of(self, session: str) -> str | None:
        return self._uses.get(session)

    def append(self, session: str, turn: Turn, client: str | None = None) -> Turn:
        if client is not None:
            if self.revise(client, turn.changes, turn.at) is None:
                raise HomeError(f"The client {client!r} was deleted meanwhile.")
            self._uses[session] = client
        turns = self._turns.setdefault(session, [])
        turns.append(turn.model_copy(update={"n": len(turns) + 1}))
        return turns[-1]

    def delete_session(self, session: str) -> bool:
        self._uses.pop(session, None)
        return self._turns.pop(session, None) is not None

    def clients(self) -> tuple[StoredClient, ...]:
        return tuple(versions[-1] for _, versions in sorted(self._clients.items()))

    def versions(self, name: str) -> tuple[StoredClient, ...]:
        return tuple(self._clients.get(name, ()))

    def new_client(self, name: str, client: Client, at: datetime) -> StoredClient | None:
        if name in self._clients:
            return None
        self._clients[name] = [StoredClient(name=name, version=1, at=at, client=client)]
        return self._clients[name][-1]

    def revise(self, name: str, made: Sequence[FactChange], at: datetime) -> StoredClient | None:
        versions = self._clients.get(name)
        if versions is None:
            return None
        client = applied(versions[-1].client, made)
        if client != versions[-1].client:
            versions.append(StoredClient(name=name, version=len(versions) + 1, at=at, client=client))
        return versions[-1]

    def delete_client(self, name: str) -> tuple[str, ...] | None:
        if self._clients.pop(name, None) is None:
            return None
        sessions = tuple(sorted(session for session, client in self._uses.items() if client == name))
        for session in sessions:
            self.delete_session(session)
        return sessions


class WordEmbedder:
    """An embedding model whose tokens are words: texts are near when they share words. Counts what it embeds."""

    name = "words"
    dimensions = 384

    def __init__(self, version: str = "1") -> None:
        self._version = version
        self.embedded: list[str] = []

    @property
    def model_hash(self) -> str:
        return hashlib.sha256(self._version.encode()).hexdigest()

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        import numpy as np

        self.embedded.extend(texts)
        tokens = [np.array([self._word(text[start:end]) for start, end in self.spans(text)] or [self._word("")]) for text in texts]
        pooled = np.array([rows.sum(axis=0) / np.linalg.norm(rows.sum(axis=0)) for rows in tokens])
        return pooled, [rows[: len(self.spans(text))] for rows, text in zip(tokens, texts, strict=True)]

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]

    def _word(self, word: str) -> Vectors:
        import numpy as np

        seed = hashlib.sha256(f"{self._version} {word.casefold()}".encode()).digest()
        row: Vectors = np.random.default_rng(int.from_bytes(seed[:8])).standard_normal(self.dimensions, np.float32)
        unit: Vectors = row / np.linalg.norm(row)
        return unit


class ScriptedModel:
    """A language model that says what it is told to: texts in order, or a function of the messages. Remembers what it was asked.

    Where it is given tools, a reply may be a call (`calling`), a function gets the steps so far, and what it was asked is in `talked`.
    An error in place of a text is raised when its turn comes; `piece` is how many characters come at a time. It counts four characters
    as a token, and costs `price` US dollars a million of them.
    """

    def __init__(
        self, *replies: str | Exception | Step | Callable[[Any], Any], name: str = "scripted:model", window: int = 32_000, price: float | None = 0.0, piece: int = 40
    ) -> None:
        self.name, self.window, self.whom = name, window, "this process"
        self._replies, self._price, self._piece = list(replies), price, piece
        self.asked: list[list[Message]] = []
        self.talked: list[list[Step]] = []

    def ready(self) -> None:
        pass

    def count(self, text: str) -> int:
        return len(text) // 4 + 1

    def cost(self, tokens: Tokens) -> float | None:
        return None if self._price is None else (tokens.prompt + tokens.written) * self._price / 1_000_000

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], limit: int) -> Generator[str | Tokens, None, None]:
        self.asked.append(list(messages))
        text = str(self._reply(messages))
        yield from (text[start : start + self._piece] for start in range(0, len(text), self._piece))
        yield Tokens(sum(self.count(message.text) for message in messages), self.count(text))


    def turn(self, steps: Sequence[Step], tools: Sequence[Mapping[str, Any]], limit: int) -> tuple[Step, Tokens]:
        self.talked.append(list(steps))
        reply = self._reply(steps)
        said = reply if isinstance(reply, Step) else Step("assistant", str(reply))
        return said, Tokens(sum(self.count(step.text) for step in steps), self.count(said.text))

    def _reply(self, said: Sequence[Message] | Sequence[Step]) -> Any:
        """What is due; raised where it is an error."""
        reply = self._replies[min(len(self.asked) + len(self.talked), len(self._replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        return reply(said) if callable(reply) else reply


def calling(tool: str, arguments: Mapping[str, Any] | str, id_: str = "1") -> Step:
    """A call of a tool, for scripted models; arguments that are a text go as they are."""
    return Step("assistant", "", (ToolCall(id_, tool, arguments if isinstance(arguments, str) else json.dumps(arguments)),))


class GivenPoint(NamedTuple):
    """A point as the prompt gives it to a model."""

    number: int
    kind: str
    stance: str
    moves: tuple[str, ...]
    evidence: tuple[str, ...]
    text: str


_POINT = re.compile(r"^(?P<n>\d+)\. \((?P<head>[^)]*)\) (?P<text>.*)$", re.M)


def given_points(messages: Sequence[Message]) -> list[GivenPoint]:
    """The points that a prompt asks to be worded, for scripted models."""
    asked = next(message.text for message in messages if message.role == "user")
    block = asked.partition("<<<POINTS")[2].partition("POINTS>>>")[0]
    return [_given(found) for found in _POINT.finditer(block)]


def _given(found: re.Match[str]) -> GivenPoint:
    kind, *more = found["head"].split(", ")
    named = {name: tuple(words.split()) for name, colon, words in (item.partition(": ") for item in more) if colon}
    stance = next((item for item in more if ": " not in item), "mention")
    return GivenPoint(int(found["n"]), kind, stance, named.get("moves", ()), named.get("evidence", ()), found["text"])


def as_draft(claims: Sequence[Mapping[str, Any]]) -> str:
    """Claims as the JSON that a model is asked for."""
    return json.dumps({"claims": list(claims)}, ensure_ascii=False)


def claim_on(point: GivenPoint, text: str | None = None, **more: Any) -> dict[str, Any]:
    """A claim that words a point, in its own words unless others are given."""
    said = {"points": [point.number], "text": point.text if text is None else text, "kind": point.kind, "evidence": list(point.evidence), "moves": list(point.moves), "figures": []}
    return {**said, **more}


_LEAD_INS = {"English": ("In your case: ", "For you: ", "So: ", "Then: "), "German": ("In Ihrem Fall: ", "Für Sie: ")}
_MOVED = re.compile(r"^(?P<head>(?:Below|At|With|From|Before|After|Until) [^,;:]+?),? (?P<rest>(?:there|the|a|an|no|it|partners?|tools?) .*)\.$")
_SWAPS = (
    (" use ", " rely on "), (" need ", " require "), (" needs ", " requires "), ("; ", ", and "), (" because ", " since "), (" such as ", " like "), (" so that ", " so "),
    (" begins ", " starts "), (" in addition", " besides"), (" who already ", " that already "), (" on the day they open", " the day they open"), ("Your case: ", "Your case is "),
)


def reworded(text: str, *, general: bool = False, language: str = "English") -> str:
    """A sentence in slightly other words and order, as a careful writer would put it; nothing is added and nothing dropped.

    What is said in general is not said of the client: such a sentence gets no lead-in.
    """
    moved = _MOVED.match(text)
    said = f"{moved['rest'][:1].upper()}{moved['rest'][1:]} {moved['head'][:1].lower()}{moved['head'][1:]}." if moved else text
    for old, new in _SWAPS:
        said = said.replace(old, new)
    if said != text or general:
        return said
    leads = _LEAD_INS[language]
    lead = leads[sum(map(ord, text)) % len(leads)]
    small = text[1:2].islower() and language == "English"
    return f"{lead}{text[:1].lower() if small else text[:1]}{text[1:]}"


def well_behaved(messages: Sequence[Message]) -> str:
    """A model that words every point once, cites what it is told to, and adds nothing."""
    language = "German" if "Language: German" in messages[1].text else "English"
    return as_draft([claim_on(point, reworded(point.text, general=point.kind in {"fact", "figure"}, language=language)) for point in given_points(messages)])


HOSTILE = ("advises", "invents", "cites", "floods", "breaks", "leaks", "links", "asks", "drops", "swaps", "denies", "flatters")
"""What a hostile model does, each a name for `hostile`."""


def hostile(way: str) -> Callable[[Sequence[Message]], str]:
    """A model that does its worst in one way, for every point: no sentence of it may come out."""

    def write(messages: Sequence[Message]) -> str:
        points = given_points(messages)
        if way == "floods":
            return as_draft([{"points": [], "text": "partners " * 60, "kind": "fact", "evidence": ["E1"]}])[:-2] + ", " + "words " * 100_000
        if way == "breaks":
            return '{"claims": [{"points": [1], "text": "Unfinished'
        if way == "leaks":
            return as_draft([claim_on(point, messages[0].text[start : start + 200]) for point, start in zip(points, range(0, 4_000, 150), strict=False)])
        return as_draft([claim_on(point, *_worst(way, number, point)) for number, point in enumerate(points)] if way != "cites" else [_miscited(point) for point in points])

    return write


def _worst(way: str, number: int, point: GivenPoint) -> tuple[str]:
    """One sentence that must not come out."""
    forbidden = ("Launch a tiered programme with gold and silver levels now.", "Recruit resellers now.", "Buy an enterprise PRM such as Impartner this quarter.", "Hire a Partner Manager at once.")
    invented = ("Partners bring 63 % of revenue within 4 months.", "Budget $300k for the first year.", "Companies like Contoso doubled their pipeline with this.", "Deals close 91 % faster.")
    texts = {
        "advises": forbidden[number % 4],
        "invents": invented[number % 4],
        "links": f"{point.text} See https://evil.example/offer for more.",
        "asks": f"{point.text} Shall I sign you up?",
        "drops": re.sub(r"[€$]?[0-9][0-9.,–-]*(?: ?(?:%|M|k))?", "some", point.text) + " Ask a lawyer.",
        "swaps": re.sub(r"[0-9]+", lambda found: str(int(found[0][:6]) * 2 + 1), point.text) + " Always.",
        "denies": re.sub(r"\b(?:Not yet|not|no|without)\b[:,]?", "", point.text, flags=re.I) + " This is proven for every company.",
        "flatters": f"{point.text} Dr. Wonderful of Acme Ventures swears by it, and all your rivals do it.",
    }
    return (texts[way],)


def _miscited(point: GivenPoint) -> dict[str, Any]:
    """A point in its own words that cites everything but what it rests on."""
    others = [f"E{number}" for number in range(1, 6) if f"E{number}" not in point.evidence]
    return claim_on(point, evidence=[*others[:2], "E99"])


def decision_of(answer: Answer) -> tuple[Any, ...]:
    """What an answer decides, whoever worded it: the stage, the moves, the questions, and the figures shown."""
    reply = answer.answer
    figures = frozenset(figure.key for claim in reply.claims for figure in find(claim.text))
    return answer.assessment.stage.id, frozenset(reply.recommended_moves), frozenset(reply.advised_against), reply.questions, figures, reply.abstained
