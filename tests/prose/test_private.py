"""Details and places that must not leave, found alike by the audit and by cleaning."""

from pathlib import Path

import pytest

from youju.kit.datafile import DataFault
from youju.prose.private import county_names, named_counties, read_private


def test_common_words_are_no_counties() -> None:
    assert not {"资源", "合作", "和平", "振兴", "公安"} & county_names()


def test_the_longest_name_is_found_and_none_within_it() -> None:
    bare = sorted(name for name in county_names() if f"{name}县" in county_names())[0]
    text = f"从{bare}县到{bare}，又回{bare}县。"
    assert named_counties(text) == [(1, f"{bare}县"), (len(bare) + 3, bare), (2 * len(bare) + 6, f"{bare}县")]
    assert named_counties("") == named_counties("村") == []


@pytest.mark.parametrize(
    "data",
    ["details: []\nnot_places: 资源\n", "details: [{pattern: '(', what: 号码}]\nnot_places: 资源\n", "not_places: 资源\n",
     "details: [{pattern: a}]\nnot_places: 资源\n"],
)  # fmt: skip
def test_a_data_file_that_cannot_be_used_is_named(tmp_path: Path, data: str) -> None:
    path = tmp_path / "private.yaml"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(DataFault, match=r"private\.yaml"):
        read_private(path)
