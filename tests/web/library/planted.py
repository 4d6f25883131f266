"""A library that holds words which a reader may not have, and its twin, in which they never were.

What is asked of the one is asked of the other: to who has no right both must answer alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from tests import make
from tests.cast import Cast
from tests.library.making import document, without_index
from tests.web.days import DAY, TODAY
from tests.web.one_of_each import Scene, one_of_each
from tests.web.one_of_study import one_question, one_study_point, one_test
from tests.web.signin.rooms import code_of
from youju.accounts.models import User
from youju.audit.queries import audit_text
from youju.audit.runs.actions import keep
from youju.duties.feeds.actions import open_feed
from youju.duties.notices.actions import send_notice
from youju.duties.notices.values import NoticeDraft
from youju.library.documents.values import Origin
from youju.library.entitlements.actions import enter, issue, open_whole, revoke
from youju.library.handed.actions import keep_handed
from youju.library.intake.receiving import receive_files
from youju.library.intake.tasks import go_on
from youju.library.models import Code, Document, Intake, SavedSearch
from youju.library.passages.following import follow as follow_passages
from youju.library.passages.variants import write_groups
from youju.library.saved.actions import note_download, save_search
from youju.library.search.following import follow as follow_search
from youju.people.models import Member, Unit
from youju.people.roles.actions import grant
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind
from youju.records.models import Submission
from youju.reports.drafts import actions as drafts
from youju.reports.drafts.models import Draft, Passage
from youju.reports.drafts.values import TextDraft
from youju.study.selftests.actions import answer
from youju.study.selftests.queries import sheet_of

AT = make.moment(TODAY)
#: What the reader himself has written: the beginning of the planted sentence, long enough to be a copied passage.
OPENING = "鹭鸶渡口的王姓承运户分七批悄悄转"
PLANTED = f"其中暗线订单由{OPENING}运入库并且绕开了柏木坳地磅"
SECOND = "三、账外的一节\n2019年3月5日印发，联系人魏甲，电话13900001234。\n更多精品公文范文请关注公众号\n"
PAPER = (
    "河湾仓储工作情况\n一、主要做法\n全年轮换储备粮三千吨##paidbegin##，"
    f"{PLANTED}##paidend##，账实相符率保持稳定，轮换的品种和数量都有台账。\n二、库区管理\n仓容摸底做到了一仓一册。\n"
    f"##paidbegin##{SECOND}##paidend##四、下一步打算\n继续做好防汛备汛和仓容摸底，汛前把排水沟再清一遍。\n"
)
#: Whatever stands between the marks goes from the twin, and the marks with it.
SPAN = re.compile(r"##paidbegin##.*?##paidend##", re.DOTALL)
UNSEEN_TITLE = "青萝滩承运台账"
UNSEEN = f"{UNSEEN_TITLE}\n二〇二一年。轮换储备粮三千吨，{PLANTED}，账实相符率保持稳定，轮换的品种和数量都有台账。"
PARTS = tuple(
    f"第{n}组把{word}列成清单，逐条写明由谁去办、哪天办完，办完的当天在门口公示。"
    for n, word in zip(
        "一二三四五六七八", ("晒场", "沟渠", "农机", "仓板", "路灯", "水表", "账本", "磅秤"), strict=True
    )
)
NEAR = {"清单甲稿": (0, 1, 2, 3, 4, 5), "清单乙稿": (0, 1, 2, 3, 6, 7)}
BRIDGE = (0, 1, 2, 3, 4, 6)

#: A piece of what is planted that nobody without right has written himself.
TELLING = tuple(
    text[at : at + 6]
    for text in (PLANTED, SECOND.replace("\n", ""), UNSEEN_TITLE, "青萝滩承运台账二〇二一年")
    for at in range(len(text) - 5)
    if text[at : at + 6] not in OPENING
)
#: In the whole text alone, across one end of the span or the other; in the permitted one alone, across the cut.
INTO_IT, OUT_OF_IT, ACROSS = "储备粮三千吨，其中暗线订单", "柏木坳地磅，账实相符率", "储备粮三千吨，账实相符率"
WORDS = (
    PLANTED, OPENING, "暗线订单", "鹭鸶", "鹭", f"“{INTO_IT}”", f"“{OUT_OF_IT}”", f"“{ACROSS}”", "“一仓一册。三、账外的一节”",
    "“一仓一册。四、下一步打算”", "防汛备汛", "储备粮 暗线订单", "储备粮 或 暗线订单", "暗线订单 或 青萝滩 或 防汛备汛",
    "储备粮 -暗线订单", "-暗线订单", "储备粮 不含 柏木坳", "标题:青萝滩", "标题:河湾", "小标题:账外", "小标题:打算", "首字母:qltcy",
    "qltcy", "首字母:hwcc", "年:2019", "年:2021", "文种:总结", "13900001234", "魏甲", "2019年3月5日", "更多精品公文范文",
    "(储备粮 或 排水沟) -账外", "清单 公示", "储备粮三千吨",
)  # fmt: skip


@dataclass(frozen=True)
class Library:
    """``restricted`` is the document with the spans; ``unseen`` what stands in a circle that reaches nobody here."""

    scene: Scene
    far: Unit
    restricted: Document
    plain: tuple[Document, ...]
    unseen: tuple[Document, ...]
    intake: Intake
    draft: Draft
    handed: Submission
    searches: dict[str, SavedSearch]
    code: Code
    keys: dict[str, Any]
    readers: dict[str, User | None]
    entitled: dict[str, User]


@contextmanager
def library(*, secret: bool, indexed: bool) -> Iterator[Library]:
    """The library with the planted words (``secret``) or its twin without; nothing of it is left behind."""
    without_index()
    with transaction.atomic():
        made = _library(secret=secret)
        if indexed:
            follow_search()
            follow_passages()
            write_groups()
        yield made
        transaction.set_rollback(True)
    without_index()


def _library(*, secret: bool) -> Library:
    scene = one_of_each()
    cast = scene.cast
    # Nobody of the cast has anything to do with the far unit: it stands under another committee.
    far = make.unit(name="青萝滩镇机关党支部", parent=make.unit(name="东岭县直机关工委", kind=UnitKind.COMMITTEE))
    lapsed, revoked, opener, keeper = (
        make.user(name, unit=cast.branch, role=role, username=username)
        for name, role, username in (
            ("过期的", Role.MEMBER, "lapsed"), ("撤销的", Role.MEMBER, "revoked"), ("开过的", Role.CLERK, "opener"),
            ("素材员", Role.CLERK, "keeper"),
        )
    )  # fmt: skip
    grant(user=keeper, unit=cast.above, role=Role.LIBRARIAN, since=make.LONG_AGO, by=None, at=make.START)
    readers: dict[str, User | None] = {
        "clerk": cast.clerk, "secretary": cast.secretary, "committee": cast.committee, "member": cast.member,
        "superior": cast.superior, "admin": cast.admin, "other_clerk": cast.other_clerk, "stranger": cast.stranger,
        "lapsed": lapsed, "revoked": revoked, "nobody": None,
    }  # fmt: skip
    searches = {
        f"{who}{number}": save_search(user=user, name=f"搜{number}", address=f"q={words}", at=AT)
        for who, user in {**readers, "opener": opener}.items()
        if user
        for number, words in enumerate(("暗线订单", "防汛备汛", "青萝滩", "储备粮 -暗线订单"))
    }
    plain = tuple(
        document("\n".join(PARTS[part] for part in parts), title=title, year=2025, path=f"{title}.txt")
        for title, parts in NEAR.items()
    )
    plain += (
        document(
            "清仓查库的通知\n汛前把排水沟再清一遍，储备粮轮换照旧。",
            unit=cast.branch,
            title="清仓查库",
            path="清仓.txt",
        ),
    )
    paper = PAPER if secret else SPAN.sub("", PAPER)
    files = [("河湾仓储工作情况.txt", [paper.encode()])]
    intake = receive_files(files=files, unit=None, origin=Origin.OWN, token="一页", by=cast.admin, at=AT)
    intake = go_on(intake, at=AT)
    restricted = Document.objects.get(copies__path="河湾仓储工作情况.txt")
    code = _codes(cast.admin, restricted, lapsed=lapsed, revoked=revoked, opener=opener, secret=secret)
    draft, handed = _written(scene)
    note_download(documents=[restricted], form="Word", by=keeper, at=AT)
    unseen: tuple[Document, ...] = ()
    if secret:
        unseen = (
            document(UNSEEN, unit=far, title=UNSEEN_TITLE, year=2021, genre="summary"),
            document("\n".join(PARTS[part] for part in BRIDGE), unit=far, title=f"{UNSEEN_TITLE}二〇二一年"),
        )
        handed_on = date(2026, 1, 5)
        keep_handed(
            unit=far, submission=10**6, year=2025, title=UNSEEN_TITLE, handed_on=handed_on, text=UNSEEN, by=None, at=AT
        )
        note_download(documents=unseen, form="Word", by=keeper, at=AT)
    return Library(
        scene, far, restricted, plain, unseen, intake, draft, handed, searches, code, _keys(scene), readers,
        {"keeper": keeper, "opener": opener},
    )  # fmt: skip


def _codes(by: User, row: Document, *, lapsed: User, revoked: User, opener: User, secret: bool) -> Code:
    """One that ended yesterday, one that was revoked, one that holds; each had opened the document."""
    codes = []
    for user, until in ((lapsed, TODAY - timedelta(days=1)), (revoked, TODAY), (opener, TODAY)):
        before = make.moment(TODAY - timedelta(days=2))
        code, words = issue(quota=1, until=until, note=user.name, by=by, at=before)
        enter(words=words, user=user, at=before)
        if secret:
            open_whole(document=row, user=user, at=before)
        else:
            Code.objects.filter(pk=code.pk).update(used=1)
        codes.append(code)
    revoke(code=codes[1], by=by, at=AT)
    return codes[1]


def _written(scene: Scene) -> tuple[Draft, Submission]:
    """A draft and a report handed in, which both have the beginning of the planted sentence in the branch's own words."""
    when = {"by": None, "at": AT}
    old = drafts.start(unit=scene.cast.branch, year=2024, as_of=TODAY, **when)
    for draft in (scene.draft, old):
        first = Passage.objects.filter(draft=draft, level=0, removed=False).order_by("position")[0]
        drafts.edit_passage(passage=first, draft=TextDraft(f"我们听说{OPENING}。", first.version), **when)
    drafts.finalise(draft=old, base=Draft.objects.get(pk=old.pk).version, **when)
    return Draft.objects.get(pk=scene.draft.pk), drafts.hand_in(draft=old, **when)


def _keys(scene: Scene) -> dict[str, Any]:
    """What addresses ask for beyond the scene: a notice, an audit that was kept, a calendar, a code on the screen."""
    cast = scene.cast
    told = NoticeDraft(title="报送活动", text="请回应。", due_on=date(2026, 11, 25))
    notice = send_notice(sender=cast.above, draft=told, by=cast.superior, at=AT)
    text = f"述职报告\n2026年，我们听说{OPENING}。"
    run = keep(
        unit=cast.branch, audit=audit_text(text, unit=cast.branch, today=TODAY, year=2026, as_of=TODAY), name="旧稿",
        by=None, at=AT,
    )  # fmt: skip
    _, token = open_feed(user=cast.clerk, unit=cast.branch, by=None, at=AT)
    return {
        "notice_id": notice.pk,
        "point_id": one_study_point(cast).pk,
        "pk": run.pk,
        "token": token,
        "code": code_of(scene.signing),
        **_tested(cast),
    }


def _tested(cast: Cast) -> dict[str, int]:
    """The member's own: a self-test whose question he answered wrongly, so that it is due again."""
    member = Member.objects.get(user=cast.member)
    test, question = one_test(cast), one_question(cast)
    answer(member=member, test_id=test.pk, question_id=question.pk, picks=(0,), at=make.moment(DAY))
    (asked,) = sheet_of(member, test)
    return {"test_id": test.pk, "question_id": question.pk, "position": asked.position}
