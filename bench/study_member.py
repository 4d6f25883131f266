"""What a member opens on his phone after ten years of four sessions a month and a self-test, with a bank of 600 questions; and
the clerk's pages of hours. CPU of each.

python3 run.py bench study_member
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from _settled import report, settle

TODAY = date(2026, 11, 20)
YEARS = range(2017, 2027)
MEMBERS, BANK, ASKED = 50, 600, 10
GOAL, CLERKS = 30.0, 50.0  # milliseconds
KINDS = ("theme_day", "group_study", "party_lecture", "seminar")

if TYPE_CHECKING:
    from youju.people.models import Member, Unit
    from youju.study.models import SelfTest


def fill() -> tuple[Unit, Member, SelfTest]:
    """A branch that tests itself every month; the member has answered all, and half of the one that is open."""
    from django.db import transaction

    from tests import make
    from tests.study.making import question
    from youju.study.selftests.actions import answer, draw_up_test, publish_test
    from youju.study.selftests.values import TestDraft

    branch = make.unit(name="青禾县供销社机关党支部")
    people = make.members(branch, MEMBERS)
    months = [date(year, month, 1) for year in YEARS for month in range(1, 13) if date(year, month, 1) <= TODAY]
    with transaction.atomic():
        for first in months:
            for number, kind in enumerate(KINDS):
                day = first + timedelta(days=number * 5)
                make.activity(branch, kind, day, title=f"{first.month}月第{number + 1}次", hours=0.5)
        bank = [question(branch, f"第{number}道题问的是什么，应当怎样理解？") for number in range(BANK)]
        for number, first in enumerate(months):
            asked = [bank[(number * ASKED + at) % BANK].pk for at in range(ASKED)]
            draft = TestDraft(f"{first.year}年{first.month}月学习自测", first, first + timedelta(days=27), tuple(asked))
            at = make.moment(first)
            drawn_up = draw_up_test(unit=branch, draft=draft, by=None, at=at)
            test = publish_test(test=drawn_up, revision=drawn_up.revision, by=None, at=at)
            for place, pk in enumerate(asked[: ASKED // 2] if first == months[-1] else asked):
                answer(member=people[0], test_id=test.pk, question_id=pk, picks=[place % 3], at=at)
    return branch, people[0], test


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        settle(Path(folder), TODAY)
        from django.db import connection
        from django.test import Client

        from tests import make
        from tests.study.making import account_of
        from youju.people.roles.rules import Role
        from youju.study.models import Picked, Question, Recall, SelfTest

        print("正在造数据……", file=sys.stderr)
        branch, member, test = fill()
        client = Client()
        client.force_login(account_of(member, branch))
        counts = [table.objects.count() for table in (Question, SelfTest, Picked, Recall)]
        print("题库 {} 道，自测 {} 次，他的作答 {} 条，温故 {} 道".format(*counts))
        here, due = f"/study/mine/{test.pk}/", Recall.objects.order_by("due_on", "pk").first()
        assert due is not None
        pages = {
            "自测和温故": "/study/mine/", "一次自测": here, "一道题": f"{here}{ASKED}/", "答过的题": f"{here}1/",
            "温故一题": f"/study/mine/again/{due.question_id}/", "我的": "/me/", "我的学时": "/study/mine/hours/",
        }  # fmt: skip
        clerk = Client()
        clerk.force_login(make.user("党务员", unit=branch, role=Role.CLERK))
        his = {"全员学时": "/study/hours/", "一个人的学时": f"/study/hours/{branch.pk}/{member.pk}/"}
        asked = [(client, name, url, GOAL) for name, url in pages.items()]
        asked += [(clerk, name, url, CLERKS) for name, url in his.items()]
        worst = 0.0
        for who, name, url, goal in asked:
            answer = who.get(url)
            assert answer.status_code == 200, (url, answer.status_code)
            worst = max(worst, report(name, lambda who=who, url=url: who.get(url), goal=goal) / goal)  # type: ignore[misc]
        sent = {"pick": "1"}
        assert client.post(f"{here}{ASKED}/", sent).status_code == 302
        worst = max(worst, report("再交一次", lambda: client.post(f"{here}{ASKED}/", sent), goal=GOAL) / GOAL)
        connection.close()
        return int(worst > 1)


if __name__ == "__main__":
    raise SystemExit(main())
