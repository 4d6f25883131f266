"""A notice to a whole subtree touches no row below it, and yet every score below knows that it is stale."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.duties.notices.actions import move_notice, send_notice, withdraw_notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.replies.actions import answer_with
from youju.duties.scores.actions import follow
from youju.duties.scores.queries import stale_below, stored_scores

pytestmark = pytest.mark.django_db
SENT = make.moment(date(2026, 11, 2))
BY = date(2026, 11, 25)


def late_notices(unit) -> int:
    follow(year=2026)
    score = stored_scores([unit.pk], 2026)[unit.pk]
    return sum(one.matter.startswith("notice") and one.overdue_from == date(2026, 11, 26) for one in score.owed)


def test_every_change_of_a_notice_is_followed():
    cast = standing_cast()
    assert late_notices(cast.branch) == 0 and stale_below(cast.above.path, 2026).few
    assert not stale_below(cast.above.path, 2026).ids
    notice = send_notice(sender=cast.above, draft=NoticeDraft("报送总结", "", BY), by=None, at=SENT)
    assert set(stale_below(cast.above.path, 2026).ids) >= {cast.branch.pk, cast.other.pk}
    assert late_notices(cast.branch) == late_notices(cast.other) == 1
    session = make.activity(cast.branch, "theme_day", date(2026, 11, 18))
    answer_with(unit=cast.branch, key=notice.key, session=session, by=None, at=make.moment(date(2026, 11, 20)))
    assert (late_notices(cast.branch), late_notices(cast.other)) == (0, 1)
    notice = move_notice(notice=notice, due_on=date(2026, 12, 5), reason="延期", revision=1, by=None, at=SENT)
    assert late_notices(cast.other) == 0
    withdraw_notice(notice=notice, reason="发重了", revision=2, by=None, at=SENT)
    assert cast.other.pk in stale_below(cast.above.path, 2026).ids
