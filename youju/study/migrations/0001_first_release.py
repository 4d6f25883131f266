import django.db.models.deletion
from django.db import migrations, models

from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [
        ("study", "0001_questions"),
        ("study", "0002_curriculum"),
        ("study", "0003_uses"),
        ("study", "0004_selftests"),
        ("study", "0005_spotchecks"),
        ("study", "0006_units"),
        ("study", "0007_unit_forms"),
        ("study", "0008_missed_once"),
        ("study", "0009_deliveries"),
        ("study", "0010_points"),
        ("study", "0011_cards"),
        ("study", "0012_contests"),
    ]

    initial = True

    dependencies = [
        ("library", "0001_first_release"),
        ("people", "0001_first_release"),
        ("records", "0001_first_release"),
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Use",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="records.source",
                        verbose_name="学习材料",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="records.sourcepart",
                        verbose_name="篇目",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="records.project",
                        verbose_name="项目",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="records.problem",
                        verbose_name="问题",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="records.session",
                        verbose_name="记录",
                    ),
                ),
                ("used_on", models.DateField(null=True, verbose_name="日期")),
                ("outcome", models.CharField(max_length=200, verbose_name="成效")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.storedfile",
                        verbose_name="佐证",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "学以致用",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "number"), name="use_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("problem__isnull", True),
                                ("project__isnull", True),
                                ("session__isnull", True),
                                _negated=True,
                            ),
                            models.Q(
                                models.Q(
                                    ("problem__isnull", True),
                                    ("project__isnull", False),
                                    ("session__isnull", True),
                                    ("used_on__isnull", False),
                                ),
                                models.Q(
                                    ("problem__isnull", False),
                                    ("project__isnull", True),
                                    ("session__isnull", True),
                                    ("used_on__isnull", False),
                                ),
                                models.Q(
                                    ("problem__isnull", True),
                                    ("project__isnull", True),
                                    ("session__isnull", False),
                                    ("used_on__isnull", True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="use_in_one_place",
                    ),
                    models.CheckConstraint(condition=models.Q(("outcome", ""), _negated=True), name="use_has_outcome"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(
                                ("withdrawn_at__gte", models.F("entered_at")), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="use_withdrawn_with_reason",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="study.use",
                        verbose_name="学以致用",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="library.document",
                        verbose_name="素材",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="文字摘要")),
                ("made_at", models.DateTimeField(verbose_name="写成时间")),
            ],
            options={
                "verbose_name": "经验卡",
                "constraints": [models.UniqueConstraint(fields=("use", "document"), name="card_once_a_document")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.source",
                        verbose_name="学习材料",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=40, verbose_name="专题")),
                (
                    "kind",
                    models.CharField(
                        choices=[("single", "单选题"), ("multiple", "多选题"), ("judge", "判断题")],
                        max_length=10,
                        verbose_name="题型",
                    ),
                ),
                ("stem", models.CharField(max_length=400, verbose_name="题干")),
                ("choices", models.JSONField(verbose_name="选项")),
                ("correct", models.JSONField(verbose_name="答案")),
                ("explanation", models.CharField(blank=True, max_length=1000, verbose_name="解析")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="停用时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "题目",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("ledger", "stem"),
                        name="question_stem_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("stem", ""), _negated=True), name="question_has_stem"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Contest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                ("day", models.DateField(verbose_name="竞赛日期")),
                ("topic", models.CharField(blank=True, max_length=40, verbose_name="专题")),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.source",
                        verbose_name="学习材料",
                    ),
                ),
                ("seed", models.CharField(max_length=8, verbose_name="种子")),
                ("size", models.PositiveSmallIntegerField(verbose_name="抽几道")),
                ("pool_size", models.PositiveIntegerField(verbose_name="题库题数")),
                ("pool_digest", models.CharField(max_length=64, verbose_name="题库摘要")),
                ("drawn_on", models.DateField(verbose_name="抽题日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "session",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contest",
                        to="records.session",
                        verbose_name="竞赛记录",
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "知识竞赛",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at__isnull", True)),
                        fields=("ledger", "day", "title"),
                        name="contest_once_a_day",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="contest_has_title"),
                    models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="contest_has_questions"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dropped_at__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="contest_dropped_with_reason",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ContestQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="study.contest"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="study.question"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="第几题")),
                ("number", models.PositiveIntegerField(verbose_name="号")),
            ],
            options={
                "verbose_name": "竞赛里的题",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("contest", "question"), name="contest_question_once"),
                    models.UniqueConstraint(fields=("contest", "position"), name="contest_position_once"),
                    models.UniqueConstraint(fields=("contest", "number"), name="contest_number_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.AddField(
            model_name="Contest",
            name="questions",
            field=models.ManyToManyField(related_name="contests", through="study.ContestQuestion", to="study.question"),
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="study.topic",
                        verbose_name="上级专题",
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="专题名称")),
                ("words", models.CharField(blank=True, max_length=900, verbose_name="别的叫法")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("archived_at", models.DateTimeField(null=True, verbose_name="停用时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "专题",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at__isnull", True)),
                        fields=("ledger", "title"),
                        name="topic_title_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="topic_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="topic_not_under_itself",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="study.topic",
                        verbose_name="专题",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="records.source",
                        verbose_name="学习材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "材料的位置",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("topic", "source"), name="placement_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="送给谁",
                    ),
                ),
                ("brought_on", models.DateField(verbose_name="日期")),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="别的内容")),
                (
                    "way",
                    models.CharField(
                        choices=[("read", "上门讲读"), ("print", "送书报"), ("phone", "电话"), ("video", "视频")],
                        max_length=10,
                        verbose_name="怎么送",
                    ),
                ),
                (
                    "bringer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="谁送的",
                    ),
                ),
                ("bringer_words", models.CharField(blank=True, max_length=40, verbose_name="谁送的（文字）")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
                (
                    "sources",
                    models.ManyToManyField(related_name="deliveries", to="records.source", verbose_name="学习材料"),
                ),
            ],
            options={
                "verbose_name": "送学上门",
                "ordering": ["-brought_on", "-pk"],
                "indexes": [models.Index(fields=["ledger", "brought_on"], name="delivery_of_ledger")],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "number"), name="delivery_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bringer__isnull", False), models.Q(("bringer_words", ""), _negated=True), _connector="OR"
                        ),
                        name="delivery_has_bringer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bringer__isnull", True),
                            models.Q(("bringer", models.F("member")), _negated=True),
                            _connector="OR",
                        ),
                        name="delivery_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(
                                ("withdrawn_at__gte", models.F("entered_at")), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="delivery_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="study_points",
                        to="people.unit",
                        verbose_name="提出的组织",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=50, verbose_name="学什么")),
                ("starts_on", models.DateField(verbose_name="从")),
                ("ends_on", models.DateField(verbose_name="到")),
                ("topic", models.CharField(blank=True, max_length=40, verbose_name="专题")),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="学习材料")),
                ("basis", models.CharField(blank=True, max_length=120, verbose_name="文号或依据")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="要求")),
                ("stated_at", models.DateTimeField(verbose_name="提出时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "学习重点",
                "ordering": ["starts_on", "pk"],
                "indexes": [models.Index(fields=["sender", "year"], name="study_point_of_sender")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="study_point_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="study_point_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="study_point_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfTest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="截止日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("published_at", models.DateTimeField(null=True, verbose_name="发布时间")),
                ("dropped_at", models.DateTimeField(null=True, verbose_name="撤下时间")),
                ("settled_on", models.DateField(null=True, verbose_name="数常错题的日期")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "自测",
                "ordering": ["-opens_on", "-pk"],
                "indexes": [models.Index(fields=["ledger", "opens_on"], name="selftest_of_ledger")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="selftest_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="selftest_closes_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "test",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="study.selftest"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="study.question"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "missed",
                    models.CharField(
                        choices=[("most", "半数以上答错"), ("many", "三成以上答错"), ("few", "答错的不到三成")],
                        max_length=10,
                        null=True,
                        verbose_name="常错",
                    ),
                ),
            ],
            options={
                "verbose_name": "自测里的题",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("test", "question"), name="asked_once_in_a_test"),
                    models.UniqueConstraint(fields=("test", "position"), name="asked_position_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.AddField(
            model_name="SelfTest",
            name="questions",
            field=models.ManyToManyField(through="study.AskedIn", to="study.question"),
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "test",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sittings", to="study.selftest"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="党员",
                    ),
                ),
                ("finished_on", models.DateField(null=True, verbose_name="答完的日期")),
            ],
            options={
                "verbose_name": "作答",
                "constraints": [models.UniqueConstraint(fields=("test", "member"), name="sitting_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Picked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="picked", to="study.sitting"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="study.question"
                    ),
                ),
                ("picks", models.JSONField(verbose_name="选了")),
                ("picked_on", models.DateField(verbose_name="日期")),
            ],
            options={
                "verbose_name": "自测作答",
                "constraints": [models.UniqueConstraint(fields=("sitting", "question"), name="picked_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="党员",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="study.question"
                    ),
                ),
                ("stability", models.FloatField()),
                ("difficulty", models.FloatField()),
                ("due_on", models.DateField(verbose_name="下次")),
                ("last_on", models.DateField(verbose_name="上次")),
                ("picks", models.JSONField(verbose_name="上次选了")),
            ],
            options={
                "verbose_name": "温故",
                "indexes": [models.Index(fields=["member", "due_on"], name="recall_of_member")],
                "constraints": [models.UniqueConstraint(fields=("member", "question"), name="recall_once")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "test",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="study.selftest"
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("count", models.PositiveIntegerField(verbose_name="人数")),
            ],
            options={
                "verbose_name": "自测提醒",
                "ordering": ["-on"],
                "constraints": [models.UniqueConstraint(fields=("test", "on"), name="reminded_once_a_day")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SpotCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("quarter", models.PositiveSmallIntegerField(verbose_name="季度")),
                ("seed", models.CharField(max_length=8, verbose_name="种子")),
                ("size", models.PositiveSmallIntegerField(verbose_name="抽几人")),
                ("drawn_on", models.DateField(verbose_name="抽样日期")),
                ("roster_digest", models.CharField(max_length=64, verbose_name="名册摘要")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "session",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spot_check",
                        to="records.session",
                        verbose_name="抽查记录",
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "自学抽查",
                "ordering": ["-year", "-quarter", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at__isnull", True)),
                        fields=("ledger", "year", "quarter"),
                        name="spot_check_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4), ("size__gte", 1)),
                        name="spot_check_of_a_quarter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dropped_at__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="spot_check_dropped_with_reason",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RosterPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "spot_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="study.spotcheck"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="党员",
                    ),
                ),
                ("picked", models.BooleanField(verbose_name="抽中")),
            ],
            options={
                "verbose_name": "抽查名册",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("spot_check", "number"), name="spot_check_place_once"),
                    models.UniqueConstraint(fields=("spot_check", "member"), name="spot_check_member_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StudyUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=60, verbose_name="学什么")),
                ("starts_on", models.DateField(verbose_name="从")),
                ("ends_on", models.DateField(verbose_name="到")),
                ("kind", models.CharField(max_length=40, verbose_name="类型")),
                ("form", models.CharField(blank=True, max_length=20, verbose_name="活动形式")),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="study.topic",
                        verbose_name="专题",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="领学人",
                    ),
                ),
                (
                    "above",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="study.studypoint",
                        verbose_name="上级要求的",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("dropped_at", models.DateTimeField(null=True, verbose_name="取消时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
                ("sources", models.ManyToManyField(related_name="units", to="records.source", verbose_name="学习材料")),
            ],
            options={
                "verbose_name": "学习单元",
                "ordering": ["starts_on", "pk"],
                "indexes": [models.Index(fields=["ledger", "year"], name="study_unit_of_ledger")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="study_unit_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="study_unit_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dropped_at__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="study_unit_dropped_with_reason",
                    ),
                ],
            },
        ),
    ]
