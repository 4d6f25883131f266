"""How a room's first tables are laid (建表): all from the state in which the last of them stands."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState


class FirstTables(Migration):
    """A room's first migration. Django would build every related model anew after each table, and here unit and member relate
    all to all: most of the time a new ledger took."""

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        vars(project_state).pop("apps", None)  # a state that holds no built models only notes a new one
        state = self.mutate_state(project_state, preserve=False)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, state, state)
        return state
