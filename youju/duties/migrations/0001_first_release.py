import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import youju.duties.plans.values
from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [
        ("duties", "0001_initial"),
        ("duties", "0002_answers_to_dues"),
        ("duties", "0003_notices"),
        ("duties", "0004_plans"),
        ("duties", "0005_workdays"),
        ("duties", "0006_local_rules"),
        ("duties", "0007_scores"),
        ("duties", "0008_calendar_feeds"),
        ("duties", "0009_ends_of_waivers"),
        ("duties", "0010_no_totals_of_branches"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_first_release"),
        ("records", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_choices",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("rule_id", models.CharField(max_length=60, verbose_name="规则")),
                ("on", models.BooleanField(verbose_name="启用")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("since", models.DateField(verbose_name="自")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "规则选择",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "rule_id", "since"), name="rule_choice_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="rule_choice_has_basis"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("rule_id", models.CharField(max_length=60, verbose_name="规则")),
                ("period_start", models.DateField(verbose_name="所属期起")),
                ("period_end", models.DateField(null=True, verbose_name="所属期止")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
            ],
            options={
                "verbose_name": "豁免",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("unit", "rule_id", "period_start", "period_end"),
                        name="one_waiver_a_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period_end__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("unit", "rule_id", "period_start"),
                        name="one_waiver_without_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("basis", ""), _negated=True)
                        ),
                        name="waiver_has_reason_and_basis",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="LocalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_rules",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("rule_id", models.CharField(max_length=60, verbose_name="规则")),
                ("body", models.JSONField(verbose_name="内容")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("since", models.DateField(verbose_name="自")),
                ("ended_on", models.DateField(null=True, verbose_name="至")),
                ("ending_basis", models.CharField(blank=True, max_length=120, verbose_name="停用依据")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
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
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="开通时间")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="停用时间")),
            ],
            options={
                "verbose_name": "日历订阅",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("user", "unit"),
                        name="one_feed_a_person_and_unit",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="people.unit",
                        verbose_name="发出组织",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("basis", models.CharField(blank=True, max_length=120, verbose_name="文号或依据")),
                ("kinds", models.CharField(blank=True, max_length=200, verbose_name="要求的类型")),
                ("due_on", models.DateField(verbose_name="期限")),
                ("wide", models.BooleanField(verbose_name="发给全部下属党支部")),
                ("sent_on", models.DateField(verbose_name="发出日期")),
                ("sent_at", models.DateTimeField(verbose_name="发出时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
                ("form_key", models.CharField(max_length=32, null=True, unique=True, verbose_name="表单号")),
            ],
            options={
                "verbose_name": "通知",
                "indexes": [models.Index(fields=["sender", "due_on"], name="notice_of_sender")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="notice_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("sent_on"))), name="notice_due_not_before_sent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeReach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reach", to="duties.notice"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
            ],
            options={
                "verbose_name": "通知对象",
                "indexes": [models.Index(fields=["unit", "notice"], name="notices_of_unit")],
                "constraints": [models.UniqueConstraint(fields=("notice", "unit"), name="notice_reaches_once")],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "草拟"), ("adopted", "已通过")],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "adopted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_plans",
                        to="records.session",
                        verbose_name="通过的会议",
                    ),
                ),
                ("adopted_on", models.DateField(null=True, verbose_name="通过日期")),
                ("begun_at", models.DateTimeField(verbose_name="起草时间")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="修订")),
            ],
            options={
                "verbose_name": "年度计划",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year"), name="one_plan_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adopted_by__isnull", True),
                                ("adopted_on__isnull", True),
                                ("status", youju.duties.plans.values.Status["DRAFT"]),
                            ),
                            models.Q(
                                ("adopted_by__isnull", False),
                                ("adopted_on__isnull", False),
                                ("status", youju.duties.plans.values.Status["ADOPTED"]),
                            ),
                            _connector="OR",
                        ),
                        name="plan_is_adopted_by_a_meeting",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="duties.plan"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("heading", models.CharField(blank=True, max_length=40, verbose_name="类别")),
                ("title", models.CharField(max_length=120, verbose_name="事项")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("rule", "规则"),
                            ("problem", "未完成的问题"),
                            ("superior", "上级要点"),
                            ("last", "上年计划"),
                            ("own", "自定"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("source_note", models.CharField(blank=True, max_length=160, verbose_name="来源说明")),
                ("rule_id", models.CharField(blank=True, max_length=60, verbose_name="规则")),
                (
                    "problem",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_lines",
                        to="records.problem",
                        verbose_name="接续的问题",
                    ),
                ),
                (
                    "above",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_up",
                        to="duties.planline",
                        verbose_name="上级要点",
                    ),
                ),
                ("figure", models.CharField(blank=True, max_length=40, verbose_name="指标")),
                ("target", models.PositiveSmallIntegerField(null=True, verbose_name="次数")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("monthly", "每月"),
                            ("quarterly", "每季度"),
                            ("half_yearly", "每半年"),
                            ("yearly", "全年"),
                            ("months", "指定月份"),
                            ("day", "指定日期前"),
                        ],
                        max_length=12,
                        verbose_name="频次",
                    ),
                ),
                ("months", models.CharField(blank=True, max_length=40, verbose_name="月份")),
                ("by_day", models.DateField(null=True, verbose_name="期限")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="责任人",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="备注")),
                ("for_below", models.BooleanField(default=False, verbose_name="下发")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="移出时间")),
            ],
            options={
                "verbose_name": "计划事项",
                "indexes": [models.Index(fields=["plan", "position"], name="line_of_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="plan_line_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("figure", ""), ("target__isnull", True)),
                            models.Q(models.Q(("figure", ""), _negated=True), ("target__gte", 1)),
                            _connector="OR",
                        ),
                        name="plan_figure_has_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rhythm", youju.duties.plans.values.Rhythm["MONTHS"]), _negated=True),
                            models.Q(("months", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_months_are_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rhythm", youju.duties.plans.values.Rhythm["DAY"]), _negated=True),
                            ("by_day__isnull", False),
                            _connector="OR",
                        ),
                        name="plan_day_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DueRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="应做")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="records.session",
                        verbose_name="记录",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "应做的回应",
                "indexes": [models.Index(fields=["key", "unit"], name="due_record_of_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "key", "session"), name="due_record_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="due_record_names_its_due"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="scores",
                        to="people.unit",
                    ),
                ),
                ("year", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=64)),
                ("version", models.PositiveBigIntegerField()),
                ("rules", models.CharField(max_length=16)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("due", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField()),
                ("overdue_from", models.DateField(null=True)),
                ("body", models.TextField()),
            ],
            options={
                "verbose_name": "办理情况",
                "indexes": [
                    models.Index(fields=["year", "path", "rules"], name="scores_by_place"),
                    models.Index(fields=["year", "overdue_from", "path"], name="scores_by_lateness"),
                ],
                "constraints": [models.UniqueConstraint(fields=("unit", "year"), name="score_once")],
            },
        ),
        migrations.CreateModel(
            name="ScoreTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=64)),
                ("year", models.PositiveIntegerField()),
                ("packs", models.CharField(blank=True, max_length=16)),
                ("body", models.TextField()),
            ],
            options={
                "verbose_name": "办理情况合计",
                "constraints": [models.UniqueConstraint(fields=("year", "path"), name="score_total_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DayOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="日期")),
                ("off", models.BooleanField(verbose_name="放假")),
                ("name", models.CharField(blank=True, max_length=20, verbose_name="名称")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "工作日调整",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="day_override_has_basis"
                    )
                ],
                "indexes": [],
            },
        ),
    ]
