"""The packs as shipped, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from youju.duties.rulebook import PACKS, PACKS_FOLDER, RULES, read_packs
from youju.kit.datafile import DataFault

PACK = (PACKS_FOLDER / "party_branch_regulations.yaml").read_text(encoding="utf-8")


def faulty(tmp_path: Path, before: str, after: str) -> DataFault:
    assert PACK.count(before) >= 1
    file = tmp_path / "pack.yaml"
    file.write_text(PACK.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        read_packs([file])
    return caught.value


def test_every_rule_of_the_regulations_says_where_it_stands():
    regulations = PACKS[0]
    assert regulations.id == "party_branch_regulations" and len(regulations.rules) == 8
    assert all(rule.article for rule in regulations.rules)
    assert not any(rule.verified for rule in RULES.values())  # nobody compared one with the official text yet


def test_hard_and_soft_are_as_the_regulations_say():
    hard = {rule.id for rule in RULES.values() if rule.strength == "hard"}
    assert hard >= {"theme_day", "org_life_meeting", "committee_due"}
    assert {"party_meeting", "committee_meeting", "group_meeting", "member_review", "heart_talk"}.isdisjoint(hard)
    soft = [
        rule for rule in RULES.values() if rule.soft and rule.id != "committee_hours"
    ]  # of that no wording is known
    assert all("一般" in rule.wording for rule in soft)


def test_a_lecture_is_no_duty_of_the_regulations():
    assert RULES["party_lecture_quarterly"].default is False
    assert RULES["party_lecture_quarterly"].article is None
    bases = [rule for rule in RULES.values() if rule.figure == "党课次数"]
    assert len(bases) >= 4 and not any(rule.default for rule in bases)


def test_what_has_no_national_basis_is_off():
    on = {rule.id for rule in RULES.values() if rule.default}
    assert on == {
        "committee_meeting", "group_meeting", "theme_day", "party_meeting", "org_life_meeting", "member_review", "heart_talk",
        "committee_due", "study_hours", "election_village", "election_other",
    }  # fmt: skip
    assert all(rule.seen == "two" for rule in RULES.values() if rule.default)


@pytest.mark.parametrize(
    ("before", "after", "key", "sentence"),
    [
        ("target: 3", "target: 3\n    term_years: [3]", "rules.7.term_years", "每届一次"),
        ("figure: 支委会次数", "figure: 党员到会率", "rules.0.figure", "不按次数"),
        ("figure: 支委会次数", "figure: 学时合计", "rules.0.over", "each_member"),
        ("figure: 支委会次数", "figure: 换届选举次数", "rules.0.figure", "每届一次"),
        ("window: 4", "opens_month: 13", "rules.4.opens_month", "太大"),
        ("window: 4", "window: 4\n    opens_month: 11", "rules.4.opens_month", "只写一个"),
        ("rhythm: quarterly", "rhythm: quarterly\n    opens_month: 3", "rules.3.opens_month", "每年一次"),
        ("seen: two", "seen: certainly", "rules.0.seen", "只能从规定的几个词里选"),
        ("figure: 支委会次数", "figure: 没有的指标", "rules.0.figure", "指标目录里没有"),
        ("rhythm: monthly", "rhythm: weekly", "rules.0.rhythm", "只能从规定的几个词里选"),
        ("kinds: [committee_meeting]", "kinds: [tea_party]", "rules.0.kinds", "种类"),
        ("target: 3", "target: 0", "rules.7.target", "太小"),
        ("article: 12", "article: 0", "rules.0.article", "太小"),
        ("title: 党小组会\n", 'title: ""\n', "rules.1.title", "空着"),
        ("short: 支部工作条例", 'short: ""', "sources.ZB.short", "空着"),
        ("window: 4", "window: 5", "rules.4.window", "只能是 1 到 4"),
        ("source: ZB", "source: XX", "rules.0.source", "sources 里没有"),
        ("held_until_month: 3", "held_until_month: 13", "rules.4.held_until_month", "1 到 12"),
        ("rhythm: quarterly", "rhythm: quarterly\n    held_until_month: 3", "rules.3.held_until_month", "所属年度"),
        ("condition: groups_exist", "condition: always", "rules.1.over", "groups_exist"),
        ("wording: 党支部委员会会议一般每月召开1次", f"wording: {'长' * 41}", "rules.0.wording", "41"),
        ("    strength: soft\n", "", "rules.0.strength", "缺这个键"),
        ("id: group_meeting", "id: committee_meeting", "rules.1.id", "写了两次"),
        ("id: group_meeting", "id: 小组会", "rules.1.id", "英文字母"),
        ("    title: 党小组会\n", "    title: 党小组会\n    colour: red\n", "rules.1.colour", "没有这个键"),
    ],
)
def test_a_wrong_rule_names_file_line_and_key(tmp_path, before, after, key, sentence):
    fault = faulty(tmp_path, before, after)
    assert fault.key == key and sentence in fault.sentence
    assert str(fault).startswith("pack.yaml 第") and fault.line > 1


def test_two_packs_cannot_share_an_id(tmp_path):
    (tmp_path / "again.yaml").write_text(PACK, encoding="utf-8")
    with pytest.raises(DataFault, match="写了两次"):
        read_packs([PACKS_FOLDER / "party_branch_regulations.yaml", tmp_path / "again.yaml"])
