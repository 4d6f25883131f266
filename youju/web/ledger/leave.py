"""请假 on the page of a planned session: who asked for it, and the form for somebody who rang."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import expected_at
from youju.records.activities.rules import expects_everybody_listed
from youju.records.activities.values import LeaveCategory, Status
from youju.records.leave.queries import asked_for
from youju.records.leave.values import Asked


class EnterForm(forms.Form):
    """Who, and under which category. There is nowhere to write a reason."""

    member = forms.TypedChoiceField(
        label="谁请假", coerce=int, error_messages={"required": "请选是谁请假。", "invalid_choice": "请从名单里选人。"}
    )
    category = forms.ChoiceField(
        label="类别",
        choices=[("", "请选类别"), *((c.value, c.zh) for c in LeaveCategory)],
        error_messages={"required": "请选请假类别。", "invalid_choice": "请选请假类别。"},
    )


@dataclass(frozen=True)
class LeaveCard:
    """``form`` is None for who may only read."""

    asked: tuple[Asked, ...]
    form: EnterForm | None


def leave_card(session: Session, rights: frozenset[Right], *, sent: EnterForm | None = None) -> LeaveCard | None:
    """The card of a session; None where nobody is expected by name, or where it was held and the roster says it."""
    kinds = tuple(row.kind for row in session.kind_rows.all())
    if session.status not in (Status.PLANNED, Status.CANCELLED) or not expects_everybody_listed(kinds):
        return None
    may = session.status == Status.PLANNED and Right.WRITE_RECORDS in rights
    return LeaveCard(asked_for(session), (sent or enter_form(session)) if may else None)


def enter_form(session: Session, data: object = None) -> EnterForm:
    """With the names of those who are expected and have not asked yet; one who has may be given another category."""
    kinds = tuple(row.kind for row in session.kind_rows.all())
    form = EnterForm(data, prefix="leave")  # type: ignore[arg-type]
    field = form.fields["member"]
    assert isinstance(field, forms.TypedChoiceField)
    people = expected_at(session.unit, kinds, session.held_on)
    field.choices = [("", "请选人"), *((person.member_id, person.name) for person in people)]
    return form
