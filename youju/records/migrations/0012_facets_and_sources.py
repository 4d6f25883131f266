import django.db.models.deletion
from django.db import migrations, models

CASCADE, PROTECT = django.db.models.deletion.CASCADE, django.db.models.deletion.PROTECT


def _id() -> tuple[str, models.BigAutoField]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_imports_in_parts"),
        ("records", "0011_projects_and_campaigns"),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionFacet",
            fields=[
                _id(),
                (
                    "facet",
                    models.CharField(
                        choices=[("form", "活动形式"), ("topic", "专题"), ("group", "面向"), ("business", "结合业务")],
                        max_length=10,
                        verbose_name="哪一面",
                    ),
                ),
                ("value", models.CharField(max_length=30, verbose_name="内容")),
                ("position", models.PositiveSmallIntegerField()),
                ("session", models.ForeignKey(on_delete=CASCADE, related_name="facets", to="records.session")),
            ],
            options={
                "verbose_name": "形式、专题、面向",
                "ordering": ["position"],
                "indexes": [models.Index(fields=["facet", "value", "session"], name="sessions_of_facet")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "facet", "value"), name="session_facet_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                _id(),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("title", models.CharField(max_length=120, verbose_name="材料名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("speech", "讲话"),
                            ("article", "文章"),
                            ("book", "原著"),
                            ("meeting", "会议精神"),
                            ("document", "文件"),
                            ("party_rule", "党内法规"),
                            ("upper_rule", "上级制度"),
                            ("law", "法律法规"),
                            ("course", "课程"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("issued_on", models.DateField(null=True, verbose_name="发布日期")),
                ("origin", models.CharField(blank=True, max_length=60, verbose_name="来源")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
                (
                    "ledger",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="people.unit", verbose_name="台账"),
                ),
            ],
            options={
                "verbose_name": "学习材料",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "number"), name="source_number_once"),
                    models.UniqueConstraint(fields=("ledger", "title"), name="source_title_once"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="source_has_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourcePart",
            fields=[
                _id(),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="学习篇目")),
                ("source", models.ForeignKey(on_delete=PROTECT, related_name="parts", to="records.source")),
            ],
            options={
                "verbose_name": "学习篇目",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("source", "title"), name="source_part_once")],
            },
        ),
        migrations.CreateModel(
            name="Studied",
            fields=[
                _id(),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="材料名称")),
                ("part_title", models.CharField(blank=True, max_length=120, verbose_name="学习篇目")),
                (
                    "part",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="studied", to="records.sourcepart"),
                ),
                ("session", models.ForeignKey(on_delete=CASCADE, related_name="studied", to="records.session")),
                ("source", models.ForeignKey(on_delete=PROTECT, related_name="studied", to="records.source")),
            ],
            options={
                "verbose_name": "学了什么",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("session", "position"), name="studied_position_once")],
            },
        ),
    ]
