from datetime import date

import pytest

from youju.audit.dating import report_day, report_year
from youju.audit.queries import audit_text

TODAY = date(2026, 11, 21)
TABLE = (
    "附：数据出处表（台账截至2023年12月20日）\n序号\t指标\t得数\t时段\t记录编号\n"
    "1\t党员人数\t30名\t2023年12月20日\t名册在册30人\n2\t走访次数\t2次\t2023年\t2023-走访-01、2023-走访-02"
)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年度述职报告\n2024年，我……", 2024),
        ("述职报告\n2023年，在……。2024年，我将……", 2023),
        ("述职报告\n近年来……。2023年以来，开展学习。", 2023),
        ("述职报告，没有年份。", 2026),
        ("2027年工作打算", 2026),
    ],
)
def test_the_year_is_read_from_the_text(text, year):
    assert report_year(text, today=TODAY) == year


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("……\n周砚秋\n2023年12月20日", 2023, date(2023, 12, 20)),
        (f"……\n周砚秋\n2024年1月8日\n{TABLE}", 2023, date(2024, 1, 8)),
        (f"……\n{TABLE}\n周砚秋\n2024年1月8日", 2023, date(2024, 1, 8)),
        (f"……2023年3月1日。\n{TABLE}", 2023, date(2023, 3, 1)),
        ("……", 2023, date(2023, 12, 31)),
        ("……", 2026, TODAY),
        ("……\n2023年2月30日", 2023, date(2023, 12, 31)),
    ],
)
def test_the_day_is_the_one_under_the_report(text, year, day):
    assert report_day(text, year=year, today=TODAY) == day


def test_a_date_in_chinese_signs_is_read():
    text = "书记述职报告\n二〇二三年，召开支委会12次。\n周砚秋\n二〇二四年一月二十日"
    assert report_year(text, today=date(2026, 11, 21)) == 2023
    assert report_day(text, year=2023, today=date(2026, 11, 21)) == date(2024, 1, 20)


def test_a_report_that_speaks_of_its_appendix_goes_on_after_it() -> None:
    text = (
        "2023年，召开支委会12次（详见附：数据出处表），召开党员大会4次。\n附：数据出处表（台账截至2023年12月31日）\n"
        "序号\t指标\t得数\t时段\t记录编号\n1\t党员大会次数\t4次\t2023年\t2023-大会-01、2023-大会-02"
    )
    audit = audit_text(text, unit=None, today=date(2023, 12, 31))
    assert [judged.said for judged in audit.judged] == ["12次", "4次"]
