"""自学抽查: drawn once a quarter by a seed anybody may compute again, held as one record, counted once."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.figures.queries import ask
from youju.journal.models import Line
from youju.kit.drawing import digest_of, drawn
from youju.kit.periods import Period
from youju.kit.refusal import Overtaken, Refusal
from youju.records.activities.actions import remove_activity
from youju.records.activities.models import Session
from youju.records.activities.values import RosterEntry
from youju.study.models import RosterPlace, SpotCheck
from youju.study.queries import about
from youju.study.spotchecks.actions import draw, drop, hold, link
from youju.study.spotchecks.queries import checks_of, find, met, recomputed
from youju.study.spotchecks.rules import usual_size
from youju.study.spotchecks.values import HeldDraft, Stage
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT, SEED = make.moment(TODAY), "3fa91c02"


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def drawing(cast: Cast, size: int = 4, seed: str = SEED) -> SpotCheck:
    return draw(unit=cast.branch, size=size, seed=seed, by=cast.clerk, at=AT)


def now(check: SpotCheck) -> SpotCheck:
    found = find(check.ledger, check.pk)
    assert found
    return found


def picked(check: SpotCheck) -> list[int]:
    return [place.member_id for place in now(check).places.all() if place.picked]


def held(check: SpotCheck, **more: object) -> Session:
    given: dict[str, object] = {
        "starts_at": AT, "checker_id": None, "met_ids": tuple(picked(check)[:3]), "outcome": "笔记有摘录有体会",
    }  # fmt: skip
    draft = HeldDraft(**(given | more))  # type: ignore[arg-type]
    return hold(check=check, draft=draft, revision=now(check).revision, by=None, at=AT)


def count(cast: Cast) -> int | float:
    return ask("自学抽查次数", cast.branch, Period.quarter(2026, 4), as_of=TODAY).value


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def test_the_same_seed_draws_the_same_places_and_anybody_may_compute_them() -> None:
    by_hand = sorted(range(1, 24), key=lambda n: sha256(f"{SEED}:{n}".encode()).hexdigest())[:5]
    assert drawn(SEED, 23, 5) == tuple(sorted(by_hand)) == drawn(SEED, 23, 5)
    assert drawn("00000000", 23, 5) != drawn(SEED, 23, 5) and drawn(SEED, 5, 5) == (1, 2, 3, 4, 5)
    assert digest_of([1, 2]) != digest_of([2, 1])
    assert [usual_size(many) for many in (0, 2, 9, 15, 16, 50)] == [0, 2, 3, 3, 4, 10]


def test_every_place_is_drawn_as_often_as_any_other() -> None:
    tally = [0] * 10
    for turn in range(2000):
        for place in drawn(f"{turn:08x}", 10, 3):
            tally[place - 1] += 1
    assert min(tally) > 520 and max(tally) < 680  # 600 each, give or take four deviations


def test_from_the_draw_to_one_record_that_counts_once(cast: Cast) -> None:
    check = drawing(cast)
    assert (check.title, check.seed, len(picked(check))) == ("2026年第四季度自学抽查", SEED, 4)
    assert now(check).stage is Stage.DRAWN and count(cast) == 0 and recomputed(now(check))
    assert refused(lambda: drawing(cast))[1].startswith("这个季度2026年11月20日已经抽过")
    session = held(check, checker_id=cast.people[0].pk)
    assert (session.title, session.outcome) == (check.title, "笔记有摘录有体会")
    assert [row.kind for row in session.kind_rows.all()] == ["self_study_check"]
    assert now(check).stage is Stage.HELD and met(now(check)) == 3 and count(cast) == 1 and faults() == []
    assert "已经记过" in refused(lambda: held(check, checker_id=cast.people[0].pk))[1]
    assert "已经记过" in refused(lambda: drop(check=check, revision=2, reason="换", by=None, at=AT))[1]
    remove_activity(session=session, reason="记错了", by=None, at=AT)
    assert now(check).stage is Stage.DRAWN and met(now(check)) == 0 and count(cast) == 0
    held(check, checker_id=cast.people[0].pk)
    assert count(cast) == 1 and faults() == []


def test_a_record_that_is_there_already_is_linked_and_counts_once(cast: Cast) -> None:
    check = drawing(cast)
    who = tuple(RosterEntry(pk) for pk in picked(check)[:2])
    session = make.activity(cast.branch, "self_study_check", TODAY, roster=who)
    elsewhere = make.activity(cast.other, "self_study_check", TODAY, roster=())
    assert refused(lambda: link(check=check, number="2026-抽查-09", revision=1, by=None, at=AT))[0] == "record"
    assert elsewhere.number == session.number  # ledgers number alike; only one's own is meant
    link(check=check, number=session.number, revision=1, by=None, at=AT)
    assert now(check).record == session and met(now(check)) == 2 and count(cast) == 1


def test_a_second_draw_needs_a_reason_and_the_first_stays_to_be_seen(cast: Cast) -> None:
    check = drawing(cast)
    assert refused(lambda: drop(check=check, revision=1, reason=" ", by=None, at=AT))[0] == "reason"
    with pytest.raises(Overtaken):
        drop(check=check, revision=7, reason="有人调走", by=None, at=AT)
    drop(check=check, revision=1, reason="有人调走", by=None, at=AT)
    again = drawing(cast, seed="00000001")
    assert [(one.stage, one.seed) for one in checks_of(cast.branch, year=2026)] == [
        (Stage.DRAWN, "00000001"), (Stage.DROPPED, SEED),
    ]  # fmt: skip
    assert "已经作废" in refused(lambda: held(check, checker_id=cast.people[0].pk))[1] and again.pk != check.pk
    assert faults() == []


def test_wrong_input_is_refused_beside_its_field(cast: Cast) -> None:
    assert refused(lambda: drawing(cast, 0))[0] == refused(lambda: drawing(cast, 10))[0] == "size"
    check, checker = drawing(cast), cast.people[0].pk
    other = next(place.member_id for place in now(check).places.all() if not place.picked)
    assert refused(lambda: held(check))[0] == "checker"
    assert refused(lambda: held(check, checker_id=checker, met_ids=()))[0] == "met"
    assert refused(lambda: held(check, checker_id=checker, met_ids=(other,)))[0] == "met"
    assert refused(lambda: held(check, checker_id=checker, outcome=" "))[0] == "outcome"
    early = {"starts_at": make.moment(date(2026, 11, 19)), "checker_id": checker}
    assert refused(lambda: held(check, **early))[0] == "day"
    assert refused(lambda: held(check, starts_at=make.moment(date(2026, 11, 21)), checker_id=checker))[0] == "day"
    assert not Session.objects.exists()


def test_whoever_touches_the_draw_is_seen(cast: Cast) -> None:
    check = drawing(cast)
    first = RosterPlace.objects.filter(spot_check=check, picked=False).first()
    assert first
    RosterPlace.objects.filter(pk=first.pk).update(picked=True)
    assert [fault.sentence for fault in faults()] == ["2026年第四季度自学抽查与最后一次修订不一致。"]


def test_a_member_learns_that_he_was_drawn(cast: Cast) -> None:
    check = drawing(cast)
    for person in cast.people:
        told = about(person)["自学抽查抽到"]
        assert isinstance(told, list) and bool(told) == (person.pk in picked(check))


@pytest.mark.django_db(transaction=True)
def test_two_who_draw_at_once_draw_one(cast: Cast) -> None:
    def click(seed: str) -> str:
        try:
            return drawing(cast, seed=seed).seed
        except Refusal:
            return "refused"

    assert "refused" in together(lambda: click("00000001"), lambda: click("00000002"))
    assert SpotCheck.objects.count() == 1
