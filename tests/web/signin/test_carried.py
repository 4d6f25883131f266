"""Two cookies, two rights: a picked name is taken through every address of the site and reads nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import make
from tests.web.signin.rooms import TODAY, code_of, meeting, named
from youju.journal.models import Line, Slip
from youju.people.models import Member, Unit
from youju.records.models import Session
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.web.signin.carried import NAME, SCAN

pytestmark = pytest.mark.django_db
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        else:
            yield "/" + route


def filled(route: str, values: dict[str, object]) -> str:
    """Places that no value is known for get a 1 or a word: what is asked then is still an address of ours."""
    return PLACE.sub(lambda found: str(values.get(found[2], "1" if found[1] == "int" else "x")), route)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    found = meeting()
    cast = found.cast
    make.activity(cast.branch, "party_meeting", TODAY.replace(day=5), title="绝不外传的会")
    raise_problem(
        unit=cast.branch, draft=ProblemDraft("绝不外传的问题", Source.SELF, TODAY, 2026), measures=(MeasureDraft("每季度抽查"),),
        by=None, at=make.moment(TODAY, 0, 5),
    )  # fmt: skip
    return found


def test_a_picked_name_reads_nothing_at_any_address(room) -> None:  # type: ignore[no-untyped-def]
    person, others = room.cast.people[3], [p for p in room.cast.people if p != room.cast.people[3]]
    phone = named(room.session, person)
    name = phone.cookies[NAME].value
    held = Session.objects.get(title="绝不外传的会")
    secrets = [
        held.title,
        held.number,
        "绝不外传的问题",
        *(f"{p.name}<" for p in others),
        *(f"{p.name}," for p in others),
    ]
    routes = sorted(set(addresses(get_resolver().url_patterns)))
    assert len(routes) > 50
    unit = room.cast.branch.pk
    opened = set()
    for own in (True, False):
        session = room.session if own else held
        values = {
            "ledger_id": unit, "number": session.number, "session_id": session.pk, "member_id": others[0].pk, "unit_id": unit,
            "code": "1.1.x", "post_id": others[0].posts.values_list("pk", flat=True).first() or 1,
        }  # fmt: skip
        for route in routes:
            for method in ("get", "post"):
                bare = Client()
                bare.cookies[NAME] = name
                answer = getattr(bare, method)(
                    filled(route, values) + f"?unit={unit}", {"member": others[0].pk} if method == "post" else {}
                )
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                said = body.decode(errors="replace")
                assert not [word for word in secrets if word in said], (method, route)
                assert "sessionid" not in answer.cookies, route
                if answer.status_code == 200:
                    opened.add(route)
    # What opens is his own sign-in, and what stands open to every stranger.
    assert opened == {route for route in opened if route.startswith(("/login/", "/signin/at/"))}
    assert "/signin/at/<int:session_id>/" in opened and "/signin/at/<int:session_id>/other/" not in opened


def test_walking_signs_nobody_but_its_owner(room) -> None:  # type: ignore[no-untyped-def]
    """The same walk by POST leaves one slip, its owner's, and not a line in the journal."""
    person, other = room.cast.people[3], room.cast.people[4]
    phone = named(room.session, person)
    lines = Line.objects.count()
    bare = Client()
    bare.cookies[NAME] = phone.cookies[NAME].value
    values = {
        "ledger_id": room.cast.branch.pk,
        "number": room.session.number,
        "session_id": room.session.pk,
        "member_id": other.pk,
    }
    for route in sorted(set(addresses(get_resolver().url_patterns))):
        bare.post(filled(route, values), {"member": other.pk, "rest": "absent", "reason": "错"})
    assert [slip.member_id for slip in Slip.objects.all()] == [person.pk]
    assert Line.objects.count() == lines
    assert Unit.objects.count() == 5 and Member.objects.filter(pk=other.pk, forgotten_at=None).exists()


def test_the_scan_alone_shows_names_to_pick_and_no_more(room) -> None:  # type: ignore[no-untyped-def]
    phone = Client()
    phone.get(f"/signin/s/{code_of(room.session)}/")
    assert SCAN in phone.cookies and NAME not in phone.cookies
    assert room.cast.people[0].name in phone.get(room.at()).content.decode()
    for path in (room.url("desk"), room.url("screen"), "/", "/people/", "/me/"):
        assert phone.get(path)["Location"].startswith("/login/")
