"""The writer and the reader share one vocabulary: what a figure says is read back as the same figure, relation and value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.figures.catalogue import FIGURES
from youju.figures.figure import STATES
from youju.figures.match import match
from youju.prose.claims import read
from youju.prose.say import RHYTHMS, Statement, say

COUNTED = ["eq", "ge", "gt", "approx", "approx_over", "range", "per_month", "per_quarter"]


def statements(figure):
    """Statements that make sense for the figure: shares, states and hours have no rhythm, and 余 follows a round number."""
    plain = ["eq"] if figure.unit == "%" or figure.of in STATES else COUNTED
    if figure.of == "hours":
        plain = [relation for relation in COUNTED if relation not in RHYTHMS]  # so many hours a month is a duration
    return st.sampled_from(plain).flatmap(lambda relation: _values(figure, relation))


def _values(figure, relation):
    if figure.unit == "%":
        numbers = st.integers(1, 1000).map(lambda n: n / 10)
    elif relation == "approx_over":
        numbers = st.sampled_from([10, 20, 30, 40, 100, 200])
    elif relation in RHYTHMS:
        numbers = st.integers(1, 4)
    else:
        numbers = st.integers(1, 400)
    top = st.integers(1, 30) if relation == "range" else st.none()
    return st.tuples(numbers, top).map(
        lambda pair: Statement(figure.id, relation, pair[0], pair[1] and pair[0] + pair[1], figure.unit)
    )


@pytest.mark.parametrize("figure", FIGURES.values(), ids=list(FIGURES))
@given(data=st.data())
def test_what_is_said_is_read_back(figure, data):
    statement = data.draw(statements(figure))
    text = f"今年以来，{say(statement, figure.say)}。"
    claims = [claim for claim in read(text) if claim.class_ != "none"]
    assert len(claims) == 1, (text, claims)
    claim = claims[0]
    assert (claim.relation, claim.value, claim.value_max) == (
        statement.relation,
        statement.value,
        statement.value_max,
    ), text
    found = match(claim)
    assert found and found[0].id == figure.id, (text, [f.id for f in found], claim)


def test_tasks_done_in_the_sentence_of_their_campaigns_are_tasks():
    campaigns, tasks = read("全年开展专项活动4项，完成专项任务13项。")
    assert [figure.id for figure in match(campaigns)][:1] == ["专项活动数"]
    assert [figure.id for figure in match(tasks)][:1] == ["专项任务完成数"]
