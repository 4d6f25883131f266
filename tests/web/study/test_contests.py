"""知识竞赛 on its pages: drawn, shown, printed, put on the wall without a script, linked to its record."""

from __future__ import annotations

import re

import pytest

from tests import make
from tests.cast import Cast
from tests.study.making import questions
from tests.web.days import TODAY
from tests.web.forms import refused, signed_in
from youju.records.facets.values import Facets
from youju.study.models import Contest

pytestmark = pytest.mark.django_db


def drawn(cast: Cast, size: int = 3) -> tuple[Contest, str]:
    questions(cast.branch, 5)
    sent = {"title": "党务知识竞赛", "day": "2026-11-20", "size": size, "topic": "", "source": ""}
    answer = signed_in(cast.clerk).post(f"/study/contests/new/?unit={cast.branch.pk}", sent)
    contest = Contest.objects.get()
    assert answer.headers["Location"] == f"/study/contests/{cast.branch.pk}/{contest.pk}/"
    return contest, answer.headers["Location"]


def test_from_an_empty_bank_to_the_record(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    assert "题库还是空的" in clerk.get("/study/contests/").content.decode()
    contest, at = drawn(cast)
    assert "题库里现在有 5 道题" in clerk.get("/study/contests/new/").content.decode()
    page = clerk.get(at).content.decode()
    assert contest.seed in page and "刚刚重算，一致" in page and page.count("库里 ") == 3
    link = re.search(r'href="(/ledger/new/\?[^"]*)"', page)
    assert link
    form = clerk.get(link[1].replace("&amp;", "&")).content.decode()
    assert 'value="党务知识竞赛"' in form and re.search(r'value="quiz"[^>]* checked|checked[^>]*value="quiz"', form)
    assert 'value="2026-11-20"' in form
    session = make.activity(
        cast.branch, "theme_day", TODAY, facets=Facets(forms=("quiz",)), outcome="三个党小组都答完了"
    )
    assert session.number in clerk.get(at).content.decode()
    assert "台账里没有这个编号" in refused(clerk.post(at + "link/", {"record": "2026-主题-77", "revision": "1"}))
    clerk.post(at + "link/", {"record": session.number, "revision": "1"})
    page = clerk.get(at).content.decode()
    assert "三个党小组都答完了" in page and "form=quiz" not in page
    assert session.number in clerk.get("/study/contests/").content.decode()


def test_refused_input_stays_beside_its_field(cast: Cast) -> None:
    questions(cast.branch, 2)
    sent = {"title": "党务知识竞赛", "day": "2026-11-20", "size": "9"}
    page = refused(signed_in(cast.clerk).post("/study/contests/new/", sent))
    assert "这个范围里有 2 道题" in page and 'value="党务知识竞赛"' in page and not Contest.objects.exists()


def test_the_wall_turns_and_tells_by_plain_links(cast: Cast) -> None:
    _, at = drawn(cast, 2)
    clerk = signed_in(cast.clerk)
    first = clerk.get(at + "screen/1/").content.decode()
    assert "揭晓答案" in first and "的解析" not in first and "opt right" not in first
    links = re.findall(r'<a class="btn[^"]*" href="([^"]+)"', first)
    assert links == [f"{at}screen/1/?show=1", f"{at}screen/2/"]
    shown = clerk.get(links[0]).content.decode()
    assert shown.count("opt right") == 1 and "答案是 B" in shown and "的解析。" in shown
    last = clerk.get(at + "screen/2/").content.decode()
    assert f'href="{at}screen/1/"' in last and "回到题单" in last and "<form" not in first + shown + last
    assert clerk.get(at + "screen/3/").status_code == clerk.get(at + "screen/0/").status_code == 404


def test_the_paper_is_a_word_file(cast: Cast) -> None:
    _, at = drawn(cast)
    answer = signed_in(cast.clerk).get(at + "paper.docx")
    assert answer.status_code == 200 and answer.content.startswith(b"PK")


def test_dropped_with_a_reason_nobody_who_saw_an_older_one(cast: Cast) -> None:
    _, at = drawn(cast)
    clerk = signed_in(cast.clerk)
    assert "刚刚被别人改过" in refused(clerk.post(at + "drop/", {"reason": "题太少", "revision": "7"}))
    assert clerk.post(at + "drop/", {"reason": "题太少", "revision": "1"}).status_code == 302
    page = clerk.get(at).content.decode()
    assert "这次竞赛已作废：题太少" in page and "form=quiz" not in page and "link/" not in page


def test_a_reader_sees_and_may_not_write_and_another_branch_sees_nothing(cast: Cast) -> None:
    _, at = drawn(cast)
    reader, other = signed_in(cast.committee), signed_in(cast.other_clerk)
    page = reader.get(at).content.decode()
    assert "form=quiz" not in page and "作废" not in page and reader.get(at + "screen/1/").status_code == 200
    assert reader.post(at + "link/", {"record": "x"}).status_code == 403
    assert reader.get("/study/contests/new/").status_code == 403
    for path in (at, at + "paper.docx", at + "screen/1/", at + "drop/"):
        assert other.get(path).status_code == 404
    assert other.post(at + "link/", {"record": "x"}).status_code == 404
    assert "党务知识竞赛" not in other.get("/study/contests/").content.decode()
