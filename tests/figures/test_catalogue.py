"""A wrong figure stops start-up and names file, line and key."""

import pytest

from youju.figures.catalogue import FIGURES, lump, read_catalogue
from youju.kit.datafile import DataFault

GOOD = '- {id: 会次数, of: activity, where: {kinds: [party_meeting]}, unit: 次, say: "开会{n}"}\n'


def fault_of(tmp_path, text):
    path = tmp_path / "catalogue.yaml"
    path.write_text(GOOD + text, encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        read_catalogue(path)
    return caught.value


@pytest.mark.parametrize(
    ("figure", "key"),
    [
        ("{id: x, of: activity, where: {kinds: [nonsense]}, unit: 次, say: '{n}'}", "1.where.kinds.0"),
        ("{id: x, of: activity, reads: {kinds: [nonsense]}, unit: 次, say: '{n}'}", "1.reads.kinds.0"),
        ("{id: x, of: activity, reads: {family: nonsense}, unit: 次, say: '{n}'}", "1.reads.family"),
        ("{id: x, of: nonsense, unit: 次, say: '{n}'}", "1.of"),
        ("{id: x, of: activity, unit: 次, say: 没有数}", "1.say"),
        ("{id: x, of: activity, unit: 次, say: '{n}', colour: red}", "1.colour"),
        ("{id: x, of: activity, unit: 次, say: '{n}', where: {lecturer: anybody}}", "1.where.lecturer"),
        ("{id: 会次数, of: activity, unit: 次, say: '{n}'}", "1.id"),
        ("{id: x, of: activity, measure: sum, unit: 次, say: '{n}'}", "1"),
        ("{id: x, of: activity, measure: share, amount: others, unit: '%', say: '{n}'}", "1"),
        ("{id: x, of: problem, measure: share, amount: came, unit: '%', say: '{n}'}", "1"),
        ("{id: x, of: activity, measure: share, amount: came, unit: 次, say: '{n}'}", "1"),
        ("{id: x, of: member, where: {kinds: [party_meeting]}, unit: 名, say: '{n}'}", "1"),
        ("{id: x, of: activity, where: {standing: formal}, unit: 次, say: '{n}'}", "1"),
        ("{id: x, of: member, dated_by: for_year, unit: 名, say: '{n}'}", "1"),
        ("{id: x, of: activity, unit: 次, say: '{n}和{n}'}", "1"),
        ("{id: x, of: hours, unit: 学时, say: '{n}'}", "1"),
        ("{id: x, of: activity, measure: sum, amount: hours, unit: 学时, say: '{n}'}", "1"),
        ("{id: x, of: member, where: {post: committee}, unit: 名, say: '{n}'}", "1"),
        ("{id: x, of: term, dated_by: for_year, unit: 次, say: '{n}'}", "1"),
    ],
)
def test_a_wrong_figure_is_named_with_line_and_key(tmp_path, figure, key):
    fault = fault_of(tmp_path, f"- {figure}\n")
    assert (fault.line, fault.key) == (2, key)
    assert str(fault).startswith("catalogue.yaml 第2行 键 ")


def test_a_lump_of_kinds_is_the_catalogues_own_figure_where_there_is_one():
    assert lump(("member_day", "theme_day", "fixed_study_day")) is FIGURES["各类党日次数"]
    assert lump(("party_meeting", "committee_meeting")).kinds == ("party_meeting", "committee_meeting")
