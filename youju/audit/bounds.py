"""When a claimed number holds against the ledger's: pure, one place for every relation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from youju.figures.figure import STATES
from youju.figures.values import Answer
from youju.kit.periods import Period
from youju.prose.claims import Claim

TOLERANCE = 0.1  # 近、约: within a tenth of the number said, and the page says so
SHARE_STEP = 0.05  # shares are kept with one decimal
SMALLEST_SHARE = 0.1

RHYTHMS = {"per_day": "天", "per_week": "周", "per_month": "月", "per_quarter": "季度", "per_year": "年"}
COUNTED = {"per_day": "天", "per_week": "周", "per_month": "个月", "per_quarter": "个季度", "per_year": "年"}


@dataclass(frozen=True)
class Outcome:
    """Whether the claim holds, and the ledger's side in words."""

    holds: bool
    ledger: str


def unbounded(claim: Claim) -> bool:
    """多次, 上百次: no number is too small or too large for it."""
    return claim.value is None or (claim.relation == "approx" and claim.text.startswith("上"))


def judge(claim: Claim, answer: Answer, *, within: bool = False) -> Outcome:
    """The claim against the answer to the figure it asks.

    ``within``: the answer covers more days than the claim, so what was done may be more than was said.
    """
    assert claim.value is not None, "an amount without a bound is not judged"
    if claim.relation in RHYTHMS:
        return _rhythm(claim, answer)
    value = answer.value
    share = answer.figure.unit == "%"
    low, high = bounds(claim.relation, claim.value, claim.value_max, share=share)
    if within and not share and answer.figure.of not in STATES:
        high = None if claim.relation != "le" else high
    slack = SHARE_STEP if share else 1e-9
    holds = (low is None or value >= low - slack) and (high is None or value <= high + slack)
    return Outcome(holds, f"{_plain(value)}{answer.figure.unit}")


def bounds(
    relation: str, value: float, value_max: float | None = None, *, share: bool = False
) -> tuple[float | None, float | None]:
    """The least and the greatest number that satisfy a relation, both included; None where there is no bound.

    20余 = 20 to 29, 100余 = 100 to 199, 1300余 = 1300 to 1399: up to the last non-zero digit, the round number accepted.
    A ``share`` moves by tenths: 超过90% is 90.1 and more. Written without a decimal it was rounded: 92% is 91.5 to 92.4,
    but 100% is all of them.
    """
    least = SMALLEST_SHARE if share else _smallest(value)
    match relation:
        case "eq" if share and float(value).is_integer() and value < 100:
            return value - 0.5, value + 0.4
        case "eq":
            return value, value
        case "ge":
            return value, None
        case "gt":
            return value + least, None
        case "le":
            return None, value
        case "range":
            return value, value_max
        case "approx":
            return value * (1 - TOLERANCE), value * (1 + TOLERANCE)
        case "approx_over":
            return value, value + _step(value) - least
    raise ValueError(f"no bounds for {relation}")


def _smallest(value: float) -> float:
    return 1 if float(value).is_integer() else 0.1


def _step(value: float) -> float:
    """The size of the last non-zero digit's place: 20 → 10, 1300 → 100, 25 → 1."""
    digits = Decimal(str(value)).normalize()
    exponent = digits.as_tuple().exponent
    return float(10 ** int(exponent)) if isinstance(exponent, int) else 1.0


def _rhythm(claim: Claim, answer: Answer) -> Outcome:
    """每月召开1次 is one at least in each month that is over, not twelve in all."""
    assert claim.value is not None
    period, wanted = answer.period, claim.value
    parts = [
        part for part in _parts(claim.relation, period) if period.start <= part.start and part.end <= period.end
    ]  # a week that began in the old year cannot be judged by the new year's records
    over = tuple(part for part in parts if part.end <= answer.as_of)
    word = RHYTHMS[claim.relation]
    short = [part for part, share in answer.split(over) if share.value < wanted]
    total = f"{_plain(answer.value)}{answer.figure.unit}"
    if not over:
        return Outcome(bool(answer.rows), f"共{total}，还没有过完一{word}")
    if not short:
        return Outcome(True, f"共{total}，每{word}都有")
    named = "、".join(part.label for part in short[:3])
    if len(short) > 1:
        named += f"{'等' if len(short) > 3 else ''}{len(short)}{COUNTED[claim.relation]}"
    return Outcome(False, f"共{total}，{named}不足{_plain(claim.value)}次")


def _parts(relation: str, period: Period) -> list[Period]:
    if relation == "per_month":
        return list(period.months())
    if relation == "per_quarter":
        return list(period.quarters())
    if relation == "per_year":
        return [Period.year(year) for year in period.years()]
    length = 7 if relation == "per_week" else 1
    starts = _days(period.start - timedelta(days=period.start.weekday() if length == 7 else 0), period.end, length)
    return [Period(start, start + timedelta(days=length - 1)) for start in starts]


def _days(start: date, end: date, step: int) -> list[date]:
    return [start + timedelta(days=offset) for offset in range(0, (end - start).days + 1, step)]


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)
