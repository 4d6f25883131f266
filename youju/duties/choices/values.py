"""What a unit says when it makes a rule of its own."""

from __future__ import annotations

from dataclasses import dataclass

from youju.duties.rulebook import UnitRule, faults_of
from youju.figures.catalogue import FIGURES
from youju.figures.entry_kinds import ENTRY_KINDS
from youju.figures.figure import Figure, Measure
from youju.kit.refusal import Refusal

LOCAL = "BD"  # the source 本单位规定 of the packs
LONGEST_REASON, LONGEST_BASIS, LONGEST_TITLE, LONGEST_NOTE = 200, 120, 40, 200
MOST_TIMES, MOST_HOURS = 99, 400
RHYTHMS_ZH = {"monthly": "每月", "quarterly": "每季度", "half_yearly": "每半年", "yearly": "每年"}
STRENGTHS_ZH = {"hard": "应当", "soft": "一般（软下限）"}
#: Groups and members are asked one by one only where the figure says who it reached.
OF_GROUPS = frozenset({"党小组会次数"})


def countable(figure: Figure) -> bool:
    """Whether a unit may ask it so many times: a number of times, or 学时. What is kept beside the sessions is not owed so."""
    if figure.of == "hours":
        return True
    if figure.of in ENTRY_KINDS:
        return False
    return figure.measure is Measure.COUNT and figure.unit == "次" and figure.of != "term" and not figure.told


COUNTABLE: tuple[str, ...] = tuple(figure.id for figure in FIGURES.values() if countable(figure))


@dataclass(frozen=True)
class RuleDraft:
    """本地规定 as a form hands it in: the same words as in a pack."""

    title: str
    figure: str
    rhythm: str
    target: int
    strength: str
    basis: str
    opens_month: int | None = None
    held_until_month: int | None = None
    note: str = ""

    @property
    def body(self) -> dict[str, object]:
        """What is kept of it, beside its basis."""
        return {
            "title": self.title.strip(), "figure": self.figure, "rhythm": self.rhythm, "target": self.target,
            "strength": self.strength, "opens_month": self.opens_month, "held_until_month": self.held_until_month,
            "note": self.note.strip(),
        }  # fmt: skip


def rule_of(rule_id: str, body: dict[str, object], basis: str) -> UnitRule:
    """The rule that a kept draft makes. Raises pydantic's ValidationError when it cannot be one."""
    figure = FIGURES.get(str(body.get("figure")))
    hours = figure is not None and figure.of == "hours"
    groups = figure is not None and figure.id in OF_GROUPS
    more = {
        "over": "each_member" if hours else "each_group" if groups else "own",
        "whose": "committee" if figure is not None and figure.where.post else "members",
        "condition": "groups_exist" if groups else "always",
        "kinds": ("group_study", "training") if hours else _kinds(figure),
        "rhythm": "yearly" if hours else body.get("rhythm"),
    }
    head = {
        "id": rule_id,
        "source": LOCAL,
        "article": None,
        "seen": "own",
        "wording": basis.strip()[:40],
        "said": basis,
    }
    return UnitRule.model_validate(head | body | more)


def _kinds(figure: Figure | None) -> tuple[str, ...]:
    if figure is not None and figure.of == "first_topic":
        return ("committee_meeting",)
    return figure.kinds if figure is not None else ()


def checked(draft: RuleDraft, rule_id: str) -> UnitRule:
    """The draft as a rule. Raises Refusal on the field at fault, in words."""
    figure = FIGURES.get(draft.figure)
    if draft.figure not in COUNTABLE or figure is None:
        raise Refusal("figure", "请从表里选一个按次数或学时计的指标。")
    if draft.rhythm not in RHYTHMS_ZH:
        raise Refusal("rhythm", "频次请从每月、每季度、每半年、每年里选。")
    if draft.strength not in STRENGTHS_ZH:
        raise Refusal("strength", "请选“应当”或“一般”。")
    most = MOST_HOURS if figure.of == "hours" else MOST_TIMES
    if not 1 <= draft.target <= most:
        raise Refusal("target", f"次数或学时请填 1 到 {most}。")
    if figure.of == "hours" and draft.rhythm != "yearly":
        raise Refusal("rhythm", "学时按年要求，请选“每年”。")
    for name in ("opens_month", "held_until_month"):
        month = getattr(draft, name)
        if month is not None and not 1 <= month <= 12:
            raise Refusal(name, "月份请填 1 到 12。")
    rule = rule_of(rule_id, draft.body, draft.basis)
    for key, wrong, sentence in faults_of(rule):
        if wrong:
            raise Refusal(key, FAULTS.get(key, sentence))
    return rule


#: The same faults as of a pack, in the words of the form.
FAULTS = {
    "opens_month": "只有每年一次的规定才有开始的月份。",
    "held_until_month": "只有按所属年度计的每年一次的活动（如组织生活会、述职评议会）才能延到次年。",
}
