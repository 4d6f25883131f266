"""The data file of formulas, and what is refused in one."""

from pathlib import Path

import pytest

from youju.kit.datafile import DataFault
from youju.library.passages.formulas import FORMULAS, load


def test_the_known_formulas_are_read() -> None:
    assert "习近平新时代中国特色社会主义思想" in FORMULAS


@pytest.mark.parametrize(
    ("formulas", "sentence"),
    [("[不忘初心牢记使命, “不忘初心”牢记使命]", "和第1句一样"), ("[农资送到村]", "至少写8个字"), ("句子", "列表")],
)
def test_a_formula_that_helps_nobody_is_refused(tmp_path: Path, formulas: str, sentence: str) -> None:
    file = tmp_path / "formulas.yaml"
    file.write_text(f"formulas: {formulas}\n", encoding="utf-8")
    with pytest.raises(DataFault, match=sentence):
        load(file)
