from datetime import date

from tests.audit.looking import ledger, look, said
from tests.duties.ledger import read
from youju.audit.checks.duties import below_floor, last_year, unmentioned
from youju.figures.values import ProblemFact

TITLE = "柳溪镇机关党支部书记2023年度述职报告\n"
YEAR = "2020-01-01 支部成立\n2020-01-01 支委会 甲 乙 丙\n2020-01-01 党员 甲 乙 丙\n2023-01-05 记 支委会"


def standings():
    return tuple(read(YEAR).standings(2023, date(2023, 12, 31)))


def test_a_number_below_what_the_rules_add_up_to():
    text = TITLE + "2023年，我组织开展主题党日、支委会等12次。"
    (finding,) = below_floor(look(text))
    assert "主题党日12次、支委会12次，合计24次" in finding.message


def test_a_number_that_reaches_it():
    assert below_floor(look(TITLE + "2023年，我组织开展主题党日12次，召开支委会12次。")) == []


def test_the_units_own_dues_count_where_there_is_a_ledger():
    text = TITLE + "2023年，我召开支委会8次。"
    assert "支委会12次" in said(below_floor(look(text, ledger=ledger(standings=standings()))))[0]


def test_a_waived_month_is_not_asked_for():
    waived = "\n".join(f"2023-{month:02d}-20 豁免 支委会 2023-{month:02d}" for month in (2, 5, 7, 8))
    rows = tuple(read(f"{YEAR}\n{waived}").standings(2023, date(2023, 12, 31)))
    assert below_floor(look(TITLE + "2023年，我召开支委会8次。", ledger=ledger(standings=rows))) == []


def test_a_plan_and_a_month_have_no_floor():
    assert below_floor(look("三、下步打算\n2024年，计划召开支委会6次。")) == []
    assert below_floor(look(TITLE + "2023年3月，我召开支委会1次。")) == []


def test_what_is_never_mentioned():
    text = TITLE + "2023年，我召开支委会12次，开展主题党日12次，上党课4次。"
    names = " ".join(said(unmentioned(look(text))))
    assert "党员大会" in names and "党费" in names and "支委会" not in names


def test_a_unit_without_groups_owes_no_meetings_of_groups():
    side = ledger(standings=standings(), held={"party_meeting": ("2023-大会-01",)})
    findings = unmentioned(look(TITLE + "2023年，我召开支委会12次。", ledger=side))
    assert not any("党小组会" in finding.message for finding in findings)
    meeting = next(finding for finding in findings if "党员大会" in finding.message)
    assert meeting.records == ("2023-大会-01",) and meeting.ledger == "台账2023年有1条。"


def test_only_reports_on_a_year_are_asked():
    assert unmentioned(look("关于召开组织生活会的通知\n请各支部做好准备。")) == []


def test_a_report_that_is_silent_on_last_year():
    problem = ProblemFact(
        1, "2022-问题-01", "补录不及时", date(2022, 12, 1), 2022, date(2023, 5, 1), date(2022, 12, 1), 1, ()
    )
    (finding,) = last_year(look(TITLE + "2023年，我召开支委会12次。", ledger=ledger(last=(problem,))))
    assert finding.ledger == "台账：2022年列入问题1个，已销号1个。" and finding.records == ("2022-问题-01",)


def test_a_report_that_speaks_of_last_year():
    assert last_year(look(TITLE + "上年问题已整改到位。")) == []
    assert last_year(look(TITLE + "一、工作\n2023年，我召开支委会12次。\n二、下一步打算\n2024年，抓好问题整改。"))


def test_the_secretarys_own_lectures_are_a_part_of_all():
    rows = tuple(read(f"{YEAR}\n2020-01-01 启用 党课").standings(2023, date(2023, 12, 31)))
    side = ledger(standings=rows)
    assert below_floor(look(TITLE + "2023年，书记讲党课1次。", ledger=side)) == []
    assert below_floor(look(TITLE + "2023年，开展党课1次。", ledger=side))
