"""What a model is given: the evidence by number, the verdicts, the points, the question; never more than its window takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.answering.brief import Brief
from advisor.answering.masking import Mask
from advisor.answering.points import Point
from advisor.domain import Applies, DraftClaim, Evidence, EvidenceKind, Stance
from advisor.ports import ChatModel

_MOST_BESIDE = 4  # passages beside what the points rest on
_MOST_UNFIT = 4
_EACH = 700  # characters that are shown of a piece of evidence
_SHARE = 0.5  # of the window that evidence may take
_LANGUAGES = {"en": "English", "de": "German"}


@dataclass(frozen=True)
class Material:
    """The parts of the prompt, with the names of the client hidden; the evidence of the answer, and under which number a piece of it is shown."""

    evidence: Mapping[str, Evidence]
    numbers: Mapping[str, str]
    texts: Mapping[str, str]

    @classmethod
    def of(
        cls, briefs: Sequence[Brief], draft: Sequence[DraftClaim], held: Mapping[str, Evidence], language: str, points: Sequence[Point], mask: Mask, model: ChatModel,
        *, lean: bool = False,
    ) -> Material:  # fmt: skip
        """The material for an answer. Names of the question are learnt first, so that they are hidden wherever they stand again.

        A lean one holds what the points rest on and nothing beside it.
        """
        asked = "\n".join(dict.fromkeys(mask.hide(brief.ask.text) for brief in briefs))
        evidence = dict(held)
        for brief in briefs:
            evidence |= {id_: brief.shelf.take(id_) for id_ in _beside(brief) if id_ not in evidence and not lean}
        needed = {id_ for point in points for id_ in point.draft.evidence}
        shown: dict[str, str] = {}
        room = int(model.window * _SHARE)
        for id_, piece in evidence.items():
            line = mask.hide_names(_line(f"E{len(shown) + 1}", piece))
            room -= model.count(line)
            if id_ in needed or (room > 0 and not lean):
                shown[id_] = line
        evidence = {id_: piece for id_, piece in evidence.items() if id_ in shown or id_ in held}
        numbers = {f"E{n}": id_ for n, id_ in enumerate(shown, 1)}
        names = {id_: name for name, id_ in numbers.items()}
        texts = {
            "evidence": "\n".join(shown.values()) or "none",
            "unfit": "\n".join(dict.fromkeys(f"- {mask.hide_names(text)}" for brief in briefs if not lean for text in _unfit(brief))) or "none",
            "verdicts": "\n".join(_verdicts(briefs[0])) or "none",
            "questions": "\n".join(f"- {mask.hide(item.text)}" for item in draft if item.block == "question") or "none",
            "points": "\n".join(_point(point, names, mask) for point in points),
            "asked": asked,
            "language": _LANGUAGES.get(language, language),
        }
        return cls(evidence, numbers, texts)

    def values(self) -> Mapping[str, str]:
        """The variables of the prompt."""
        return self.texts

    def id_of(self, name: str) -> str | None:
        """The evidence that a number of the prompt stands for: `E3`, `[E3]` or `3`."""
        plain = name.strip("[]() .").upper()
        return self.numbers.get(plain if plain.startswith("E") else f"E{plain}")


def _beside(brief: Brief) -> Iterator[str]:
    """Passages on the question that hold for this client, beside those that the answer rests on."""
    hits = brief.selection.hits if brief.assessment.in_scope and brief.gap is None else ()
    found = [hit.id for hit in hits if hit.kind is EvidenceKind.PASSAGE and brief.shelf.take(hit.id).applies == "yes"]
    return iter(found[:_MOST_BESIDE])


def _unfit(brief: Brief) -> list[str]:
    """Records on what is asked that are about another kind of client."""
    return [brief.shelf.library.say_record(record.id) for record in brief.selection.that(Applies.NO)[:_MOST_UNFIT]]


def _line(name: str, piece: Evidence) -> str:
    holds = {"no": "does not hold for this client", "unknown": "holds only if its condition is met"}.get(piece.applies, "")
    also = " ".join(piece.also)[: _EACH // 2]
    parts = [f"[{name}]", f"{piece.title}.", f"({holds})" if holds else "", " ".join(piece.says.split())[:_EACH], also]
    return " ".join(part for part in parts if part)


def _verdicts(brief: Brief) -> Iterator[str]:
    assessment = brief.assessment
    yield f"- stage: {assessment.stage.label}"
    for label, moves in (("advised", assessment.recommended_moves), ("never advise", assessment.forbidden_moves)):
        if moves:
            yield f"- {label}: {', '.join(brief.noun(move) for move in moves)}"


def _point(point: Point, names: Mapping[str, str], mask: Mask) -> str:
    stance = "" if point.claim.stance is Stance.MENTION else f", {point.claim.stance.value.replace('_', ' ')}"
    moves = f", moves: {' '.join(point.claim.moves)}" if point.claim.moves and stance else ""
    evidence = ", evidence: " + " ".join(names[id_] for id_ in dict.fromkeys(point.draft.evidence)) if point.draft.evidence else ""
    return f"{point.number}. ({point.draft.kind}{stance}{moves}{evidence}) {mask.hide(point.draft.text)}"
