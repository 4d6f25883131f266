"""Keys between tables point down, and whoever keeps something of a person can show it and let it go."""

import ast

import pytest

from tests.architecture.house import Source, faults, floor_of, sources

KEYS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def targets(source: Source) -> list[tuple[ast.Call, str]]:
    """The keys of a file that name their table as a string or as a class, with that name."""
    found = []
    for node in source.nodes():
        if not isinstance(node, ast.Call) or dotted_name(node.func) not in KEYS:
            continue
        first = node.args[0] if node.args else next((word.value for word in node.keywords if word.arg == "to"), None)
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            found.append((node, first.value))
        elif first is not None:
            found.append((node, ast.unparse(first)))
    return found


def dotted_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def keys_upward(source: Source) -> list[str]:
    """A key by string is an import the linter cannot see."""
    if source.shape == "migrations":
        return []
    return [
        f"{source.at(node)}: a key from {source.room} up to {name}; let the upper row point down"
        for node, name in targets(source)
        if "." in name and not name.startswith("settings.") and floor_of(name.split(".")[0]) > floor_of(source.room)
    ]


def keeps_persons(source: Source) -> bool:
    """Whether a file has a table with a key to Member."""
    return source.shape != "migrations" and any(name.split(".")[-1] == "Member" for _, name in targets(source))


def defines(source: Source, function: str) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in source.tree.body)


def folders_that_cannot_forget(house: list[Source]) -> list[str]:
    """Nouns with a key to Member, and their rooms, that cannot say what they keep of him or cannot let it go."""
    nouns = {source.place.rsplit("/", 1)[0] for source in house if keeps_persons(source)}
    folders = sorted(nouns | {noun.split("/")[0] for noun in nouns})
    return [
        f"youju/{folder}: keeps something of a Member and has no {shape}.{function}(member)"
        for folder in folders
        for shape, function in (("queries", "about"), ("actions", "forget"))
        if not any(source.place == f"{folder}/{shape}.py" and defines(source, function) for source in house)
    ]


def test_no_key_points_up() -> None:
    assert faults(keys_upward) == []


def test_a_planted_key_upward_is_seen() -> None:
    line = 'activity = models.ForeignKey("records.Activity", on_delete=models.PROTECT)'
    assert "people up to records.Activity" in keys_upward(Source("people/members/models.py", line))[0]
    assert keys_upward(Source("records/activities/models.py", line.replace("records.Activity", "people.Member"))) == []
    assert keys_upward(Source("people/members/models.py", line.replace("records.Activity", "Member"))) == []


def test_whoever_keeps_persons_can_show_and_forget_them() -> None:
    assert folders_that_cannot_forget(sources()) == []


@pytest.mark.parametrize("key", ['"people.Member"', "Member", 'to="people.Member"'])
def test_a_noun_that_cannot_forget_is_seen(key: str) -> None:
    table = Source("records/visits/models.py", f"a = models.ForeignKey({key}, on_delete=models.PROTECT)")
    about = [Source(f"{folder}/queries.py", "def about(member): ...") for folder in ("records", "records/visits")]
    forget = [Source(f"{folder}/actions.py", "def forget(member): ...") for folder in ("records", "records/visits")]
    assert len(folders_that_cannot_forget([table])) == 4
    assert folders_that_cannot_forget([table, *about, forget[0]]) == [
        "youju/records/visits: keeps something of a Member and has no actions.forget(member)"
    ]
    assert folders_that_cannot_forget([table, *about, *forget]) == []


def test_the_guards_look_at_something() -> None:
    """If they looked at nothing, they would pass for ever."""
    assert any(keeps_persons(source) for source in sources())
