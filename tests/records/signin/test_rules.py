"""The code on the screen: thirty seconds each, two past ones accepted, nobody else's."""

from datetime import date, timedelta

import pytest

from tests import make
from youju.records.activities.values import Attendance
from youju.records.signin.rules import attendance_at, code_for, seconds_left, session_in
from youju.records.signin.values import Sheet

KEY = b"a key of this house"
AT = make.moment(date(2026, 11, 25), 14, 30)
CODE = code_for(KEY, 41, AT)


@pytest.mark.parametrize(
    ("seconds", "admitted"), [(0, True), (29, True), (30, True), (89, True), (90, False), (3600, False)]
)
def test_a_code_counts_for_its_step_and_two_more(seconds, admitted):
    assert (session_in(KEY, CODE, AT + timedelta(seconds=seconds)) == 41) is admitted


def test_a_code_of_the_future_is_none():
    assert session_in(KEY, code_for(KEY, 41, AT + timedelta(seconds=30)), AT) is None


def test_the_code_changes_every_thirty_seconds_and_with_the_session():
    assert code_for(KEY, 41, AT + timedelta(seconds=29)) == CODE
    assert code_for(KEY, 41, AT + timedelta(seconds=30)) != CODE
    assert code_for(KEY, 42, AT) != CODE
    assert code_for(b"another key", 41, AT) != CODE
    assert [seconds_left(AT + timedelta(seconds=s)) for s in (0, 1, 29)] == [30, 29, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        "", "41", "41.", ".", "..", "abc", CODE[:-1], CODE + "A", CODE.replace("41.", "42.", 1), "041" + CODE[2:], "٤١" + CODE[2:],
        CODE.replace(".", ","), "9" * 500 + CODE, CODE[:-1] + ("A" if CODE[-1] != "A" else "B"), "41.-1.x", "①.1.x", "41.1.中",
    ],
)  # fmt: skip
def test_what_we_did_not_write_admits_to_nothing(wrong):
    assert session_in(KEY, wrong, AT) is None


def test_the_proof_has_96_bits():
    assert len(CODE.rsplit(".", 1)[1]) == 16


@pytest.mark.parametrize(
    ("minutes", "mark"), [(-30, "present"), (0, "present"), (10, "present"), (11, "late"), (90, "late")]
)
def test_late_after_the_minutes_of_grace(minutes, mark):
    sheet = Sheet(41, AT, late_after=10, opened_at=AT, closed_at=None)
    assert attendance_at(sheet, AT + timedelta(minutes=minutes)) is Attendance(mark)
