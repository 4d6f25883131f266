"""属于哪项专项活动: the campaigns open on the day of a record, offered in its form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.forms import CheckboxSelectMultiple, MultipleChoiceField
from django.http import QueryDict

from youju.journal.values import Actor
from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.campaigns.actions import choose_campaigns
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.queries import campaigns_with, open_to
from youju.web.ledger.forms import Typed


class CampaignForm(Typed):
    chosen = MultipleChoiceField(
        label="属于哪项专项活动",
        required=False,
        widget=CheckboxSelectMultiple,
        help_text="只列这一天在时段里的。",
        error_messages={"invalid_choice": "选的专项活动不在这一天的时段里，请重新选择。"},
    )

    def __init__(self, typed: QueryDict | None, *, campaigns: Iterable[Campaign], chosen: Iterable[int] = ()) -> None:
        super().__init__(typed, prefix="c", initial={"chosen": list(chosen)})
        titles = {str(one.pk): one.title for one in campaigns}
        field = self.fields["chosen"]
        assert isinstance(field, MultipleChoiceField)
        field.choices = list(titles.items())
        self.offered = ",".join(titles)  # what this form says anything about; it comes back with what is typed


def campaign_form(
    typed: QueryDict | None, *, ledger: Unit, day: date, kept: Session | None = None
) -> CampaignForm:  # fmt: skip
    """Those open on the day and those the record belongs to, which are chosen."""
    mine = campaigns_with(kept) if kept else []
    found = {row.pk: row for row in (*mine, *open_to(ledger, day))}
    if typed is not None:  # what somebody has put it into since the form was opened is not the form's to take out
        seen = _ids(typed)
        found = {pk: row for pk, row in found.items() if row not in mine or pk in seen}
    return CampaignForm(typed, campaigns=found.values(), chosen=(row.pk for row in mine))


def write_campaigns(session: Session, form: CampaignForm, *, by: Actor | None, at: datetime) -> None:
    """Of what the form offered exactly what was chosen. Raises Refusal on ``campaigns``. Only after ``is_valid``."""
    offered = {int(pk) for pk in form.offered.split(",") if pk}
    others = {row.pk for row in campaigns_with(session)} - offered
    wanted = others | {int(pk) for pk in form.cleaned_data["chosen"]}
    choose_campaigns(session=session, campaign_ids=wanted, by=by, at=at)


def _ids(typed: QueryDict) -> set[int]:
    return {int(pk) for pk in typed.get("c-offered", "").split(",")[:200] if pk.isdecimal() and len(pk) <= 18}
