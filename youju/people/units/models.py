"""Units and their version counters."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from youju.people.units.values import UNIT_KINDS_ZH, UnitKind, after_subtree, ancestors


class UnitSet(models.QuerySet["Unit"]):
    def below(self, unit: Unit) -> UnitSet:
        """The unit and everything under it."""
        return self.filter(path__gte=unit.path, path__lt=after_subtree(unit.path))

    def above(self, unit: Unit) -> UnitSet:
        """The unit and everything over it, from the root down."""
        return self.filter(path__in=ancestors(unit.path)).order_by("path")

    def open_on(self, day: date) -> UnitSet:
        return self.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=day)).filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        )

    def branches(self) -> UnitSet:
        return self.filter(kind=UnitKind.BRANCH)


class Unit(models.Model):
    """组织: a node of the tree. It closes on a day with a successor; it is never deleted."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="children", verbose_name="上级组织"
    )
    kind = models.CharField("类别", max_length=20, choices=[(kind.value, zh) for kind, zh in UNIT_KINDS_ZH.items()])
    name = models.CharField("全称", max_length=80)
    short_name = models.CharField("简称", max_length=40)
    code = models.CharField("代码", max_length=40, unique=True)
    path = models.CharField(max_length=64, unique=True)
    opened_on = models.DateField("成立日期", null=True)
    closed_on = models.DateField("撤销日期", null=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="接续组织"
    )
    children_made = models.PositiveIntegerField(default=0)

    objects = UnitSet.as_manager()

    class Meta:
        verbose_name = "组织"
        indexes = [models.Index(fields=["kind", "path"], name="units_of_kind")]  # counting the branches of a subtree
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_name"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(closed_on__isnull=False), name="successor_only_when_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_path(self) -> str:
        """Path of the unit that keeps this unit's ledger: a group's records stand in its branch's ledger."""
        return self.path[:-4] if self.kind == UnitKind.GROUP else self.path


class UnitYearSet(models.QuerySet["UnitYear"]):
    def ahead(self, year: int) -> UnitYearSet:
        """Those of a year in which something changed that nothing stored has followed yet."""
        return self.filter(year=year, version__gt=F("followed"))


class UnitYear(models.Model):
    """How often anything of a unit and year has changed; what is derived carries the version it was computed from."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField(default=0)
    followed = models.PositiveBigIntegerField(default=0)  # up to which version what is derived and stored has followed

    objects = UnitYearSet.as_manager()

    class Meta:
        verbose_name = "组织年度版本"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="unit_year_once")]
        # Those that are ahead are few: of 100,000 units the index holds only what changed since the worker last looked,
        # so finding them costs nothing, and a change touches no row but its own.
        indexes = [
            models.Index(fields=["year", "unit"], name="unit_years_ahead", condition=Q(version__gt=F("followed")))
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year} v{self.version}"
