"""Whether a figure half remembered is corrected in the first sentence to the record it comes from, with the kind of evidence behind it."""

from __future__ import annotations

from advisor.answering.slots.numbers import split_cautions
from advisor.domain import Benchmark, EvidenceClass
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen

PHRASES = {
    EvidenceClass.VENDOR_SURVEY: "survey", EvidenceClass.VENDOR_PLATFORM_DATA: "platform", EvidenceClass.VENDOR_COMMISSIONED: "commissioned",
    EvidenceClass.UNTRACEABLE: "untraceable", EvidenceClass.SINGLE_CASE: "case", EvidenceClass.ANNUAL_REPORT: "report",
    EvidenceClass.PRACTITIONER: "practitioner", EvidenceClass.ANALYST: "analyst", EvidenceClass.ILLUSTRATION: "sample",
}  # fmt: skip


def corrects(case: Case, seen: Seen) -> Score | None:
    """A third each: a record is shown and cited; the first sentence says what is wrong; the kind of evidence is told."""
    of = case.expected.corrects
    if of is None:
        return None
    cited = {citation.id for citation in seen.reply.citations}
    shown = [record for id_ in of.to if (record := seen.record(id_)) and id_ in cited and seen.library.say_record(id_) in seen.said]
    missing = []
    if not shown:
        missing.append(f"the sentence of {' or '.join(of.to)} is not shown")
    if not any(words.lower() in seen.first.lower() for words in of.says):
        missing.append(f"the first sentence has none of: {listed(of.says)}")
    if shown and not _tells_evidence(shown[0], seen):
        missing.append(f"it is not said that {shown[0].id} is {shown[0].evidence_class}")
    return share(3 - len(missing), 3, "; ".join(missing))


def _tells_evidence(record: Benchmark, seen: Seen) -> bool:
    """Whether the caution of the record, or the phrase for its class of evidence, is said."""
    kind = PHRASES.get(record.evidence_class)
    phrases = seen.library.phrases
    ways = [*phrases.get(f"answers.caution.{kind}", ()), *phrases.get(f"answers.claim.{kind}", ()), *split_cautions(record.caution)[:1]]
    return kind is None or any(way in seen.said for way in ways)


SCORERS = (Scorer("correction", "grounding", "answers", corrects),)
