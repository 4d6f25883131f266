"""日历订阅: the page that gives out the address, and the calendar itself: titles of dues and sessions, and no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from icalendar import Calendar, Event

from youju.accounts.models import User
from youju.duties.feeds.actions import close_feed, open_feed
from youju.duties.feeds.models import Feed
from youju.duties.feeds.queries import feed_at, feed_of
from youju.duties.queries import outlook
from youju.duties.values import SETTLED, Standing, Status
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.queries import rights_in
from youju.people.roles.rules import Right
from youju.records.activities.rules import TALK_KINDS
from youju.records.activities.values import Status as SessionStatus
from youju.records.models import Session
from youju.web.shared import clock, place
from youju.web.today.rows import kinds_words

AHEAD = timedelta(days=400)
A_SESSION = timedelta(hours=2)  # a plan says when it begins and not when it ends


@dataclass(frozen=True)
class FeedPage:
    unit: Unit
    feed: Feed | None
    address: str  # told once, when it is opened


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """开通 by POST: the address stands on the page that answers, this once."""
    unit = place.unit_of(request)
    assert isinstance(request.user, User)
    address = ""
    if request.method == "POST":
        _, token = open_feed(user=request.user, unit=unit, by=request.user, at=clock.now())
        address = request.build_absolute_uri(reverse("today:calendar", args=[token]))
    page = FeedPage(unit, feed_of(request.user, unit), address)
    return render(request, "today/feed.html", {"page": page})


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """停用."""
    unit = place.unit_of(request)
    assert isinstance(request.user, User)
    try:
        close_feed(user=request.user, unit=unit, by=request.user, at=clock.now())
        messages.success(request, "已停用，原来的地址不再有内容。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(f"{reverse('today:feed')}?unit={unit.pk}")


@login_not_required
@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar. Who has lost the right, or the address, is told that there is none."""
    found = feed_at(token)
    on = clock.today()
    if found is None or Right.READ_RECORDS not in rights_in(found.user, found.unit, on=on):
        raise NotYours("没有这个日历，可能已经停用。")
    book = Calendar()
    book.add("prodid", "-//Youju//youju//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", f"{found.unit.short_name}应做")
    at = clock.now()
    for event in (*_dues(found.unit), *_sessions(found.unit)):
        event.add("dtstamp", at.astimezone(UTC))
        book.add_component(event)
    return HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")


def _dues(unit: Unit) -> Iterable[Event]:
    """What is not settled, as whole days; a planned one stands as its session."""
    view = outlook(unit, on=clock.today())
    for standing in (*view.standings, *view.single):
        if standing.status in (*SETTLED, Status.PLANNED, Status.UNKNOWN) or standing.due.state:
            continue
        event = Event()
        event.add("uid", f"{standing.due.key.replace('/', '-')}-{unit.pk}@youju")
        event.add("summary", _title(standing))
        event.add("dtstart", standing.due.owed_by)
        event.add("dtend", standing.due.owed_by + timedelta(days=1))
        yield event


def _title(standing: Standing) -> str:
    """逾期：第三季度党课. Of a measure only that one is due: what it says is for the page."""
    late = "逾期：" if standing.status is Status.LATE else ""
    title = standing.due.label if standing.due.source in ("measure", "task") else standing.due.title
    return f"{late}{title}（{standing.due.when}）" if standing.due.rhythm != "once" else f"{late}{title}"


def _sessions(unit: Unit) -> Iterable[Event]:
    """What is planned; of a talk only that it is one."""
    on = clock.today()
    rows = Session.objects.filter(ledger=unit, status=SessionStatus.PLANNED, held_on__gte=on, held_on__lte=on + AHEAD)
    for row in rows.prefetch_related("kind_rows").order_by("starts_at", "pk"):
        kinds = [kind.kind for kind in row.kind_rows.all()]
        names = kinds_words(kinds)
        event = Event()
        event.add("uid", f"session-{row.pk}@youju")
        event.add("summary", names if set(kinds) & TALK_KINDS else f"{names}：{row.title}")
        event.add("dtstart", _utc(row.starts_at))
        event.add("dtend", _utc(row.starts_at + A_SESSION))
        if row.place:
            event.add("location", row.place)
        yield event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
