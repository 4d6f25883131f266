"""The reader against documents marked by hand, where they are at hand beside the checkout."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from youju.prose.claims import Claim, read
from youju.prose.vocabulary import FAMILIES

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD, SEEDS = SHARED / "gold", SHARED / "seeds"

needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="没有标注好的文本（../shared/gold）")
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="没有样本报告（../shared/seeds）")


@needs_gold
def test_the_scores_reached() -> None:
    command = [
        sys.executable,
        str(GOLD / "score.py"),
        str(GOLD / "dev"),
        sys.executable,
        "-m",
        "youju.cli",
        "claims",
        "-",
        "--json",
    ]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=root)
    scores = re.search(r"^F1 ([\d.]+) ([\d.]+) ([\d.]+)$", done.stdout, re.MULTILINE)
    negatives = re.search(r"left unclaimed ([\d.]+)", done.stdout)
    assert scores, done.stdout
    assert negatives
    span, relation_value, full = map(float, scores.groups())
    assert (span >= 0.97, relation_value >= 0.97, full >= 0.94, float(negatives[1]) >= 0.98) == (True,) * 4, done.stdout


@needs_gold
def test_the_families_are_those_of_the_gold() -> None:
    rows = (GOLD / "kinds.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split("\t")[0] for row in rows} == set(FAMILIES)


def found(claims: list[Claim], text: str) -> Claim:
    (claim,) = (c for c in claims if c.text == text and c.class_ == "work")
    return claim


@needs_seeds
@pytest.mark.parametrize(
    ("deployments", "monthly", "days", "studies"),
    [("2次", "每月召开1次", "20余次", "6次"), ("5次", "每月召开3次", "40余次", "9次")],
)
def test_a_whole_report(deployments: str, monthly: str, days: str, studies: str) -> None:
    (path,) = SEEDS.glob("003*.txt")
    text = path.read_text(encoding="utf-8")
    for old, new in (("2次", deployments), ("每月召开1次", monthly), ("20余次", days), ("6次", studies)):
        text = text.replace(old, new) if old not in ("2次",) else re.sub(r"(?<!\d)2次", new, text)
    claims = [c for c in read(text) if c.class_ == "work"]
    assert [(c.text, c.relation, c.kinds) for c in claims] == [
        (deployments, "eq", ("deployment_meeting",)),
        (monthly, "per_month", ("committee_meeting",)),
        (days, "approx_over", ("fixed_study_day", "theme_day", "member_day")),
        ("按季度", "per_quarter", ("self_study_check",)),
        (studies, "eq", ("group_study",)),
    ]
    assert [c.value for c in claims] == [
        int(re.sub(r"\D", "", s) or 1) for s in (deployments, monthly, days, "", studies)
    ]


@needs_seeds
def test_a_report_on_study() -> None:
    (path,) = SEEDS.glob("000*.txt")
    claims = read(path.read_text(encoding="utf-8"))
    total, centre, seminars = found(claims, "12次以上"), found(claims, "25次"), found(claims, "6场次")
    assert (total.relation, total.value, total.kind) == ("ge", 12, "group_study")
    assert set(total.kinds) == {
        "theme_day",
        "party_meeting",
        "committee_meeting",
        "group_meeting",
        "party_lecture",
        "group_study",
    }
    assert total.period is not None
    assert (total.period.text, total.owner) == ("2023年以来", None)
    assert (centre.kinds, centre.owner) == (("group_study",), "中心组")
    assert (seminars.kinds, seminars.owner) == (("seminar",), "中心组")
    assert len([c for c in claims if c.class_ == "work"]) == 3
