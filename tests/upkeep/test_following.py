"""By night and by the worker scores follow the ledger; verify finds what was changed behind their back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests import make
from tests.cast import standing_cast
from tests.library.making import document
from tests.study.making import LAST, answered, published, questions
from youju.duties.models import ScoreTotal, UnitScore
from youju.duties.scores.checking import differing
from youju.duties.scores.queries import YEARS, stale_below
from youju.library.documents.actions import remove
from youju.library.documents.queries import last_serial
from youju.library.entitlements.values import OWNER
from youju.library.passages.store import store
from youju.library.passages.values import key_of
from youju.library.passages.variants import near_groups
from youju.library.search.queries import index
from youju.study.selftests.queries import often_missed
from youju.study.selftests.values import Missed
from youju.upkeep.following import follow_library, follow_up
from youju.upkeep.nightly import night
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def test_by_night_every_year_that_is_shown_follows():
    cast = standing_cast()
    night(at=make.moment(ON, 23))
    assert UnitScore.objects.count() == 2 * YEARS
    assert all(stale_below(cast.above.path, year).many == 0 for year in range(ON.year, ON.year - YEARS, -1))
    assert follow_up(on=ON) == 0


def test_by_night_self_tests_that_are_over_are_counted():
    cast = standing_cast()
    test = published(cast.branch, questions(cast.branch), last=LAST)
    for person in cast.people[:5]:
        answered(person, test, [2, 1, 1])
    night(at=make.moment(LAST, 23))
    assert often_missed(test) is None
    night(at=make.moment(LAST + timedelta(days=1), 3))
    assert [one.missed for one in often_missed(test)] == [Missed.MOST]


def test_a_worker_may_stop_and_go_on():
    cast = standing_cast()
    assert follow_up(on=ON, most=1) == 2  # a batch is the least
    assert follow_up(on=ON, most=100) == 2 * (YEARS - 1)
    make.activity(cast.branch, "theme_day", date(2026, 11, 6))
    assert follow_up(on=ON, most=100) == 1


def test_what_is_only_stale_is_no_fault():
    cast = standing_cast()
    follow_up(on=ON)
    make.activity(cast.branch, "theme_day", date(2026, 11, 6))
    assert list(differing()) == []


def test_a_score_or_a_total_changed_behind_our_back_is_found():
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2026, 11, 6))
    follow_up(on=ON)
    row = UnitScore.objects.get(unit=cast.branch, year=2026)
    other = UnitScore.objects.get(unit=cast.other, year=2026)
    UnitScore.objects.filter(pk=row.pk).update(body=other.body)
    assert len(list(differing())) == 2  # the row, and with it the totals that hold it
    UnitScore.objects.filter(pk=row.pk).update(body=row.body)
    assert list(differing()) == []
    ScoreTotal.objects.filter(path=cast.above.path, year=2026).delete()
    assert ["合计" in sentence for sentence in differing()] == [True]


class TestTheLibrary:
    def test_its_indexes_follow_by_night_and_by_the_worker(self) -> None:
        assert follow_library() == 0 and not (Path(settings.DATA) / "index").exists()
        long = "".join(f"第{n}件事是到{n}号村走访{n * 7}户，帮着解决了{n * 3}个难题。" for n in range(40))
        rows = [document(long), document(f"{long}改了结尾")]
        night(at=make.moment(ON, 23))
        assert store().keys() == [key_of(row.pk) for row in rows] and index().serial() == last_serial()
        assert near_groups(OWNER) == [tuple(row.pk for row in rows)]
        document("又来的一篇")
        assert follow_library() == 1  # one text, in two indexes
        assert follow_library() == 0

    def test_by_night_what_was_taken_out_leaves_the_passages(self) -> None:
        rows = [document(f"第{n}篇：全年走访农户二百户，帮着解决难题三十个。") for n in "一二三四"]
        follow_library()
        remove(document=rows[0], by=None, at=make.moment(ON))
        follow_library()
        assert [len(part.dead) for part in store().snapshot().manifest.parts] == [1]
        night(at=make.moment(ON, 23))
        assert [(part.texts, part.dead) for part in store().snapshot().manifest.parts] == [(3, ())]
        assert [fault for fault in faults() if fault.where == "相似"] == []

    def test_verify_tells_what_its_passages_lack(self) -> None:
        row = document("全年走访农户二百户，帮着解决难题三十个。")
        follow_library()
        assert [fault for fault in faults() if fault.where == "相似"] == []
        store().remove([key_of(row.pk)])
        (fault,) = (fault for fault in faults() if fault.where == "相似")
        assert "缺 1 篇" in fault.sentence
