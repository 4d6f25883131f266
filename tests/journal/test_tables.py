"""A room's first tables are those Django would make one by one; their models are built once, not once a table."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from youju.journal.tables import FirstTables

pytestmark = pytest.mark.django_db


def table(name, *fields, **options):
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields], options)


def to_hub():
    return ("hub", models.ForeignKey("house.hub", models.PROTECT))


OPERATIONS = [
    table("Hub", ("name", models.CharField(max_length=9, unique=True))),
    table("Spoke", to_hub(), indexes=[models.Index(fields=["hub", "id"], name="spoke_of_hub")]),
    table("Rim", to_hub(), ("spoke", models.ForeignKey("house.spoke", models.PROTECT))),
    migrations.AddField("Spoke", "met", models.ManyToManyField("house.hub", related_name="+", through="house.rim")),
    table("Tyre", to_hub(), constraints=[models.CheckConstraint(condition=models.Q(hub__gte=1), name="tyre_has_hub")]),
]


def laid(kind, monkeypatch):
    """The statements that lay the tables, what the state then knows, and how many models were built for it."""
    built = []
    render = ModelState.render
    migration = type("Migration", (kind,), {"operations": OPERATIONS})("0001_first", "house")
    editor = connection.SchemaEditorClass(connection, collect_sql=True)
    editor.deferred_sql = []
    state = ProjectState()
    assert not state.apps.get_models()  # a state whose models are built already, as the executor gives it
    with monkeypatch.context() as patched:
        patched.setattr(ModelState, "render", lambda one, apps: built.append(one.name) or render(one, apps))
        state = migration.apply(state, editor)
    statements = [str(one) for one in [*editor.collected_sql, *editor.deferred_sql]]
    return {one.rstrip(";") for one in statements}, state, built


def creates(statements):
    """Without what Django does twice: on SQLite a table is made anew for a field that adds no column."""
    return {one for one in statements if one.startswith("CREATE") and "new__" not in one}


def test_the_tables_are_those_of_django(monkeypatch):
    own, state, _ = laid(FirstTables, monkeypatch)
    plain, expected, _ = laid(migrations.Migration, monkeypatch)
    assert len(creates(own)) >= 6
    assert creates(own) == creates(plain)
    assert state == expected


def test_each_model_is_built_once(monkeypatch):
    _, _, built = laid(FirstTables, monkeypatch)
    assert sorted(built) == ["Hub", "Rim", "Spoke", "Tyre"]
