"""One HTML file that stands alone: plots as SVG, no script, no address; every case that falls short with its answer, way and evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from advisor.evaluation import judge
from advisor.evaluation.reports import plots
from advisor.evaluation.reports.told import Told, got_worse, number, way
from advisor.evaluation.results import Result

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse; width: 100% } td, th { padding: .25rem .6rem; text-align: left; border-bottom: 1px solid #ddd; vertical-align: top }
.bad { color: #a40000; font-weight: 600 } details { border: 1px solid #ddd; border-radius: 4px; padding: .4rem .8rem; margin: .5rem 0 }
pre { white-space: pre-wrap; background: #f6f6f6; padding: .6rem; border-radius: 4px } svg { max-width: 100%; height: auto } .quiet { color: #666 }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd } pre { background: #262626 } td, th, details { border-color: #444 } .bad { color: #ff8a80 } }
"""


_BOLD = re.compile(r"\*\*(.+?)\*\*")


def report(told: Told) -> str:
    run = told.run
    held = len(run.results) - len(run.failed)
    parts = [
        f"<h1>Evaluation</h1><p>{held} of {len(run.results)} cases hold everything expected. Subject: {escape(run.subject)}.</p>",
        f'<p class="quiet">Begun {escape(run.began)}, {run.seconds:.1f} s, {run.cached} results reused. Knowledge {run.knowledge_version}, code {run.code_version}.</p>',
        _gate(told),
        "<h2>Score by suite</h2>", plots.by_suite(told.means),
        *(["<h2>Change against the baseline</h2>", plots.changes([*told.verdict.worse, *told.verdict.better])] if told.verdict else []),
        f"<h2>{'Cost' if plots.priced(run.results) else 'Time'} against quality</h2>", plots.cost(run.results),
        "<h2>All scores</h2>", _table(told),
        f"<h2>Cases that fall short ({len(run.failed)})</h2>", *(_case(told, result) for result in run.failed),
        _judge(told),
    ]  # fmt: skip
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>advisor eval</title><style>{STYLE}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _gate(told: Told) -> str:
    if told.verdict is None:
        return ""
    if told.verdict.passed:
        return f"<p>Gate passed: nothing got worse, {len(told.verdict.better)} scores are better.</p>"
    rows = "".join(f"<li>{escape(c.suite)} › {escape(c.case)} › {escape(c.scorer)}: {number(c.before)} → {number(c.after)} {escape(c.why)}</li>" for c in told.verdict.worse)
    return f'<p class="bad">Gate failed: {got_worse(told.verdict)}.</p><ul>{rows}</ul>'


def _judge(told: Told) -> str:
    head, *faults = judge.told(told.run) or [""]
    return f"<h2>Judge</h2><p>{escape(head)}</p>{_list(faults)}" if head else ""


def _table(told: Told) -> str:
    rows = "".join(
        f"<tr><td>{escape(m.suite)}</td><td>{escape(m.scorer)}</td><td>{m.group}</td><td{'' if m.met else ' class=bad'}>{number(m.mean)}</td><td>{m.cases}</td><td>{m.short}</td>"
        f"<td>{'' if m.target is None else f'{m.target:g}'}</td></tr>"
        for m in told.means
    )
    return f"<table><thead><tr><th>suite</th><th>score</th><th>group</th><th>mean</th><th>cases</th><th>short</th><th>target</th></tr></thead><tbody>{rows}</tbody></table>"


def _case(told: Told, result: Result) -> str:
    why = "".join(f"<li>{escape(name)} {number(score.value)}: {escape(score.why)}</li>" for name, score in result.short.items())
    shown = "".join(f"<h4>{title}</h4>{text}" for title, text in _shown(result.shown))
    again = f"<pre>{escape(told.again(result))}</pre>"
    return f"<details><summary><b>{escape(result.case)}</b> <span class=quiet>{escape(result.suite)}</span><ul>{why}</ul></summary>{shown}<h4>Run it again</h4>{again}</details>"


def _shown(shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parts of a case that are there, each under its heading."""
    parts = [("Question", _pre(shown.get("question"))), ("Answer", _BOLD.sub(r"<b>\1</b>", _pre(shown.get("text")))), ("Found", _list(shown.get("found", ())))]
    parts += [("The way to it", _list(way(shown)) + _folded("verdicts", shown.get("rules", ())))]
    cited = [f"[{each['n']}] {each['id']} ({each['applies']}): {each['says']}" for each in shown.get("citations", ())]
    parts += [("Evidence", _list(cited)), ("Facts read", _list([f"{name}: {quote}" for name, quote in shown.get("facts", {}).items()])), ("Faults", _list(shown.get("faults", ())))]
    return [(title, text) for title, text in parts if text]


def _folded(what: str, items: Any) -> str:
    return f"<details><summary>{len(items)} {what}</summary>{_list(items)}</details>" if items else ""


def _pre(text: Any) -> str:
    return f"<pre>{escape(str(text))}</pre>" if text else ""


def _list(items: Any) -> str:
    return f"<ul>{''.join(f'<li>{escape(str(item))}</li>' for item in items)}</ul>" if items else ""
