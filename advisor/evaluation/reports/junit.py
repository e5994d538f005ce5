"""JUnit's XML, which every CI shows: a test case for each case, a failure with the reason and the command to run it again."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from advisor.evaluation.reports.told import Told, reasons
from advisor.evaluation.results import Result


def report(told: Told) -> str:
    suites = [_suite(told, name) for name in told.run.suites]
    total, failed = len(told.run.results), len(_bad(told, told.run.results))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="advisor eval" tests="{total}" failures="{failed}">\n' + "".join(suites) + "</testsuites>\n"


def _suite(told: Told, name: str) -> str:
    results = told.run.of(name)
    seconds = sum(result.seconds for result in results)
    cases = "".join(_case(told, result) for result in results)
    return f"  <testsuite name={quoteattr(name)} tests=\"{len(results)}\" failures=\"{len(_bad(told, results))}\" time=\"{seconds:.3f}\">\n{cases}  </testsuite>\n"


def _bad(told: Told, results: Sequence[Result]) -> list[Result]:
    """What counts as a failure: what got worse where a gate was asked for, else what falls short."""
    if told.verdict is None:
        return [result for result in results if result.short]
    worse = {(change.suite, change.case) for change in told.verdict.worse}
    return [result for result in results if (result.suite, result.case) in worse]


def _case(told: Told, result: Result) -> str:
    head = f'    <testcase classname={quoteattr(result.suite)} name={quoteattr(result.case)} time="{result.seconds:.3f}"'
    if not _bad(told, [result]):
        return f"{head}/>\n"
    why = legal(reasons(result) or "a score got worse")
    text = legal(f"{why}\n\n{result.shown.get('text', '')}\n\n{told.again(result)}")
    return f"{head}>\n      <failure message={quoteattr(why)}>{escape(text)}</failure>\n    </testcase>\n"


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return "".join(character for character in text if character in "\t\n\r" or "\x20" <= character <= "\ud7ff" or "\ue000" <= character <= "\ufffd" or character >= "\U00010000")
