"""What an inspector would miss in one record, item by item."""

from dataclasses import replace

import pytest

from youju.kit.datafile import DataFault
from youju.records.activities.rules import Parts
from youju.records.checklist.rules import JUDGEMENTS, check_parts, missing_parts
from youju.records.checklist.values import ITEMS, read_items

WHOLE = Parts(
    kinds=("party_meeting",), listed=9, leave=1, leave_unexplained=0, has_chair=True, has_recorder=True, has_end=True,
    has_place=True, has_outcome=True, items=2, bare_items=0, resolutions=1, untallied=0, evidence=1, filed=True,
)  # fmt: skip


EVERY = tuple(ITEMS.values())


def lacking(looked=EVERY, **changes):
    return [part.name for part in missing_parts(replace(WHOLE, **changes), looked)]


def test_a_whole_record_lacks_nothing():
    assert lacking() == []
    assert [part.name for part in check_parts(WHOLE, ITEMS.values())] == [item.zh for item in ITEMS.values()]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"listed": 0}, "到会名单"),
        ({"leave_unexplained": 1}, "请假原因"),
        ({"has_end": False}, "起止时间"),
        ({"has_place": False}, "地点"),
        ({"has_recorder": False}, "记录人"),
        ({"has_chair": False}, "主持人"),
        ({"items": 0}, "议题和决议"),
        ({"bare_items": 1}, "议题和决议"),
        ({"untallied": 1}, "表决票数"),
        ({"has_outcome": False}, "成效"),
        ({"evidence": 0}, "佐证材料"),
        ({"filed": False}, "书记审签"),
    ],
)
def test_each_thing_is_missed(changes, name):
    assert lacking(**changes) == [name]
    off = [item for item in ITEMS.values() if item.zh != name]
    assert lacking(off, **changes) == []


def test_what_does_not_apply_is_not_asked():
    assert lacking(kinds=("theme_day",), items=0, resolutions=0, untallied=0) == []
    names = [part.name for part in check_parts(replace(WHOLE, leave=0, resolutions=0), ITEMS.values())]
    assert "请假原因" not in names and "表决票数" not in names


def test_of_a_talk_only_who_and_when_is_kept():
    talk = replace(WHOLE, kinds=("heart_talk",), items=0, evidence=0, has_chair=False, has_recorder=False)
    assert [part.name for part in check_parts(talk, ITEMS.values())] == ["到会名单", "书记审签"]


def test_every_judgement_is_named_by_an_item_and_ids_are_unique(tmp_path):
    assert {item.looks_at for item in ITEMS.values()} == set(JUDGEMENTS)
    twice = tmp_path / "items.yaml"
    line = "- {id: place, zh: 地点, wording: 写了, looks_at: place, default: true, talk: false}\n"
    twice.write_text(line * 2, encoding="utf-8")
    with pytest.raises(DataFault, match="写了两次"):
        read_items(twice)
    twice.write_text(line.replace("looks_at: place", "looks_at: smile"), encoding="utf-8")
    with pytest.raises(DataFault, match="只能从规定的几个词里选"):
        read_items(twice)
