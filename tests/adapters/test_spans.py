"""OpenTelemetry spans of a question: off unless asked for, one for each hop, without words unless these are asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from advisor import Advisor
from advisor.errors import InputError, MissingExtra, ModelError
from advisor.settings import Settings, load_settings
from advisor.testing import ScriptedModel, well_behaved

PARTS = ("library", "book", "_model", "_finder", "_kinds", "_retriever")
QUESTION = "Zyntrix is at €3M ARR and the board wants partner tiers by March. Is that right for us?"


@pytest.fixture(scope="module")
def offline() -> Advisor:
    return Advisor()


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """What a host that has set up OpenTelemetry would send."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", lambda *named: provider.get_tracer(*named))
    return exporter


Asking = Callable[..., Advisor]


@pytest.fixture
def asking(offline: Advisor) -> Asking:
    def made(otel: Any, *replies: Any, **more: Any) -> Advisor:
        advisor = Advisor(Settings(home=offline.settings.home, otel=otel, **more), model=ScriptedModel(*replies, price=1.0) if replies else None)
        vars(advisor).update({name: getattr(offline, name) for name in PARTS})
        return advisor

    return made


def test_nothing_is_sent_unless_it_is_asked_for(asking: Asking, exported: InMemorySpanExporter) -> None:
    asking("off").ask(QUESTION)
    assert exported.get_finished_spans() == ()
    assert Settings(home=Advisor().settings.home).otel == "off"


def test_each_hop_is_a_span_below_that_of_the_question_and_lasts_until_the_next(asking: Asking, exported: InMemorySpanExporter) -> None:
    hops: list[str] = []
    advisor = asking("spans", well_behaved)
    advisor.trace = lambda hop, value: hops.append(hop)
    advisor.ask(QUESTION)
    *below, question = exported.get_finished_spans()
    assert question.name == "advisor.ask"
    assert question.context is not None
    assert [span.name for span in below] == [f"advisor.{hop}" for hop in hops]
    assert {"advisor.read", "advisor.assess", "advisor.select", "advisor.compose", "advisor.ground", "advisor.prompt", "advisor.written"} <= {span.name for span in below}
    assert {span.parent.span_id for span in below if span.parent} == {question.context.span_id}
    assert [span.start_time for span in below[1:]] == [span.end_time for span in below[:-1]]


def test_the_question_says_who_worded_it_and_what_that_took(asking: Asking, exported: InMemorySpanExporter) -> None:
    answer = asking("spans", well_behaved).ask(QUESTION)
    told = exported.get_finished_spans()[-1].attributes or {}
    assert (told["advisor.composer"], told["gen_ai.request.model"], told["advisor.tokens"]) == ("model", "scripted:model", answer.run.tokens)
    assert told["advisor.figures"] == answer.verification.figures


def _everything(spans: tuple[ReadableSpan, ...]) -> str:
    return "\n".join(span.to_json() for span in spans)


def test_spans_hold_no_words_figures_or_decisions_unless_asked(asking: Asking, exported: InMemorySpanExporter) -> None:
    answer = asking("spans", well_behaved).ask(QUESTION)
    sent = _everything(exported.get_finished_spans())
    assert answer.answer.claims
    for word in ("Zyntrix", "ARR", "tier", "March", answer.assessment.stage.id, answer.answer.claims[0].text):
        assert word not in sent, word


def test_with_contents_a_span_holds_what_a_trace_holds(asking: Asking, exported: InMemorySpanExporter) -> None:
    asking("contents").ask(QUESTION)
    read = next(span for span in exported.get_finished_spans() if span.name == "advisor.read")
    assert "€3M ARR" in str((read.attributes or {})["advisor.value"])


def test_a_question_that_ends_in_an_error_says_its_kind_and_not_its_words(asking: Asking, exported: InMemorySpanExporter) -> None:
    with pytest.raises(ModelError):
        asking("spans", ModelError("quota", "scripted:model"), require_model=True).ask(QUESTION)
    question = exported.get_finished_spans()[-1]
    assert question.status.status_code is trace.StatusCode.ERROR
    assert (question.attributes or {})["error.type"] == "quota"
    assert "Zyntrix" not in _everything(exported.get_finished_spans())
    assert question.events == ()


def test_without_the_package_the_extra_is_named(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with pytest.raises(MissingExtra, match="ADVISOR_OTEL"):
        asking("spans").ask(QUESTION)


def test_it_is_set_in_the_environment_and_nothing_else_is_taken() -> None:
    assert load_settings(environment={"ADVISOR_OTEL": "spans"}).otel == "spans"
    with pytest.raises(InputError, match="ADVISOR_OTEL"):
        load_settings(environment={"ADVISOR_OTEL": "loud"})
