import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0005_workdays"),
        ("people", "0007_what_has_followed"),
    ]

    operations = [
        migrations.CreateModel(
            name="LocalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule_id", models.CharField(max_length=60, verbose_name="规则")),
                ("body", models.JSONField(verbose_name="内容")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("since", models.DateField(verbose_name="自")),
                ("ended_on", models.DateField(null=True, verbose_name="至")),
                ("ending_basis", models.CharField(blank=True, max_length=120, verbose_name="停用依据")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_rules",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "本地规定",
                "ordering": ["rule_id", "since"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("rule_id", "since"),
                        name="local_rule_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="local_rule_has_basis"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gt", models.F("since")), _connector="OR"
                        ),
                        name="local_rule_ends_after_start",
                    ),
                ],
            },
        ),
    ]
