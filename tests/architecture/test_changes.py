"""Who may write, who may look at the clock, and that nothing listens for signals."""

import ast
import re

import pytest

from tests.architecture.house import Source, dotted, faults

ALWAYS_WRITES = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "aupdate",
    "adelete",
    "asave",
}
SAVE_WORDS = {"update_fields", "force_insert", "force_update", "using"}
SQL_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|DROP|ALTER)\b", re.IGNORECASE)
DOORS = {"web", "cli", "config"}
CLOCK = {"now", "utcnow", "today"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "dt", "dates"}


def is_write(call: ast.Call) -> bool:
    """Whether a call changes a table, judged by its form: `file.save(path)` and `digest.update(data)` do not."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, words = call.func.attr, {word.arg for word in call.keywords}
    if name in ALWAYS_WRITES:
        return True
    if name == "execute":
        return any(isinstance(arg, ast.Constant) and SQL_WRITE.match(str(arg.value)) for arg in call.args)
    if call.args:
        return False
    if name == "save":
        return words <= SAVE_WORDS
    if name == "delete":
        return not words
    return (name == "update" and bool(words)) or name == "create"


def writes_outside_actions(source: Source) -> list[str]:
    """A change has one verb, one transaction and one journal line; all that lives in actions.py."""
    if source.shape in {"actions", "migrations"}:
        return []
    return [
        f"{source.at(node)}: .{node.func.attr}() writes; write a verb in actions.py and call it"
        for node in source.nodes()
        if isinstance(node, ast.Call) and is_write(node) and isinstance(node.func, ast.Attribute)
    ]


def listens_for_signals(source: Source) -> list[str]:
    """Nothing below knows its followers: a derived thing compares versions when it is asked for."""
    found = []
    for node in source.nodes():
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            module = node.module or ""
            if module.endswith("signals") or module.startswith("django.dispatch") or "signals" in names:
                found.append(f"{source.at(node)}: signals; let the reader compare versions instead")
        elif isinstance(node, ast.Import) and any("signals" in alias.name for alias in node.names):
            found.append(f"{source.at(node)}: signals; let the reader compare versions instead")
    return found


def looks_at_the_clock(source: Source) -> list[str]:
    """The day is passed in: what was owed on a past day must be askable on any later one."""
    if source.room in DOORS or source.shape in {"tasks", "migrations"}:
        return []
    return [
        f"{source.at(node)}: looks at the clock; take the day or the moment as an argument"
        for node in source.nodes()
        if is_clock(node)
    ]


def is_clock(node: ast.AST) -> bool:
    """A reading of the clock, a default that reads it, or a column that does."""
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value).split(".")[-1]
        return (node.attr in CLOCK and owner in CLOCK_OWNERS) or (node.attr == "time" and owner == "time")
    if isinstance(node, ast.keyword):
        return node.arg in {"auto_now", "auto_now_add"}
    if isinstance(node, ast.Call):
        name = dotted(node.func).split(".")[-1]
        bare = isinstance(node.func, ast.Name) and name in CLOCK | {"Now"}
        return bare or (name in {"localdate", "localtime"} and not node.args and not node.keywords)
    return False


def test_only_actions_write() -> None:
    assert faults(writes_outside_actions) == []


@pytest.mark.parametrize(
    "line",
    [
        "Unit.objects.create(name='x')",
        "unit.save()",
        "unit.save(update_fields=['name'])",
        "unit.delete()",
        "self.items.create(text='x')",
        "Unit.objects.filter(pk=1).update(name='x')",
        "Unit.objects.bulk_create(rows)",
        "cursor.execute('UPDATE people_unit SET name = 1')",
    ],
)
def test_a_planted_write_is_seen(line: str) -> None:
    assert writes_outside_actions(Source("web/today/views.py", line))
    assert writes_outside_actions(Source("people/units/queries.py", line))
    assert writes_outside_actions(Source("people/units/actions.py", line)) == []


@pytest.mark.parametrize(
    "line", ["document.save(path)", "image.save(buffer, format='PNG')", "digest.update(data)", "seen.update({1: 2})"]
)
def test_what_only_looks_like_a_write_is_let_through(line: str) -> None:
    assert writes_outside_actions(Source("paper/writing/docx.py", line)) == []


def test_nothing_listens_for_signals() -> None:
    assert faults(listens_for_signals) == []


@pytest.mark.parametrize(
    "line",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "import django.core.signals",
    ],
)
def test_a_planted_signal_is_seen(line: str) -> None:
    assert listens_for_signals(Source("records/activities/models.py", line))


def test_the_clock_is_read_at_the_doors_only() -> None:
    assert faults(looks_at_the_clock) == []


@pytest.mark.parametrize(
    "line",
    [
        "timezone.now()",
        "datetime.datetime.now(UTC)",
        "date.today()",
        "timezone.localdate()",
        "now()",
        "Now()",
        "time.time()",
        "at = models.DateTimeField(default=timezone.now)",
        "at = models.DateTimeField(auto_now_add=True)",
    ],
)
def test_a_planted_clock_is_seen(line: str) -> None:
    assert looks_at_the_clock(Source("duties/rules.py", line))
    assert looks_at_the_clock(Source("web/today/views.py", line)) == []
    assert looks_at_the_clock(Source("upkeep/tasks.py", line)) == []


def test_a_given_moment_is_no_clock() -> None:
    assert (
        looks_at_the_clock(Source("duties/rules.py", "timezone.localtime(at); timezone.localdate(at); today - day"))
        == []
    )
