"""A member says what is wrong; the ledger answers once; both stand in the journal, and the words go with him."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import standing_cast
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people import actions as people
from youju.people.corrections.actions import answer, ask
from youju.people.corrections.models import Correction
from youju.people.corrections.queries import about, corrections_of, open_count
from youju.people.corrections.rules import too_long, working_days
from youju.people.corrections.values import MOST_OPEN, Outcome

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
AT = make.moment(DAY)


@pytest.fixture
def cast():
    return standing_cast()


def asked(cast, text="那天我到会了", record="2026-党日-01", person=None, at=AT):
    return ask(
        member=person or cast.people[-1], unit=cast.branch, record=record, text=text, by=cast.member, at=at
    )  # fmt: skip


def told(cast, row, text="查了签到表，已改为到会"):
    answer(correction=row, outcome=Outcome.CHANGED, text=text, by=cast.clerk, at=make.moment(DAY, 17))


def test_asked_and_answered(cast):
    row = asked(cast)
    assert open_count(cast.branch) == 1 and open_count(cast.other) == 0
    told(cast, row)
    assert open_count(cast.branch) == 0
    assert about(cast.people[-1])["更正请求"] == [
        {
            "提出": DAY,
            "关于": "2026-党日-01",
            "哪里不对": "那天我到会了",
            "处理": "已改",
            "答复": "查了签到表，已改为到会",
        }
    ]
    lines = [(line.verb, line.summary, line.unit_id) for line in Line.objects.filter(noun="correction").order_by("pk")]
    assert lines == [
        ("请求更正", "2026-党日-01", cast.branch.pk),
        ("答复更正", "已改", cast.branch.pk),
    ]


@pytest.mark.parametrize("text", ["", "　 ", "长" * 301])
def test_nothing_and_too_much_are_refused(cast, text):
    with pytest.raises(Refusal) as refused:
        asked(cast, text)
    assert refused.value.field == "text"
    row = asked(cast)
    with pytest.raises(Refusal) as refused:
        told(cast, row, text)
    assert refused.value.field == "answer"


def test_what_waits_is_not_asked_twice_and_not_without_end(cast):
    asked(cast)
    with pytest.raises(Refusal, match="已经提过"):
        asked(cast, " 那天我到会了 ")
    for number in range(MOST_OPEN - 1):
        asked(cast, f"第{number}处")
    with pytest.raises(Refusal, match="在等答复"):
        asked(cast, "还有一处")
    assert asked(cast, person=cast.people[0])


def test_it_is_answered_once(cast):
    row = asked(cast)
    told(cast, row)
    with pytest.raises(Refusal, match="已经答复过了：已改"):
        told(cast, Correction.objects.get(), "再说一遍")
    assert asked(cast)  # wrong again


def test_the_open_ones_come_first(cast):
    first, second, third = (asked(cast, text) for text in ("一", "二", "三"))
    told(cast, second)
    assert corrections_of(cast.branch) == [first, third, second]
    assert corrections_of(cast.other) == []


def test_the_words_go_with_him(cast):
    told(cast, asked(cast))
    asked(cast, "我的姓名写错了", record="")
    people.forget(member=cast.people[-1], by=None, at=AT)
    assert [(row.text, row.answer) for row in Correction.objects.all()] == [("", ""), ("", "")]
    assert open_count(cast.branch) == 0 and len(corrections_of(cast.branch)) == 1


def test_working_days():
    def waited(since, on, *holidays):
        return working_days(since, on, off=lambda day: day.weekday() >= 5 or day in holidays)

    friday = date(2026, 11, 6)
    assert [waited(friday, friday + timedelta(days=n)) for n in range(8)] == [0, 0, 0, 1, 2, 3, 4, 5]
    assert waited(date(2026, 11, 7), date(2026, 11, 16)) == 6
    assert waited(friday, date(2026, 11, 13), date(2026, 11, 9), date(2026, 11, 14)) == 4
    assert waited(friday, friday - timedelta(days=9)) == 0
    assert not too_long(15) and too_long(16)
