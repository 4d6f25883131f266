"""取思路: his words may be followed, his numbers stay his."""

import pytest

from youju.reports.drafts.rules import pieces
from youju.reports.ideas import idea_of


@pytest.mark.parametrize(
    ("said", "idea"),
    [
        ("全年开展主题党日20余次。", "全年开展主题党日〔=主题党日次数〕。"),
        ("支委会每月召开1次。", "支委会〔=支委会次数〕。"),
        ("走访74户中有19户不清楚托管费用。", "走访〔缺：几户〕中有〔缺：几户〕不清楚托管费用。"),
        ("增收12.5万元，满意率98%。", "增收〔缺：几元〕，满意率〔缺：百分之几〕。"),
        ("3月5日前完成整改。", "〔缺：哪一天〕前完成整改。"),
        ("2023年，抓住重点。", "〔缺：哪一年〕年，抓住重点。"),
        ("到3个村开展志愿服务。", "到〔缺：几个〕村开展志愿服务。"),
        ("拨打12345热线。", "拨打〔缺：数字〕热线。"),
        (
            "坚持“三会一课”，一是抓学习，二是抓队伍，树牢四个意识。",
            "坚持“三会一课”，一是抓学习，二是抓队伍，树牢四个意识。",
        ),
        ("（1）抓学习。\n2.抓队伍。", "（1）抓学习。\n2.抓队伍。"),
        ("别人写的〔=主题党日次数〕和〔缺：地点〕。", "别人写的=主题党日次数和缺：地点。"),
    ],
)
def test_numbers_become_blanks_and_words_stay(said, idea):
    assert idea_of(said) == idea


def test_no_number_of_the_other_unit_is_left_and_every_token_can_be_read():
    text = "2024年3月，组织党员23名、群众108人次，走访12个村340户，解决诉求31件，办结率96.5%，投入8万余元；4月至6月召开座谈会3场。"
    idea = idea_of(text)
    assert not any(sign in idea for sign in "0123456789")
    assert "".join(str(piece) for piece in pieces(idea)) == idea
