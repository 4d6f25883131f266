import django.db.models.deletion
from django.db import migrations, models

from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [
        ("reports", "0001_drafts"),
        ("reports", "0002_unit_template"),
        ("reports", "0003_hand_texts_to_the_library"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_first_release"),
        ("records", "0001_first_release"),
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("outline", models.CharField(max_length=40, verbose_name="提纲")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("byline", models.CharField(max_length=120, verbose_name="署名")),
                ("signed_by", models.CharField(max_length=80, verbose_name="落款")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "在写"), ("final", "定稿"), ("handed_in", "已报送")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="台账截至")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="版本")),
                ("started_at", models.DateTimeField(verbose_name="起草时间")),
                ("changed_at", models.DateTimeField(verbose_name="改动时间")),
                ("finalised_at", models.DateTimeField(null=True, verbose_name="定稿时间")),
                ("seal", models.CharField(blank=True, max_length=8, verbose_name="封存")),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="records.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "述职报告稿",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "handed_in"), _negated=True),
                        fields=("unit", "year", "outline"),
                        name="one_draft_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "handed_in"), ("submission__isnull", False)),
                            models.Q(models.Q(("status", "handed_in"), _negated=True), ("submission__isnull", True)),
                            _connector="OR",
                        ),
                        name="handed_in_with_its_record",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="reports.draft"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("level", models.PositiveSmallIntegerField(verbose_name="级别")),
                ("share", models.CharField(blank=True, max_length=10, verbose_name="部分")),
                ("text", models.TextField(blank=True, verbose_name="文字")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="修订")),
                ("removed", models.BooleanField(default=False, verbose_name="已删")),
            ],
            options={
                "verbose_name": "段落",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("level__lte", 2)), name="passage_level_to_two"),
                    models.CheckConstraint(
                        condition=models.Q(("removed", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="passage_has_text",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Alternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alternatives", to="reports.passage"
                    ),
                ),
                ("text", models.TextField(verbose_name="文字")),
                ("by_id", models.BigIntegerField(null=True, verbose_name="账号")),
                ("written_at", models.DateTimeField(verbose_name="写的时间")),
            ],
            options={
                "verbose_name": "另一种写法",
                "ordering": ["pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="reports.passage"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("figure", models.CharField(max_length=80, verbose_name="指标")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="范围",
                    ),
                ),
                ("period_start", models.DateField(verbose_name="时段起")),
                ("period_end", models.DateField(verbose_name="时段止")),
                ("as_of", models.DateField(verbose_name="截至")),
                ("shown", models.CharField(max_length=120, verbose_name="文中写作")),
                ("value", models.FloatField(null=True, verbose_name="得数")),
                ("rows", models.PositiveIntegerField(verbose_name="条数")),
                ("digest", models.CharField(max_length=16)),
                ("numbers", models.JSONField(default=list, verbose_name="记录编号")),
            ],
            options={
                "verbose_name": "出处",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("passage", "position"), name="citation_position_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CitedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cited", to="reports.passage"
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cited",
                        to="reports.citation",
                    ),
                ),
                ("noun", models.CharField(max_length=20)),
                ("row_id", models.BigIntegerField()),
                ("session_id", models.BigIntegerField(db_index=True, null=True, verbose_name="场次")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="修订")),
            ],
            options={
                "verbose_name": "被引记录",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReportTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_template",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.storedfile",
                        verbose_name="文件",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("kept_at", models.DateTimeField(verbose_name="存入时间")),
            ],
            options={
                "verbose_name": "报告模板",
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
