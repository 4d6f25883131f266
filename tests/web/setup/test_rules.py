"""规则: who may read it, who may change it, and that a change keeps the past."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.duties.choices.actions import make_rule
from youju.duties.choices.queries import choices_of
from youju.duties.choices.values import RuleDraft
from youju.duties.models import LocalRule, RuleChoice
from youju.duties.queries import standings
from youju.duties.talks import asked_by
from youju.journal.models import Line
from youju.people.terms.actions import state_term
from youju.records.activities.actions import plan_session
from youju.records.activities.values import PlanDraft

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
AT = make.moment(date(2026, 2, 10))
WORD = {"on": "on", "since": "2026-07-01", "basis": "支委会决议"}
OWN = {
    "title": "读书会", "figure": "集中学习次数", "rhythm": "quarterly", "target": "2", "strength": "hard", "opens_month": "",
    "held_until_month": "", "note": "", "since": "2026-07-01", "basis": "支部规则第4条",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


@pytest.fixture
def cast(db):
    return standing_cast()


def text(response):
    return response.content.decode()


def test_each_rule_says_where_it_stands_and_that_nobody_compared_it(cast):
    page = text(signed_in(cast.clerk).get("/setup/rules/"))
    for words in (
        "《支部工作条例》第12条",
        "《党员教育管理工作条例》第20条",
        "两份以上文本一致",
        "只见到二手材料",
        "默认不启用",
    ):
        assert words in page
    assert "规划期到2023年止" in page and "已与官方文本核对" not in page


@pytest.mark.parametrize(("who", "reads", "changes"), [
    ("clerk", 200, 403), ("secretary", 200, 302), ("committee", 200, 403), ("superior", 200, 403), ("member", 403, 403), ("stranger", 403, 403),
])  # fmt: skip
def test_who_reads_and_who_changes_the_rules_of_a_branch(cast, who, reads, changes):
    client = signed_in(getattr(cast, who))
    unit = "" if who in ("member", "stranger") else f"?unit={cast.branch.pk}"
    assert client.get(f"/setup/rules/{unit}").status_code == reads
    assert client.post(f"/setup/rules/party_lecture_quarterly/{unit}", WORD).status_code == changes
    assert RuleChoice.objects.count() == (changes == 302)
    assert client.post(f"/setup/rules/new/{unit}", OWN).status_code == changes


def test_another_branchs_rules_are_not_there(cast):
    client = signed_in(cast.other_clerk)
    for page in ("", "print/", "export.xlsx", "theme_day/", "new/"):
        assert client.get(f"/setup/rules/{page}?unit={cast.branch.pk}").status_code == 404


def test_the_superior_sets_a_rule_for_all_below(cast):
    client = signed_in(cast.superior)
    assert client.post(f"/setup/rules/theme_day/?unit={cast.above.pk}", WORD | {"on": "off"}).status_code == 302
    for branch in (cast.branch, cast.other):
        owed = [s.due.code for s in standings(branch, 2026, on=ON) if s.due.source_id == "theme_day"]
        assert owed == [f"2026-{month:02d}" for month in range(1, 7)]
    assert "（青禾县直机关工委）" in text(signed_in(cast.clerk).get("/setup/rules/theme_day/"))


def test_the_superior_sees_who_below_went_his_own_way(cast):
    signed_in(cast.secretary).post("/setup/rules/party_lecture_quarterly/", WORD)
    client = signed_in(cast.superior)
    assert "1个下级启用" in text(client.get(f"/setup/rules/?unit={cast.above.pk}"))
    page = text(client.get(f"/setup/rules/party_lecture_quarterly/?unit={cast.above.pk}"))
    assert cast.branch.short_name in page and "支委会决议" in page


SWITCH = {"requirement": "committee", "on": "off", "since": "2026-01-01", "basis": "工委通知第3号"}
TALKS = "/setup/rules/heart_talk/"


def test_the_committee_above_leaves_one_of_the_talks_to_all_below_and_the_branch_has_the_last_word(cast):
    above, url = signed_in(cast.superior), f"{TALKS}switch/?unit={cast.above.pk}"
    page = text(above.get(f"{TALKS}?unit={cast.above.pk}"))
    assert "委员两两之间，每年至少谈一次" in page and "要求哪几项" in page
    before = Line.objects.count()
    done = above.post(url, SWITCH, follow=True)
    assert "不要求委员之间：工委通知第3号" in text(done) and Line.objects.count() == before + 1
    assert Line.objects.latest("pk").summary == "heart_talk_committee"
    assert _asked(cast.branch) == _asked(cast.other) == {"with_committee", "members"}
    assert "工委通知第3号" in text(signed_in(cast.clerk).get(TALKS))
    own = SWITCH | {"on": "on", "since": "2026-02-01", "basis": "支委会决议"}
    assert signed_in(cast.secretary).post(f"{TALKS}switch/", own).status_code == 302
    assert "committee" in _asked(cast.branch) and "committee" not in _asked(cast.other)
    assert "要求委员之间：支委会决议" in text(above.get(f"{TALKS}?unit={cast.above.pk}")).replace("2026年2月1日起", "")


def _asked(unit):
    return {one.value for one in asked_by("heart_talk", choices_of([unit])[unit.pk], date(2026, 12, 31))}


@pytest.mark.parametrize(("who", "answered"), [
    ("clerk", 403), ("committee", 403), ("superior", 403), ("member", 403), ("stranger", 404), ("other_clerk", 404),
])  # fmt: skip
def test_who_may_not_leave_a_talk(cast, who, answered):
    url = f"{TALKS}switch/?unit={cast.branch.pk}"
    assert signed_in(getattr(cast, who)).post(url, SWITCH).status_code == answered
    assert not RuleChoice.objects.exists()


def test_a_wrong_word_on_a_talk_comes_back_beside_its_field(cast):
    client = signed_in(cast.secretary)
    for wrong, sentence in (
        ({"basis": " "}, "请写明依据。"), ({"requirement": "all"}, "请选是哪一项。"), ({"on": ""}, "请选要求还是不要求。"),
        ({"since": "x"}, "从哪天起请写成"), ({"basis": "长" * 121}, "依据最多 120 字。"),
    ):  # fmt: skip
        answer = client.post(f"{TALKS}switch/", SWITCH | wrong)
        assert answer.status_code == 422 and sentence in text(answer)
    assert (
        "工委通知第3号" in text(client.post(f"{TALKS}switch/", SWITCH | {"on": ""})) and not RuleChoice.objects.exists()
    )
    assert client.post("/setup/rules/theme_day/switch/", SWITCH).status_code == 404
    assert client.get(f"{TALKS}switch/").status_code == 405


def test_a_word_without_basis_comes_back_with_its_sentence_and_what_was_typed(cast):
    response = signed_in(cast.secretary).post("/setup/rules/theme_day/", WORD | {"basis": " ", "since": "2026-05-01"})
    page = text(response)
    assert response.status_code == 422 and page.count("请写依据。") >= 2 and 'value="2026-05-01"' in page
    assert not RuleChoice.objects.exists()


def test_a_local_rule_is_made_changed_and_ended(cast):
    client = signed_in(cast.secretary)
    made = client.post("/setup/rules/new/", OWN, follow=True)
    assert "规定已加上" in text(made) and "每季度2次" in text(made)
    rule_id = LocalRule.objects.get().rule_id
    changed = OWN | {"target": "3", "since": "2026-10-01"}
    assert client.post(f"/setup/rules/{rule_id}/change/", changed).status_code == 302
    owed = [(s.due.code, s.due.each) for s in standings(cast.branch, 2026, on=ON) if s.due.source_id == rule_id]
    assert owed == [("2026-Q3", 2), ("2026-Q4", 3)]
    ended = client.post(f"/setup/rules/{rule_id}/end/", {"since": "2026-12-01", "basis": "工委通知"}, follow=True)
    history = text(ended)
    assert "停用：工委通知" in history and "改为：读书会，每季度3次" in history and "加上：读书会，每季度2次" in history
    assert client.get(f"/setup/rules/{rule_id}/change/").status_code == 404
    assert "读书会" in text(client.get("/setup/rules/"))


def test_a_form_sent_twice_makes_one_rule_and_of_two_who_change_the_second_is_told(cast):
    client = signed_in(cast.secretary)
    client.post("/setup/rules/new/", OWN)
    assert "同名的规定已经有了" in text(client.post("/setup/rules/new/", OWN))
    row = LocalRule.objects.get()
    change = OWN | {"target": "3", "since": "2026-10-01", "seen": str(row.pk)}
    assert client.post(f"/setup/rules/{row.rule_id}/change/", change).status_code == 302
    late = client.post(f"/setup/rules/{row.rule_id}/change/", change | {"target": "4", "since": "2026-11-01"})
    assert late.status_code == 422 and "刚刚被别人改过" in text(late) and LocalRule.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"target": "0"}, "至少是 1。"),
        ({"target": "很多"}, "请填一个整数。"),
        ({"figure": "党员到会率"}, "数什么请重新选择。"),
        ({"opens_month": "11"}, "只有每年一次的规定才有开始的月份。"),
        ({"figure": "学时合计"}, "学时按年要求"),
        ({"basis": ""}, "请写依据。"),
    ],
)
def test_an_impossible_rule_comes_back_beside_its_field(cast, more, sentence):
    response = signed_in(cast.secretary).post("/setup/rules/new/", OWN | more)
    page = text(response)
    assert response.status_code == 422 and page.count(sentence) >= 2 and OWN["title"] in page
    assert not LocalRule.objects.exists()


def test_a_rule_of_the_committee_is_not_the_branchs_to_change(cast):
    draft = RuleDraft("读书会", "集中学习次数", "quarterly", 1, "hard", "工委规则")
    row = make_rule(unit=cast.above, draft=draft, since=date(2026, 1, 1), by=None, at=AT)
    client = signed_in(cast.secretary)
    assert "（青禾县直机关工委）" in text(client.get(f"/setup/rules/{row.rule_id}/"))
    assert client.post(f"/setup/rules/{row.rule_id}/change/", OWN).status_code == 404
    assert client.post(f"/setup/rules/{row.rule_id}/", WORD | {"on": "off"}).status_code == 302


def test_this_year_is_shown_period_by_period(cast):
    make.activity(cast.branch, "theme_day", date(2026, 1, 8))
    page = text(signed_in(cast.committee).get("/setup/rules/theme_day/"))
    assert "12期，已办1期" in page and "/2026-02/" in page


def test_whom_a_planned_talk_is_with_is_not_told_by_the_rule_it_serves(cast):
    draft = RuleDraft("谈心", "谈心谈话次数", "monthly", 1, "hard", "支部规则第4条")
    rule = make_rule(unit=cast.branch, draft=draft, since=date(2026, 1, 1), by=None, at=AT)
    name = cast.people[5].name
    plan = PlanDraft(("heart_talk",), f"与{name}谈心", make.moment(date(2026, 11, 26)))
    plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(ON))
    superior = signed_in(cast.superior)
    for page in (
        f"/setup/rules/?unit={cast.branch.pk}",
        f"/setup/rules/export.xlsx?unit={cast.branch.pk}",
        f"/setup/rules/{rule.rule_id}/?unit={cast.branch.pk}",
        f"/today/{rule.rule_id}/2026-11/?unit={cast.branch.pk}",
        f"/plan/?unit={cast.branch.pk}",
    ):
        answer = superior.get(page)
        if page.partition("?")[0].endswith(".xlsx"):
            cells = [str(cell) for row in load_workbook(io.BytesIO(answer.content)).active.values for cell in row]
            assert not any(name in cell for cell in cells)
        else:
            assert name not in text(answer), page
    assert "已排期" in text(superior.get(f"/setup/rules/{rule.rule_id}/?unit={cast.branch.pk}"))


def test_a_branch_without_a_term_is_asked_for_it(cast):
    client = signed_in(cast.clerk)
    assert "还没有登记任期" in text(client.get("/setup/rules/"))
    state_term(unit=cast.branch, elected_on=date(2025, 1, 5), years=3, basis="批复", by=None, at=AT)
    assert "还没有登记任期" not in text(client.get("/setup/rules/"))


def test_print_and_excel_hold_every_rule(cast):
    client = signed_in(cast.clerk)
    assert "应做规则" in text(client.get("/setup/rules/print/"))
    book = load_workbook(io.BytesIO(client.get("/setup/rules/export.xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][1] == "规则" and {"主题党日", "党员学时", "党课"} <= {row[1] for row in rows}


def test_no_such_rule(cast):
    assert signed_in(cast.clerk).get("/setup/rules/nothing/").status_code == 404
