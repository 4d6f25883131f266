"""Lines of a plan beside the rules, written as a clerk would: 党课 每季度2次 甲."""

from __future__ import annotations

import re
from datetime import date

from tests.duties.ledger import BRANCH, RULE, Text, read
from youju.duties import rules as duties
from youju.duties.plans.rules import Laid, lay, offer, often, planned_total
from youju.duties.plans.values import Carried, Line, OpenMeasure, OpenProblem, Point, Rhythm, Source, Taken
from youju.duties.rulebook import RULES
from youju.figures.catalogue import FIGURES

YEAR = 2026
RHYTHM = {rhythm.zh: rhythm for rhythm in Rhythm}
BRANCH_TEXT = """
2015-01-01 党员 甲 乙 丙
2015-01-01 支委会 甲 乙 丙
2015-01-01 党小组 一 二
"""


def line(text: str, ledger: Text, number: int = 1, **more: object) -> Line:
    """党课 每季度2次 甲 · 党课 3月、9月各1次 · 谈心室建设 6月30日前 甲; words after the second name the owner."""
    title, when, *owner = text.split()
    times = re.search(r"(\d+)次$", when)
    figure = f"{title}次数" if times and f"{title}次数" in FIGURES else ""
    months = tuple(int(m) for m in re.findall(r"(\d+)月(?!\d)", when)) if "前" not in when else ()
    day = re.match(r"(\d+)月(\d+)日前", when)
    spoken = re.match(r"每月|每季度|每半年|全年", when)
    rhythm = RHYTHM[spoken[0]] if spoken else Rhythm.DAY if day else Rhythm.MONTHS
    known = {name: ledger.id_of(name) for name in ledger.people}
    values: dict[str, object] = {
        "id": number, "year": YEAR, "title": title, "heading": "", "source": Source.OWN, "source_note": "", "rule_id": "",
        "figure": figure, "target": int(times[1]) if times else 1, "rhythm": rhythm, "months": months,
        "by_day": date(YEAR, int(day[1]), int(day[2])) if day else None,
        "owner_id": known.get(owner[0], 999) if owner else None, "owner_name": owner[0] if owner else "", "note": "",
    }  # fmt: skip
    return Line(**(values | more))  # type: ignore[arg-type]


def laid(*texts: str, ledger: str = BRANCH_TEXT, on: str = "2026-11-20", **more: object) -> Laid:
    text = read(ledger)
    lines = [line(one, text, number, **more) for number, one in enumerate(texts, start=1)]
    by_rule = [due for rule in RULES.values() for due in duties.expand(rule, text.facts, YEAR)]
    return lay(lines, by_rule, text.facts, unit_id=BRANCH, on=date.fromisoformat(on))


def beyond(*texts: str, **more: str) -> list[str]:
    return [due.key for due in laid(*texts, **more).beyond]


def of_rule(found: Laid, label: str, code: str) -> object:
    return next(due for due in found.by_rule if due.rule is RULE[label] and due.code == code)


QUARTERLY = BRANCH_TEXT + "2020-01-01 启用 党课"


def test_what_repeats_a_rule_is_owed_once():
    found = laid("主题党日 每月1次 甲")
    assert found.beyond == ()
    due = of_rule(found, "主题党日", "2026-03")
    assert (due.each, due.note) == (1, "责任人 甲")


def test_what_asks_more_than_the_rule_raises_the_rules_due():
    found = laid("主题党日 每月2次 乙")
    assert found.beyond == ()
    due = of_rule(found, "主题党日", "2026-03")
    assert (due.each, due.target, due.note) == (2, 2, "年度计划定为2次；责任人 乙")


def test_less_than_the_rule_asks_never_weakens_it():
    assert of_rule(laid("党课 全年1次", ledger=QUARTERLY), "党课", "2026-Q1").each == 1
    assert beyond("党课 全年1次", ledger=QUARTERLY) == []


def test_months_that_fall_into_the_rules_quarters_say_when():
    found = laid("党课 3月、6月、9月、12月各1次 甲", ledger=QUARTERLY)
    assert found.beyond == ()
    assert of_rule(found, "党课", "2026-Q3").note == "年度计划安排在9月；责任人 甲"


def test_a_year_that_asks_more_than_all_quarters_is_owed_beside_them():
    assert beyond("党课 全年4次", ledger=QUARTERLY) == []
    assert beyond("党课 全年6次", ledger=QUARTERLY) == ["plan/1/2026"]


def test_finer_than_the_rule_is_owed_beside_it():
    assert beyond("党员大会 每月1次") == [f"plan/1/2026-{month:02d}" for month in range(1, 13)]


def test_what_no_rule_asks_is_owed_by_itself():
    found = laid("志愿服务 3月、7月各2次 丙").beyond
    assert [(due.key, due.each, due.kinds, due.note) for due in found] == [
        ("plan/1/2026-03", 2, ("volunteer",), "责任人 丙"), ("plan/1/2026-07", 2, ("volunteer",), "责任人 丙"),
    ]  # fmt: skip
    assert (found[0].basis, found[0].verb, found[0].rhythm) == ("2026年度计划", "record_activity", "monthly")


def test_by_a_day_is_owed_once():
    (due,) = laid("志愿服务 6月30日前3次").beyond
    assert (due.key, due.rhythm, due.owed_by, due.each) == ("plan/1", "once", date(2026, 6, 30), 3)


def test_half_years_and_quarters_have_their_own_dues():
    assert beyond("调研 每半年1次") == ["plan/1/2026-H1", "plan/1/2026-H2"]
    assert beyond("宣讲 每季度1次") == [f"plan/1/2026-Q{quarter}" for quarter in range(1, 5)]


def test_without_a_figure_a_record_settles_it():
    (due,) = laid("谈心室建设 9月30日前 甲").beyond
    assert (due.verb, due.kinds, due.key) == ("answer_plan", (), "plan/1")
    assert len(laid("党费公示 每季度").beyond) == 4


def test_a_line_of_the_rule_itself_follows_the_rule_when_it_no_longer_binds():
    """The second half of the year has no committee any more: nothing is owed there, by rule or by plan."""
    rule = {"source": Source.RULE, "rule_id": "committee_meeting"}
    text = BRANCH_TEXT + "2026-07-01 免去 甲 乙 丙"
    assert laid("支委会 每月1次", ledger=text, **rule).beyond == ()
    assert beyond("支委会 每月1次", ledger=text) == [f"plan/1/2026-{month:02d}" for month in range(7, 13)]


def test_a_rule_of_each_group_is_told_its_owner_and_not_raised():
    rule = {"source": Source.RULE, "rule_id": "group_meeting"}
    found = laid("党小组会 每月3次 甲", **rule)
    due = of_rule(found, "党小组会", "2026-05")
    assert (due.each, due.target, due.note, found.beyond) == (1, 2, "责任人 甲", ())


def test_an_owner_who_left_asks_for_a_new_one():
    text = BRANCH_TEXT + "2026-05-10 离开 乙"
    assert of_rule(laid("主题党日 每月1次 乙", ledger=text), "主题党日", "2026-03").note.startswith("原责任人已不在")
    assert laid("志愿服务 全年2次 乙", ledger=text).beyond[0].note.startswith("原责任人已不在本组织")
    assert laid("志愿服务 全年2次 乙", ledger=text, on="2026-05-09").beyond[0].note == "责任人 乙"


def test_after_the_year_the_owner_of_its_last_day_is_meant():
    text = BRANCH_TEXT + "2027-03-01 离开 乙"
    assert laid("志愿服务 全年2次 乙", ledger=text, on="2027-06-01").beyond[0].note == "责任人 乙"


def test_before_the_branch_was_founded_nothing_is_owed():
    text = "2026-06-01 支部成立\n" + BRANCH_TEXT
    assert beyond("宣讲 每季度1次", ledger=text) == ["plan/1/2026-Q3", "plan/1/2026-Q4"]
    assert beyond("宣讲 全年3次", ledger=text) == ["plan/1/2026"]


def test_a_problem_with_dated_measures_is_no_second_due():
    dated, bare = Carried("2025-问题-01", None, True), Carried("2025-问题-02", None, False)
    assert laid("整改：抽查没有坚持 全年", problem=dated).beyond == ()
    assert len(laid("整改：抽查没有坚持 全年", problem=bare).beyond) == 1


def test_a_unit_that_is_no_branch_owes_what_a_record_settles_only():
    text = read(BRANCH_TEXT)
    lines = [line("主题党日 每月1次", text, 1), line("召开党建工作会 3月31日前", text, 2)]
    assert [due.key for due in lay(lines, (), None, unit_id=7, on=date(2026, 1, 5)).beyond] == ["plan/2"]


def test_how_often_in_words():
    text = read(BRANCH_TEXT)
    said = {
        one: often(line(one, text))
        for one in ("党课 3月、9月各1次", "党课 每季度2次", "志愿服务 6月30日前3次", "党费公示 每季度")
    }
    assert list(said.values()) == ["3月、9月各1次", "每季度2次", "6月30日前3次", "每季度"]
    talks = line("谈心谈话 全年1次", text, rule_id="heart_talk")
    assert (often(talks), planned_total(talks)) == ("全年每人1次", None)
    assert planned_total(line("党课 3月、9月各2次", text)) == 4


# -- what a plan may start from ---------------------------------------------------------------------------------------


NOTHING = Taken()


def offered(taken: Taken = NOTHING, **more: object):
    text = read(QUARTERLY)
    binding = [due for rule in RULES.values() for due in duties.expand(rule, text.facts, YEAR)]
    given: dict[str, object] = {"problems": (), "points": (), "last": ()}
    return offer(binding=binding, year=YEAR, taken=taken, **(given | more)).proposals


def test_it_starts_from_the_rules_that_bind():
    found = offered()
    titles = [p.draft.title for p in found[Source.RULE]]
    assert "主题党日" in titles and "党课" in titles and "支部委员会会议" in titles
    assert not any("设立" in title for title in titles)  # a state is nothing to plan
    lecture = next(p for p in found[Source.RULE] if p.draft.title == "党课")
    assert (lecture.draft.figure, lecture.draft.target, lecture.draft.rhythm) == ("党课次数", 1, Rhythm.QUARTERLY)
    assert "每季度1次" in lecture.why


def test_it_starts_from_what_last_year_left_unfinished():
    measures = (
        OpenMeasure("每季度抽查一次", date(2026, 6, 30), 101),
        OpenMeasure("通报抽查结果", date(2026, 9, 30), 102),
    )
    problem = OpenProblem(12, "2025-问题-03", "自学没有抽查", measures)
    (found,) = offered(problems=(problem,))[Source.PROBLEM]
    draft = found.draft
    assert (draft.title, draft.by_day, draft.owner_id) == ("整改：自学没有抽查", date(2026, 9, 30), 101)
    assert draft.note == "每季度抽查一次；通报抽查结果" and draft.source_note == "2025-问题-03"
    bare = offered(problems=(OpenProblem(13, "2025-问题-04", "台账补记"),))[Source.PROBLEM][0]
    assert (bare.draft.rhythm, bare.why) == (Rhythm.YEARLY, "还没有定整改措施")


def test_it_starts_from_the_superiors_points_and_from_last_years_own_lines():
    text = read(QUARTERLY)
    point = Point(line("警示教育 每半年1次", text, 34), "青禾县直机关工委")
    last = (line("党员先锋岗 6月30日前 甲", text, 56), line("主题党日 每月1次", text, 57, source=Source.RULE))
    found = offered(points=(point,), last=last)
    above = found[Source.SUPERIOR][0].draft
    assert (above.above_id, above.figure, above.source_note) == (34, "警示教育次数", "青禾县直机关工委年度计划")
    assert [p.draft.title for p in found[Source.LAST]] == ["党员先锋岗"]  # the rules are offered by themselves


def test_what_the_plan_has_is_not_offered_again():
    problem = OpenProblem(12, "2025-问题-03", "自学没有抽查")
    taken = Taken(rules=frozenset({"theme_day"}), problems=frozenset({12}))
    found = offered(taken, problems=(problem,))
    assert Source.PROBLEM not in found
    assert "主题党日" not in [p.draft.title for p in found[Source.RULE]]
