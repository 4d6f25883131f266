"""What setting, changing and finishing a step have in common, inside the transaction of its owner."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.people.members.models import Membership
from youju.people.units.models import Unit
from youju.records.steps.models import Step
from youju.records.steps.values import StepDraft
from youju.store.models import StoredFile


class Owned(Protocol):
    owner_id: int | None


def checked(draft: StepDraft, *, unit: Unit, name: str, kept_owner: int | None = None) -> str:
    """The words of the step. Raises Refusal on ``text`` or ``owner``."""
    text = needed(draft.text, field="text", name=name, most=200)
    check_owner(draft.owner_id, unit=unit, kept=kept_owner)
    return text


def check_owner(owner_id: int | None, *, unit: Unit, kept: int | None = None) -> None:
    """An id of anybody else would tell his name. Who belonged here once may still answer for what he began."""
    if owner_id is None or owner_id == kept:
        return
    if not Membership.objects.in_unit(unit).filter(member_id=owner_id).exists():
        raise Refusal("owner", "责任人不在本组织，请重新选择。")


def mark_done(step: Step, *, proof: str, on: date, file: StoredFile | None, since: date, today: date) -> None:
    """Done on a day, with a word of what was done. Raises Refusal on ``proof``, ``done_on`` or ``file``."""
    proof = needed(proof, field="proof", name="落实情况", most=2000)
    if on > today:
        raise Refusal("done_on", "完成日期不能在将来。")
    if on < since:
        raise Refusal("done_on", f"完成日期不能早于开始的那天（{chinese_date(since)}）。")
    check_file(file)
    step.proof, step.done_on = proof, on
    step.file = file or step.file
    step.save(update_fields=["proof", "done_on", "file"])


def check_file(file: StoredFile | None) -> None:
    if file and StoredFile.objects.filter(pk=file.pk, erased_at__isnull=False).exists():
        raise Refusal("file", "这份文件已经清除，不能作佐证。")
