import django.db.models.deletion
from django.db import migrations, models

from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [("journal", "0001_initial"), ("journal", "0002_sign_in_slips")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_id", models.BigIntegerField(null=True, verbose_name="账号")),
                ("verb", models.CharField(max_length=40, verbose_name="做了什么")),
                ("room", models.CharField(max_length=20)),
                ("noun", models.CharField(max_length=30)),
                ("object_id", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True, verbose_name="组织")),
                ("summary", models.CharField(blank=True, max_length=200, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "留痕",
                "indexes": [
                    models.Index(fields=["room", "noun", "object_id"], name="line_of_object"),
                    models.Index(fields=["unit_id", "at"], name="line_of_unit"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("room", models.CharField(max_length=20)),
                ("noun", models.CharField(max_length=30)),
                ("object_id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(verbose_name="第几次修订")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_id", models.BigIntegerField(null=True, verbose_name="账号")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("body", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "修订",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("room", "noun", "object_id", "number"), name="revision_number_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revision_number_from_one"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RevisionText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="journal.revision"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("salt", models.CharField(max_length=32)),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "修订文字",
                "constraints": [models.UniqueConstraint(fields=("revision", "key"), name="revision_text_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_id", models.BigIntegerField(verbose_name="场次")),
                ("member_id", models.BigIntegerField(verbose_name="党员")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_device", models.CharField(max_length=24, verbose_name="手机")),
                ("place", models.PositiveSmallIntegerField(verbose_name="第几次")),
                (
                    "means",
                    models.CharField(
                        choices=[("scan", "本人扫码"), ("proxy", "代签"), ("end", "签到结束")],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
            ],
            options={
                "verbose_name": "签到条",
                "constraints": [
                    models.UniqueConstraint(fields=("session_id", "member_id"), name="slip_once"),
                    models.UniqueConstraint(fields=("session_id", "by_device", "place"), name="slip_of_device_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("means__in", ["scan", "end"]), ("place", 0)),
                            models.Q(("means", "proxy"), ("place__gte", 1), ("place__lte", 3)),
                            _connector="OR",
                        ),
                        name="slip_place_by_means",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("occasion", models.CharField(max_length=40, verbose_name="何时封存")),
                ("last_line", models.BigIntegerField()),
                ("last_revision", models.BigIntegerField()),
                ("last_slip", models.BigIntegerField(default=0)),
                ("digest", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "封存",
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
