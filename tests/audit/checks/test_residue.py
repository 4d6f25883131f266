import pytest

from tests.audit.looking import ledger, look, marked
from youju.audit.checks.absolutes import absolutes
from youju.audit.checks.private import private
from youju.audit.checks.remedies import remedies
from youju.audit.checks.residue import ads, lacking, wrong_owner
from youju.prose.private import county_names


def test_bodies_that_are_no_branch():
    text = "2023年，两委班子带头学习，理论学习中心组开展集中学习25次。"
    assert "两委班子" in marked(text, wrong_owner(look(text)))
    assert any("中心组" in words for words in marked(text, wrong_owner(look(text))))


@pytest.mark.parametrize("text", ["随县委理论学习中心组学习5次。", "我参加党委中心组学习扩大会议2次。"])
def test_who_says_that_he_went_along_is_not_told_to_say_so(text):
    assert wrong_owner(look(f"2023年，{text}")) == []
    assert wrong_owner(look(f"2023年，{text}\n理论学习中心组开展集中学习25次。"))


def test_a_village_branch_may_speak_of_its_own():
    text = "2023年，两委班子带头学习。"
    assert wrong_owner(look(text, ledger=ledger(unit="柳溪镇杏花村党支部"))) == []


@pytest.mark.parametrize(
    "text", ["材料来自：【公众号：某某君】，最新最全", "【某某素材库】——每天更新材料", "加入svip会员，轻松解决"]
)
def test_advertisements(text):
    assert ads(look(f"2023年，支部召开支委会12次。\n{text}\n"))


def test_a_channel_of_our_own_is_no_advertisement():
    assert ads(look("2023年，支部在县机关党建公众号发布信息12篇。")) == []
    assert ads(look("2023年，依托微信公众号：柳溪先锋，发布信息12篇。")) == []


def test_objects_that_are_missing():
    text = "采取“走出去”的方式，参加等有关领导的授课，学习《某某会议公报》重要讲话精神。"
    assert len(lacking(look(text))) == 2
    assert lacking(look("由等额选举产生支委会，参加等级评定培训1次。")) == []
    assert lacking(look("和张明、李强等有关同志座谈，找到解决问题的“金钥匙”。")) == []


@pytest.mark.parametrize(
    "words",
    [
        "实现支部党员“全覆盖”",
        "一年来未出现违纪违法行为",
        "确保党员思想不失察",
        "全年零事故",
        "全年无违纪违法案件",
        "彻底解决了迟到问题",
    ],
)
def test_what_no_ledger_proves(words):
    assert len(absolutes(look(f"一、工作\n2023年，{words}。"))) == 1


def test_what_was_not_reached_is_no_boast():
    assert absolutes(look("一、工作\n2023年，因农忙尚未实现全覆盖。")) == []


def test_a_plan_may_aim_high():
    assert absolutes(look("三、下步打算\n2024年，实现党员全覆盖。")) == []


@pytest.mark.parametrize(
    "detail",
    ["13800138000", "138 0013 8000", "110101199003071234", "0571-8765432", "１３８００１３８０００", "a.b@example.com"],
)
def test_details_that_must_not_leave(detail):
    text = f"有事请找我，{detail}。"
    assert marked(text, private(look(text))) == [detail]


def test_numbers_of_records_are_no_telephone():
    assert private(look("台账编号2023-支委-01，全年支出13800元，文号〔2023〕12号。")) == []
    assert private(look("参加人数：126人次，联系服务群众：326户，电话回访：1320次。")) == []


def test_a_county_is_named_only_where_others_are_hidden():
    name = sorted(name for name in county_names() if name.endswith("县"))[0]
    assert marked(f"到x村走访，提升{name}茶农水平。", private(look(f"到x村走访，提升{name}茶农水平。"))) == [name]
    assert private(look(f"到杏花村走访，提升{name}茶农水平。")) == []
    assert private(look(f"到x村走访，提升{name}茶农水平。", ledger=ledger(unit=f"{name}供销社党支部"))) == []


REPORT = """一、工作
2023年，我召开支委会12次。
二、存在问题
一是台账补录不及时，会后常常拖到月底才补。
二是青年党员讲课机会少，上台的总是几个老面孔。
三、下步打算
一是台账补录落到会后三日内，由组织委员负责，2024年3月底前见效。
"""


def test_a_problem_that_no_measure_answers():
    (finding,) = remedies(look(REPORT))
    assert finding.check == "问题无措施" and finding.quote.startswith("二是青年党员")


def test_measures_without_owner_or_date():
    text = REPORT.replace("，由组织委员负责，2024年3月底前见效", "").replace(
        "二是青年党员讲课机会少，上台的总是几个老面孔。\n", ""
    )
    assert [finding.message for finding in remedies(look(text))] == ["下一步措施里没有一条写了责任人和时限。"]


def test_the_first_responsible_is_no_owner_of_a_measure():
    text = REPORT.replace("由组织委员负责，2024年3月底前见效", "落实第一责任人职责")
    assert "责任人和时限" in remedies(look(text))[-1].message


def test_a_report_without_shortcomings_is_left_alone():
    assert remedies(look("一、工作\n2023年，我召开支委会12次。\n二、下步打算\n继续抓好学习。")) == []


def test_a_measure_that_names_the_problem_answers_all_that_is_said_of_it():
    text = "二、存在问题\n一是台账补录不及时。人手总被抽去抗旱。\n三、下步打算\n针对“台账补录不及时”，由组织委员负责，2024年3月底前改好。\n"
    assert remedies(look(text)) == []
