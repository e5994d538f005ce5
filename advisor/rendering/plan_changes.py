"""What changed between two plans, as Markdown."""

from __future__ import annotations

from advisor.domain.plan import Plan
from advisor.planning.diff import PlanDiff
from advisor.rendering.words import page, table


def changes_markdown(diff: PlanDiff, plan: Plan) -> str:
    """A table of changes, in the language of the newer plan."""
    labels = page(plan.language)

    def say(key: str) -> str:
        return labels.say(f"plan.diff.{key}")

    lines = [f"# {say('title')}", "" if diff.same_client else f"\n{say('other_client')}\n"]
    if not diff.changes:
        return "\n".join([*lines, say("nothing")]) + "\n"
    titles = {task.id: task.title.text for task in plan.tasks}
    rows: list[tuple[object, ...]] = [
        (say(f"what.{each.what}"), titles.get(each.id, each.before or each.after or each.id) if each.what == "task" else each.id,
         say(f"field.{each.field}") if each.field else say("gone" if each.after is None else "came"), each.before or "", each.after or "")
        for each in diff.changes
    ]  # fmt: skip
    return "\n".join([*lines, table((say("kind"), say("of"), say("how"), say("before"), say("after")), rows)]) + "\n"
