import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [("audit", "0001_ignored_findings"), ("audit", "0002_kept_runs")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="IgnoredFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ignored_findings",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("check_id", models.CharField(max_length=40, verbose_name="哪项检查")),
                ("quote", models.CharField(max_length=400, verbose_name="原文")),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("ignored_at", models.DateTimeField(verbose_name="忽略时间")),
            ],
            options={
                "verbose_name": "忽略的发现",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year", "digest"), name="finding_ignored_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="ignored_with_a_reason"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_audits",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("as_of", models.DateField(verbose_name="算到")),
                ("text", models.TextField(verbose_name="正文")),
                ("digest", models.CharField(max_length=64, verbose_name="正文摘要")),
                ("counts", models.JSONField(verbose_name="各结论几处")),
                ("verdicts", models.JSONField(verbose_name="逐处结论")),
                ("findings", models.PositiveIntegerField(verbose_name="要补要改几处")),
                ("kept_at", models.DateTimeField(verbose_name="留存时间")),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "留存的核对",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year", "as_of", "digest"), name="audit_kept_once"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="kept_audit_has_text"),
                ],
                "indexes": [],
            },
        ),
    ]
