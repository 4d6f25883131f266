"""What is kept of scores. All of it can be thrown away and computed again."""

from __future__ import annotations

from django.db import models

from youju.people.models import Unit
from youju.people.units.values import after_subtree


class ScoreSet(models.QuerySet["UnitScore"]):
    def below(self, path: str) -> ScoreSet:
        """Of the unit of this path and of everything under it."""
        return self.filter(path__gte=path, path__lt=after_subtree(path))


class UnitScore(models.Model):
    """One unit and year. ``path`` as it was when it was computed: a moved unit is stale until it is computed again."""

    # No key in the database: storing a score must not wait for who changes the unit, nor make him wait.
    unit = models.ForeignKey(Unit, on_delete=models.DO_NOTHING, db_constraint=False, related_name="scores")
    year = models.PositiveIntegerField()
    path = models.CharField(max_length=64)
    version = models.PositiveBigIntegerField()  # of the unit-year
    rules = models.CharField(max_length=16)  # digest of the packs and of what units above have said
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    due = models.PositiveIntegerField()
    done = models.PositiveIntegerField()
    overdue_from = models.DateField(null=True)
    body = models.TextField()

    objects = ScoreSet.as_manager()

    class Meta:
        verbose_name = "办理情况"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="score_once")]
        indexes = [
            models.Index(fields=["year", "path", "rules"], name="scores_by_place"),
            models.Index(fields=["year", "overdue_from", "path"], name="scores_by_lateness"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}"


class ScoreTotal(models.Model):
    """All scores under a path, added up; always of the stored rows, written with them. The empty path is everything.

    A branch has none: what lies at its path is its score.
    """

    path = models.CharField(max_length=64)
    year = models.PositiveIntegerField()
    packs = models.CharField(max_length=16, blank=True)  # of everything: the packs that all rows have followed
    body = models.TextField()

    class Meta:
        verbose_name = "办理情况合计"
        constraints = [models.UniqueConstraint(fields=["year", "path"], name="score_total_once")]

    def __str__(self) -> str:
        return f"{self.path or '全部'}/{self.year}"
