"""The vocabulary files, and the sentence a wrong one is answered with."""

import subprocess
import sys
from pathlib import Path

import pytest

from youju.kit.datafile import DataFault
from youju.prose.vocabulary import (
    FAMILIES,
    FOLDER,
    GROUPS,
    INDEX,
    KINDS,
    UNITS,
    family_words,
    read_families,
    read_fixed,
    read_kinds,
    read_units,
)  # fmt: skip

GOOD = """\
kinds:
  committee_meeting:
    zh: 支委会
    code: 支委
    family: committee_meeting
    words: 支委会 支部委员会
groups:
  会议: committee_meeting
"""


def test_the_kinds_of_the_ledger() -> None:
    assert len(KINDS) == 39
    assert KINDS["committee_meeting"].code == "支委"
    assert KINDS["ideology_study"].family == "committee_meeting"
    assert GROUPS["三会一课"] == ("party_meeting", "committee_meeting", "group_meeting", "party_lecture")


def test_every_kind_is_called_by_its_own_name() -> None:
    for kind in KINDS.values():
        assert kind.zh in kind.words or any(kind.zh in word or word in kind.zh for word in kind.words)
        assert kind.family in FAMILIES
        assert set(kind.words) <= set(family_words(kind.family))


def test_the_index_takes_the_longest_word() -> None:
    text = "召开集中学习研讨会"
    _, first = next(INDEX.find(text, 0, len(text)))
    assert first.text.startswith("集中学习研讨")
    assert [word.text for _, word in INDEX.find("集中学习", 0, 2)] == []


def test_units_know_what_they_do_not_stand_before() -> None:
    assert "部" in UNITS["支"].not_before


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("family: committee_meeting", "family: nowhere", 5, "kinds.committee_meeting.family"),
        ("    zh: 支委会\n", "", 2, "kinds.committee_meeting.zh"),
        ("zh: 支委会", "zh: 3", 3, "kinds.committee_meeting.zh"),
        ("committee_meeting:\n    zh", "Committee:\n    zh", 2, "kinds.Committee"),
        ("会议: committee_meeting", "会议: nobody", 8, "groups.会议"),
        ("groups:", "other:", 1, "groups"),
        ("kinds:\n", "kinds: 1\nmore:\n", 1, "kinds"),
        ("    words: 支委会 支部委员会\n", "    words: 支委会\n    words: 支部委员会\n", 7, "words"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_key(tmp_path: Path, old: str, new: str, line: int, key: str) -> None:
    path = tmp_path / "kinds.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        read_kinds(path, FAMILIES)
    assert (caught.value.line, caught.value.key) == (line, key)
    assert str(caught.value).startswith(f"kinds.yaml 第{line}行")


def test_a_word_belongs_to_one_kind_and_a_code_too(tmp_path: Path) -> None:
    path = tmp_path / "kinds.yaml"
    second = "  other_meeting:\n    zh: 别的会\n    code: {code}\n    family: work_meeting\n    words: {word}\ngroups:"
    for code, word, key in (("别的", "支委会", "words"), ("支委", "别的会", "code")):
        path.write_text(GOOD.replace("groups:", second.format(code=code, word=word)), encoding="utf-8")
        with pytest.raises(DataFault) as caught:
            read_kinds(path, FAMILIES)
        assert caught.value.key == f"kinds.other_meeting.{key}"


def test_wrong_families_units_and_fixed(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("families:\n  a:\n    zh: 甲\n    strong: 会\n  b:\n    zh: 乙\n    weak: 会\n", encoding="utf-8")
    with pytest.raises(DataFault, match=r"第7行 键 families\.b\.weak"):
        read_families(path)
    path.write_text("units:\n  kind: 次\n", encoding="utf-8")
    with pytest.raises(DataFault, match="没有 kind 这一类量词"):
        read_units(path)
    path.write_text("units:\n  session: 次\nnot_before:\n  场: 所\n", encoding="utf-8")
    with pytest.raises(DataFault, match="“场”不是量词"):
        read_units(path)
    path.write_text("fixed:\n  whole: 第一\n", encoding="utf-8")
    with pytest.raises(DataFault, match=r"fixed\.abstract"):
        read_fixed(path)


def test_reading_prose_loads_neither_django_nor_pydantic() -> None:
    code = "import sys, youju.prose.claims; print(sorted({'django', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parents[2]
    )
    assert done.stdout.strip() == "[]"
