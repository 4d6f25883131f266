"""Terms of a branch's committee, each with its basis."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.terms.values import LONGEST_TERM, TermFact
from youju.people.units.models import Unit


class Term(models.Model):
    """任期: holds from ``elected_on`` until the next row. A withdrawn one stays and counts no more.

    ``years`` null says that the branch is a temporary one (临时党支部): its secretary is named, not elected.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="terms", verbose_name="组织")
    elected_on = models.DateField("选举日期")
    years = models.PositiveSmallIntegerField("任期年数", null=True)
    basis = models.CharField("依据", max_length=120)
    extended_until = models.DateField("延期至", null=True)
    extension_basis = models.CharField("延期依据", max_length=120, blank=True)
    stated_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "任期"
        ordering = ["elected_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "elected_on"], condition=Q(withdrawn_at__isnull=True), name="one_term_a_day"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="term_has_basis"),
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__gte=1, years__lte=LONGEST_TERM), name="term_of_some_years"
            ),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True)
                | (Q(extended_until__gt=F("elected_on"), years__isnull=False) & ~Q(extension_basis="")),
                name="extension_has_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.elected_on}"

    @property
    def fact(self) -> TermFact:
        return TermFact(self.pk, self.elected_on, self.years, self.extended_until, self.basis, self.unit_id)
