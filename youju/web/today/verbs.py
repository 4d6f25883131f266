"""From a due's verb and first values to the page that settles it: duties name the verb, addresses are known here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from youju.duties.replies.values import ANSWERED
from youju.duties.values import SETTLED, Due, Planned, Standing, Status
from youju.people.roles.rules import Right
from youju.web.shared.navigation import address

#: Verb → what its button says, the page on which a step is said to be done, and the one on which it stands.
STEPS = {
    "finish_milestone": ("填进展", "work:milestone", "work:project"),
    "finish_campaign_task": ("填落实", "work:task", "work:campaign"),
}


@dataclass(frozen=True)
class Button:
    label: str
    url: str
    primary: bool = False


def button_for(standing: Standing, *, rights: frozenset[Right], signin: bool = False) -> Button | None:
    """The one button of a row; None when the reader may not, or when nothing is to be done.

    ``signin``: the unit lets phones sign in, so a session of today begins with that.
    """
    if standing.status in SETTLED:
        return None
    late = standing.status is Status.LATE
    if standing.due.verb == "finish_measure":
        right, label, url = Right.WRITE_RECORDS, "填进展", problem_url(standing)
    elif standing.due.verb == "finish_task":
        right, label, url = Right.WRITE_RECORDS, "填落实", task_url(standing)
    elif standing.due.verb == "check_item":
        right, label, url = Right.WRITE_RECORDS, "记检查", item_url(standing, "check")
    elif standing.due.verb in STEPS:
        right, label, url = Right.WRITE_RECORDS, STEPS[standing.due.verb][0], step_url(standing)
    elif standing.due.verb == "answer_request":
        right, label, url = Right.WRITE_RECORDS, "写答复", request_url(standing)
    elif standing.due.verb == "appoint_committee":
        right, label, url = Right.WRITE_ROSTER, "去设置", address("people:index")
    elif standing.due.verb == "state_term":
        right, label, url = Right.WRITE_ROSTER, "登记任期", _terms_url(standing)
    elif standing.status is Status.PLANNED and standing.planned:
        right, label, url = Right.WRITE_RECORDS, *_planned(standing, standing.planned, signin)
    else:
        right, label, url = Right.WRITE_RECORDS, "补录" if late else "记一次", record_url(standing)
    return Button(label, url, primary=late) if right in rights and url else None


def _terms_url(standing: Standing) -> str:
    page = address("people:terms")
    return f"{page}?{urlencode({'unit': standing.due.unit_id})}" if page else ""


def record_url(standing: Standing) -> str:
    """记一次 with kinds, day and host filled in; a group's meeting begins at the group.

    A due that no figure counts goes along by its key, so that saving the record settles it.
    """
    values = standing.initial
    query = {"kinds": values.get("kinds", ""), "on": values.get("on", standing.on.isoformat())}
    query |= {"unit": values.get("host", str(standing.due.unit_id))}
    query |= {name: values[name] for name in ("for_year", "title") if name in values}
    if standing.due.verb in ANSWERED:
        query["due"] = standing.due.key
    page = address("ledger:new")
    return f"{page}?{urlencode(query)}" if page else ""


def _planned(standing: Standing, planned: Planned, signin: bool) -> tuple[str, str]:
    """A planned session is signed in to and recorded on its day, and looked at before."""
    if signin and planned.day == standing.on:
        return "去签到", reverse("signin:desk", args=[standing.due.unit_id, planned.number])
    held = planned.day <= standing.on
    return (
        ("记一次", session_url(standing.due.unit_id, planned.number, "hold"))
        if held
        else (
            "看安排",
            session_url(standing.due.unit_id, planned.number),
        )
    )


def session_url(ledger_id: int, number: str, page: str = "record") -> str:
    """The page of a session; empty while there is no ledger to show it."""
    try:
        return reverse(f"ledger:{page}", args=[ledger_id, number])
    except NoReverseMatch:
        return ""


def problem_url(standing: Standing) -> str:
    """The list of problems, at the one a measure belongs to."""
    values, page = standing.initial, address("problems:index")
    return f"{page}?{urlencode({'unit': values['unit']})}#{values['problem']}" if page else ""


def task_url(standing: Standing) -> str:
    """The page of a 落实事项, by the ledger it stands in."""
    return reverse("ledger:task", args=[int(standing.initial["unit"]), int(standing.initial["task"])])


def step_url(standing: Standing) -> str:
    """The progress of a milestone or of a task of a campaign."""
    values = standing.initial
    return reverse(STEPS[standing.due.verb][1], args=[int(values["unit"]), values["number"], int(values["position"])])


def whole_url(standing: Standing) -> str:
    """The project or the campaign of a step: who may not write reads there how it stands."""
    values = standing.initial
    return reverse(STEPS[standing.due.verb][2], args=[int(values["unit"]), values["number"]])


def request_url(standing: Standing) -> str:
    """The page of a request, by the unit it was told to."""
    return reverse("work:request", args=[int(standing.initial["unit"]), standing.initial["number"]])


def item_url(standing: Standing, page: str = "item") -> str:
    """An item of a list, or the form of its check."""
    values = standing.initial
    return reverse(f"lists:{page}", args=[int(values["unit"]), values["number"]])


def due_url(standing: Standing) -> str:
    """Why it is owed and how it stands."""
    due = standing.due
    if due.verb == "finish_measure":
        return problem_url(standing)
    if due.verb == "finish_task":
        return task_url(standing)
    if due.verb == "check_item":
        return item_url(standing)
    if due.verb in STEPS:
        return whole_url(standing)
    if due.verb == "answer_request":
        return request_url(standing)
    if due.rule is None:
        return single_url(due)
    page = reverse("today:due", args=[due.rule.id, due.code])
    return f"{page}?unit={due.unit_id}"


def single_url(due: Due, page: str = "single") -> str:
    """The page of a due that comes from no rule: named by its key."""
    return f"{reverse(f'today:{page}')}?{urlencode({'unit': due.unit_id, 'key': due.key})}"


def choose_button(standing: Standing, *, rights: frozenset[Right]) -> Button | None:
    """选一条记录, beside 记一次: what is asked for may have been done and recorded already."""
    if standing.due.verb not in ANSWERED or standing.status in SETTLED or Right.WRITE_RECORDS not in rights:
        return None
    return Button("选一条记录", single_url(standing.due) + "#choose")
