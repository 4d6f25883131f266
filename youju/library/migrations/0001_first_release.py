import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [("library", "0001_documents"), ("library", "0002_saved_searches"), ("library", "0003_intake")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_first_release"),
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Serial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "变更序号",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="标题")),
                ("genre", models.CharField(blank=True, max_length=30, verbose_name="文种")),
                ("year", models.PositiveIntegerField(null=True, verbose_name="年度")),
                ("sector", models.CharField(blank=True, max_length=30, verbose_name="领域")),
                (
                    "origin",
                    models.CharField(
                        choices=[("own", "本单位"), ("superior", "上级下发"), ("web", "网络收集"), ("bought", "购买")],
                        default="web",
                        max_length=20,
                        verbose_name="来源",
                    ),
                ),
                ("dated", models.DateField(null=True, verbose_name="成文日期")),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="people.unit",
                        verbose_name="范围",
                    ),
                ),
                ("characters", models.PositiveIntegerField(verbose_name="字数")),
                ("has_restricted", models.BooleanField(default=False, verbose_name="有受限段")),
                ("digest", models.CharField(max_length=64, verbose_name="正文摘要")),
                ("added_at", models.DateTimeField(verbose_name="入库时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="入库人",
                    ),
                ),
                ("changed", models.PositiveBigIntegerField(db_index=True, verbose_name="变更序号")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="移出时间")),
            ],
            options={
                "verbose_name": "素材",
                "indexes": [models.Index(fields=["added_at"], name="document_added")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("digest", "unit"),
                        name="document_text_once_a_unit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True), ("unit__isnull", True)),
                        fields=("digest",),
                        name="document_text_once_on_the_site",
                    ),
                    models.CheckConstraint(condition=models.Q(("characters__gt", 0)), name="document_has_text"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="library.document",
                    ),
                ),
                ("raw", models.TextField(verbose_name="原文")),
                ("whole", models.TextField(verbose_name="正文")),
                ("restricted", models.JSONField(default=list, verbose_name="受限段")),
                ("sections", models.JSONField(default=list, verbose_name="章节")),
            ],
            options={
                "verbose_name": "素材正文",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="library.document"
                    ),
                ),
                ("path", models.CharField(max_length=1000, verbose_name="路径")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="文件摘要")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.storedfile",
                        verbose_name="原件",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="入库时间")),
            ],
            options={
                "verbose_name": "素材来处",
                "constraints": [models.UniqueConstraint(fields=("document", "path", "digest"), name="copy_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="removals", to="library.document"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="类别")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("put_back_at", models.DateTimeField(null=True, verbose_name="放回时间")),
            ],
            options={
                "verbose_name": "清除",
                "ordering": ["start"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="removal_has_text")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="library.document"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="类别")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "标注",
                "ordering": ["start"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="mark_has_text")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="口令摘要")),
                ("note", models.CharField(blank=True, max_length=60, verbose_name="用途")),
                ("quota", models.PositiveIntegerField(verbose_name="可打开篇数")),
                ("used", models.PositiveIntegerField(default=0, verbose_name="已打开篇数")),
                ("until", models.DateField(verbose_name="有效至")),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="library_codes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="使用人",
                    ),
                ),
                ("entered_at", models.DateTimeField(null=True, verbose_name="启用时间")),
                ("issued_at", models.DateTimeField(verbose_name="签发时间")),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
            ],
            options={
                "verbose_name": "素材口令",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quota__gt", 0)), name="code_opens_something"),
                    models.CheckConstraint(
                        condition=models.Q(("used__lte", models.F("quota"))), name="code_within_quota"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="library.code"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="library.document"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="打开时间")),
            ],
            options={
                "verbose_name": "打开全文",
                "constraints": [models.UniqueConstraint(fields=("code", "document"), name="opening_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HandedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_texts",
                        to="people.unit",
                        verbose_name="报送组织",
                    ),
                ),
                ("submission", models.PositiveBigIntegerField(unique=True, verbose_name="报送记录")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=300, verbose_name="标题")),
                ("handed_on", models.DateField(verbose_name="报送日期")),
                ("text", models.TextField(verbose_name="正文")),
                ("changed", models.PositiveBigIntegerField(db_index=True, verbose_name="变更序号")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="移出时间")),
            ],
            options={
                "verbose_name": "报送的文本",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经手人",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="开始时间")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("paths", "目录或文件"),
                            ("upload", "网页上传"),
                            ("paste", "粘贴"),
                            ("inbox", "收件目录"),
                        ],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("given", models.TextField(verbose_name="给了什么")),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="people.unit",
                        verbose_name="范围",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("own", "本单位"), ("superior", "上级下发"), ("web", "网络收集"), ("bought", "购买")],
                        default="web",
                        max_length=20,
                        verbose_name="来源",
                    ),
                ),
                ("token", models.CharField(max_length=40, null=True, unique=True, verbose_name="提交的那一页")),
                ("passed_over", models.PositiveIntegerField(default=0, verbose_name="略过的隐藏文件和系统文件")),
                ("added", models.PositiveIntegerField(default=0, verbose_name="入库")),
                ("copies", models.PositiveIntegerField(default=0, verbose_name="同文")),
                ("known", models.PositiveIntegerField(default=0, verbose_name="已入过")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="没有入库")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
            ],
            options={
                "verbose_name": "入库批",
                "indexes": [models.Index(fields=["at"], name="intake_at")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="IntakeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="library.intake"
                    ),
                ),
                ("path", models.CharField(max_length=1000, verbose_name="路径")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="文件摘要")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待"),
                            ("added", "入库"),
                            ("copy", "同文"),
                            ("known", "已入过"),
                            ("refused", "没有入库"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="library.document",
                        verbose_name="素材",
                    ),
                ),
            ],
            options={
                "verbose_name": "入库文件",
                "indexes": [models.Index(fields=["intake", "state"], name="intake_row_state")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("address", models.CharField(max_length=500, verbose_name="条件")),
                ("seen", models.PositiveBigIntegerField(verbose_name="上次看到")),
            ],
            options={
                "verbose_name": "常用搜索",
                "ordering": ["name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "address"), name="saved_search_once")],
                "indexes": [],
            },
        ),
    ]
