"""标题拼音首字母: all readings count."""

from youju.library.search.initials import begin, initials_of, letters_of, pairs


def test_every_reading_counts() -> None:
    assert set(letters_of("重")) >= {"c", "z"}
    assert letters_of("安") == "a"  # its first letter carries the tone
    assert letters_of("，") == ""
    assert letters_of("５") == ""  # a title is folded first
    assert letters_of("G") == "g"


def test_letters_begin_neighbours_and_signs_between_them_do_not_count() -> None:
    initials = initials_of("组织部主要职责（5g）")
    assert begin(initials, "zzbzyzz5g")
    assert begin(initials, "bzy")
    assert not begin(initials, "zzzb")
    assert not begin(initials, "5gg")
    assert begin(initials_of("重庆"), "zq")
    assert begin(initials_of("重庆"), "cq")


def test_pairs_hold_every_reading_at_its_place() -> None:
    found = pairs(("cz", "q", "b"))
    assert found == [(0, "cq"), (0, "zq"), (1, "qb"), (2, "b")]
