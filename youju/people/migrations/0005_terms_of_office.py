import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_invitations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("elected_on", models.DateField(verbose_name="选举日期")),
                ("years", models.PositiveSmallIntegerField(null=True, verbose_name="任期年数")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("extended_until", models.DateField(null=True, verbose_name="延期至")),
                ("extension_basis", models.CharField(blank=True, max_length=120, verbose_name="延期依据")),
                ("stated_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "任期",
                "ordering": ["elected_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("unit", "elected_on"),
                        name="one_term_a_day",
                    ),
                    models.CheckConstraint(condition=models.Q(("basis", ""), _negated=True), name="term_has_basis"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("years__isnull", True), models.Q(("years__gte", 1), ("years__lte", 5)), _connector="OR"
                        ),
                        name="term_of_some_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_until__isnull", True),
                            models.Q(
                                ("extended_until__gt", models.F("elected_on")),
                                ("years__isnull", False),
                                models.Q(("extension_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="extension_has_basis",
                    ),
                ],
            },
        ),
    ]
