import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import youju.records.activities.values
import youju.records.lists.values
from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [
        ("records", "0001_initial"),
        ("records", "0002_session_form_key"),
        ("records", "0003_sign_in"),
        ("records", "0004_leave_asked_for"),
        ("records", "0005_guests"),
        ("records", "0006_checklist_choices"),
        ("records", "0007_tasks"),
        ("records", "0008_submissions"),
        ("records", "0009_index_of_rosters"),
        ("records", "0010_invitations"),
        ("records", "0011_projects_and_campaigns"),
        ("records", "0012_facets_and_sources"),
        ("records", "0013_problems_closed_by_two"),
        ("records", "0014_registers_and_requests"),
        ("records", "0015_fees"),
        ("records", "0016_publicity"),
        ("records", "0017_readings"),
        ("records", "0018_lists"),
        ("records", "0019_measure_session"),
        ("records", "0020_originals_of_texts"),
        ("records", "0021_who_led_and_spoke"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("library", "0001_first_release"),
        ("people", "0001_first_release"),
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                ("year", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=12)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "编号",
                "constraints": [models.UniqueConstraint(fields=("ledger", "year", "code"), name="series_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_sessions",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="people.unit",
                        verbose_name="主办组织",
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "排期"),
                            ("held", "已开"),
                            ("filed", "归档"),
                            ("cancelled", "取消"),
                            ("removed", "已删除"),
                        ],
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="主题")),
                ("held_on", models.DateField(verbose_name="日期")),
                ("starts_at", models.DateTimeField(verbose_name="开始")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="结束")),
                ("for_year", models.PositiveIntegerField(verbose_name="所属年度")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="地点")),
                (
                    "chair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="主持人",
                    ),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="记录人",
                    ),
                ),
                (
                    "lecturer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="授课人",
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="成效")),
                ("transcribed_from", models.CharField(blank=True, max_length=80, verbose_name="转录自")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("filed_at", models.DateTimeField(null=True, verbose_name="归档时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
                ("form_key", models.CharField(max_length=32, null=True, unique=True, verbose_name="表单号")),
                (
                    "joining",
                    models.ManyToManyField(related_name="joined_sessions", to="people.unit", verbose_name="参加组织"),
                ),
            ],
            options={
                "verbose_name": "场次",
                "indexes": [
                    models.Index(fields=["ledger", "held_on"], name="session_of_ledger"),
                    models.Index(fields=["unit", "held_on"], name="session_of_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "number"), name="session_number_once"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="session_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                        ),
                        name="session_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", youju.records.activities.values.Status["PLANNED"]),
                            ("status", youju.records.activities.values.Status["CANCELLED"]),
                            ("entered_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="no_record_before_event",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kind_rows", to="records.session"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "类型",
                "ordering": ["position"],
                "indexes": [models.Index(fields=["kind", "session"], name="sessions_of_kind")],
                "constraints": [models.UniqueConstraint(fields=("session", "kind"), name="session_kind_once")],
            },
        ),
        migrations.CreateModel(
            name="RosterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roster", to="records.session"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roster_rows", to="people.member"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("present", "到"),
                            ("late", "迟到"),
                            ("leave", "请假"),
                            ("absent", "缺席"),
                            ("exempt", "免于要求"),
                        ],
                        max_length=10,
                        verbose_name="到会",
                    ),
                ),
                (
                    "leave_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("duty", "公出"),
                            ("sick", "病假"),
                            ("personal", "事假"),
                            ("away", "外出流动"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="请假类别",
                    ),
                ),
                ("expected", models.BooleanField(verbose_name="计入应到")),
                ("votes", models.BooleanField(verbose_name="有表决权")),
                ("led", models.BooleanField(default=False, verbose_name="领学")),
                ("spoke", models.BooleanField(default=False, verbose_name="发言")),
                ("position", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "应到名单",
                "ordering": ["position"],
                "indexes": [models.Index(fields=["member", "attendance", "session"], name="roster_of_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "member"), name="roster_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("leave_category", ""),
                            ("attendance", youju.records.activities.values.Attendance["LEAVE"]),
                            _connector="OR",
                        ),
                        name="category_only_with_leave",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("led", False), ("spoke", False)),
                            (
                                "attendance__in",
                                (
                                    youju.records.activities.values.Attendance["PRESENT"],
                                    youju.records.activities.values.Attendance["LATE"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="who_led_or_spoke_came",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="records.session"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("sitting_in", "列席"), ("invited", "特邀"), ("league", "团员"), ("masses", "群众")],
                        max_length=12,
                        verbose_name="身份",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="姓名")),
                ("unit_words", models.CharField(blank=True, max_length=60, verbose_name="单位")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="人数")),
                ("lectured", models.BooleanField(default=False, verbose_name="授课")),
            ],
            options={
                "verbose_name": "列席和来宾",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "position"), name="guest_position_once"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="guest_is_somebody"),
                    models.CheckConstraint(
                        condition=models.Q(("lectured", False), ("count", 1), _connector="OR"),
                        name="one_guest_lectures",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="records.session"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "议题"), ("first_topic", "第一议题")], max_length=12, verbose_name="类型"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="议题")),
                ("note", models.TextField(blank=True, verbose_name="情况")),
            ],
            options={
                "verbose_name": "议题",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("session", "position"), name="agenda_position_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="resolutions", to="records.agendaitem"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="决议")),
                ("rule", models.CharField(max_length=20, verbose_name="表决规则")),
                ("votes_expected", models.PositiveIntegerField()),
                ("votes_present", models.PositiveIntegerField()),
                ("yes", models.PositiveIntegerField(null=True, verbose_name="赞成")),
                ("no", models.PositiveIntegerField(default=0, verbose_name="反对")),
                ("abstain", models.PositiveIntegerField(default=0, verbose_name="弃权")),
                ("written_yes", models.PositiveIntegerField(default=0, verbose_name="书面赞成")),
                ("carried", models.BooleanField(null=True, verbose_name="通过")),
            ],
            options={
                "verbose_name": "决议",
                "ordering": ["position"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="records.session"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.storedfile"
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=80, verbose_name="说明")),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "佐证",
                "constraints": [models.UniqueConstraint(fields=("session", "file"), name="evidence_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="campaigns", to="people.unit"
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("requirement", models.TextField(blank=True, verbose_name="要求")),
                ("since", models.DateField(verbose_name="开始日期")),
                ("until", models.DateField(verbose_name="结束日期")),
                ("summary", models.TextField(blank=True, verbose_name="小结")),
                ("closed_on", models.DateField(null=True, verbose_name="小结日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "专项活动",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="campaign_number_once"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="campaign_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="campaign_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), models.Q(("summary", ""), _negated=True), _connector="OR"
                        ),
                        name="campaign_closed_with_summary",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CampaignTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200, verbose_name="内容")),
                ("due_on", models.DateField(null=True, verbose_name="时限")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("proof", models.TextField(blank=True, verbose_name="落实情况")),
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
                ("dropped_on", models.DateField(null=True, verbose_name="撤销日期")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="records.campaign"
                    ),
                ),
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
                ("business", models.CharField(blank=True, max_length=200, verbose_name="对应业务工作")),
                ("deployed", models.CharField(blank=True, max_length=200, verbose_name="部署")),
                ("assessed", models.CharField(blank=True, max_length=200, verbose_name="考核")),
            ],
            options={
                "verbose_name": "专项任务",
                "ordering": ["position"],
                "abstract": False,
                "indexes": [models.Index(fields=["due_on"], name="campaign_task_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "position"), name="campaign_task_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("proof", "")),
                            models.Q(("done_on__isnull", False), models.Q(("proof", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="campaign_task_done_with_proof",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tagged", to="records.campaign"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="campaign_tags", to="records.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "专项场次",
                "constraints": [models.UniqueConstraint(fields=("campaign", "session"), name="campaign_session_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ChecklistChoice",
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
                ("item", models.CharField(max_length=20, verbose_name="检查项")),
                ("on", models.BooleanField(verbose_name="要看")),
            ],
            options={
                "verbose_name": "材料检查设置",
                "constraints": [models.UniqueConstraint(fields=("unit", "item"), name="checklist_item_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SessionFacet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facets", to="records.session"
                    ),
                ),
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
            name="FeeMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("year", models.PositiveIntegerField(verbose_name="年")),
                ("month", models.PositiveSmallIntegerField(verbose_name="月")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "党费登记",
                "ordering": ["year", "month"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year", "month"), name="fee_month_once"),
                    models.CheckConstraint(
                        condition=models.Q(("month__gte", 1), ("month__lte", 12)), name="fee_month_is_a_month"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FeeMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="records.feemonth"
                    ),
                ),
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
                    "state",
                    models.CharField(
                        choices=[("paid", "已交"), ("unpaid", "未交"), ("exempt", "免交")],
                        max_length=8,
                        verbose_name="交纳",
                    ),
                ),
            ],
            options={
                "verbose_name": "党费交纳",
                "ordering": ["member_id"],
                "constraints": [models.UniqueConstraint(fields=("sheet", "member"), name="fee_mark_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="records.session"
                    ),
                ),
                ("item", models.PositiveSmallIntegerField(null=True, verbose_name="议题序号")),
                ("resolution", models.PositiveSmallIntegerField(null=True, verbose_name="决议序号")),
                ("text", models.CharField(max_length=300, verbose_name="落实事项")),
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
                ("due_on", models.DateField(null=True, verbose_name="期限")),
                ("done_on", models.DateField(null=True, verbose_name="落实日期")),
                ("word", models.TextField(blank=True, verbose_name="落实情况")),
                (
                    "record",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.session",
                        verbose_name="佐证记录",
                    ),
                ),
                ("dropped_on", models.DateField(null=True, verbose_name="撤销日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "落实事项",
                "indexes": [models.Index(fields=["due_on"], name="task_due")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="task_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("word", "")),
                            models.Q(("done_on__isnull", False), models.Q(("word", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="task_done_with_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item__isnull", True), ("resolution__isnull", True)),
                            models.Q(("item__isnull", False), ("resolution__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_place_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="records.session",
                        verbose_name="场次",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="参加组织",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "已邀请参加，待对方确认"),
                            ("confirmed", "已确认参加"),
                            ("declined", "不参加"),
                            ("withdrawn", "已退出"),
                            ("recalled", "邀请已撤回"),
                        ],
                        default="asked",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="邀请时间")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("word", models.CharField(blank=True, max_length=100, verbose_name="答复")),
            ],
            options={
                "verbose_name": "邀请参加",
                "indexes": [models.Index(fields=["unit", "state"], name="invitations_of_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "unit"), name="unit_asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "asked")),
                            models.Q(models.Q(("state", "asked"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_answered_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leave_requests",
                        to="records.session",
                        verbose_name="场次",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leave_requests",
                        to="people.member",
                        verbose_name="党员",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("duty", "公出"),
                            ("sick", "病假"),
                            ("personal", "事假"),
                            ("away", "外出流动"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="请假类别",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="请假时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("entered_by", models.BigIntegerField(null=True, verbose_name="录入账号")),
            ],
            options={
                "verbose_name": "请假",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("session", "member"),
                        name="leave_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category", ""), _negated=True), name="leave_has_category"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True), ("withdrawn_at__gte", models.F("asked_at")), _connector="OR"
                        ),
                        name="leave_withdrawn_after_asking",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ListItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_items",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("kind", models.CharField(max_length=20, verbose_name="清单")),
                ("title", models.CharField(max_length=120, verbose_name="事项")),
                ("requirement", models.TextField(blank=True, verbose_name="要求")),
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
                (
                    "post",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secretary", "书记"),
                            ("deputy", "副书记"),
                            ("organisation", "组织委员"),
                            ("publicity", "宣传委员"),
                            ("discipline", "纪检委员"),
                            ("youth", "青年委员"),
                            ("group_leader", "党小组组长"),
                        ],
                        max_length=20,
                        verbose_name="岗位",
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("none", "不定期检查"),
                            ("once", "办一次"),
                            ("monthly", "每月"),
                            ("quarterly", "每季度"),
                            ("half_yearly", "每半年"),
                            ("yearly", "每年"),
                        ],
                        max_length=20,
                        verbose_name="周期",
                    ),
                ),
                ("first_due", models.DateField(null=True, verbose_name="首次时限")),
                ("since", models.DateField(verbose_name="列入日期")),
                ("until", models.DateField(null=True, verbose_name="停用日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="停用原因")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="备注")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "清单事项",
                "indexes": [models.Index(fields=["unit", "kind"], name="list_item_of_a_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="list_item_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="list_item_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            models.Q(("until__gte", models.F("since")), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="list_item_ends_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rhythm", youju.records.lists.values.Rhythm["ONCE"]), _negated=True),
                            ("first_due__isnull", False),
                            _connector="OR",
                        ),
                        name="list_item_once_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="records.listitem"
                    ),
                ),
                ("field", models.CharField(max_length=20, verbose_name="栏")),
                ("text", models.CharField(max_length=200, verbose_name="内容")),
            ],
            options={
                "verbose_name": "清单栏目",
                "constraints": [models.UniqueConstraint(fields=("item", "field"), name="item_word_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="records.listitem"
                    ),
                ),
                ("in_force", models.DateField(verbose_name="施行日期")),
                ("change", models.CharField(blank=True, max_length=300, verbose_name="修订说明")),
                ("text", models.TextField(blank=True, verbose_name="正文")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.storedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "制度版本",
                "ordering": ["in_force"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "in_force"), name="item_version_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), ("file__isnull", False), _connector="OR"
                        ),
                        name="item_version_says_something",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ItemCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="records.listitem"
                    ),
                ),
                ("done_on", models.DateField(verbose_name="检查日期")),
                ("text", models.CharField(max_length=500, verbose_name="情况")),
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
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.session",
                        verbose_name="关联记录",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("dropped_on", models.DateField(null=True, verbose_name="撤销日期")),
            ],
            options={
                "verbose_name": "清单检查",
                "ordering": ["done_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="item_check_says_something"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="problems", to="people.unit"
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("title", models.CharField(max_length=200, verbose_name="问题")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("appraisal", "述职评议点评"),
                            ("self", "支部自查"),
                            ("members", "党员意见"),
                            ("inspection", "上级检查"),
                        ],
                        max_length=20,
                        verbose_name="来源",
                    ),
                ),
                ("source_note", models.CharField(blank=True, max_length=120, verbose_name="来源说明")),
                ("cause", models.TextField(blank=True, verbose_name="原因")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("for_year", models.PositiveIntegerField(verbose_name="所属年度")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("closed_on", models.DateField(null=True, verbose_name="销号日期")),
                ("asked_on", models.DateField(null=True, verbose_name="申请销号日期")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核实人",
                    ),
                ),
                ("returned", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "问题",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="problem_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("found_on")), _connector="OR"
                        ),
                        name="problem_closes_after_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_by__isnull", True),
                            ("asked_by__isnull", True),
                            models.Q(("closed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="problem_closed_by_another",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="records.problem"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="措施")),
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
                ("due_on", models.DateField(null=True, verbose_name="时限")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("proof", models.TextField(blank=True, verbose_name="落实情况")),
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
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.session",
                        verbose_name="关联记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改措施",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("problem", "position"), name="measure_position_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="people.unit"
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("goal", models.TextField(verbose_name="目标")),
                ("business", models.TextField(blank=True, verbose_name="业务结合点")),
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
                ("since", models.DateField(verbose_name="立项日期")),
                ("until", models.DateField(null=True, verbose_name="完成时限")),
                ("outcome", models.TextField(blank=True, verbose_name="成效")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("stopped_on", models.DateField(null=True, verbose_name="中止日期")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="中止原因")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "项目",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="project_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("goal", ""), _negated=True)
                        ),
                        name="project_has_a_goal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="project_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True),
                            models.Q(("stopped_on__isnull", True), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="project_done_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_on__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="project_stopped_with_reason",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Aim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aims", to="records.project"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="内容")),
            ],
            options={
                "verbose_name": "分目标",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("project", "name"), name="aim_name_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200, verbose_name="内容")),
                ("due_on", models.DateField(null=True, verbose_name="时限")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("proof", models.TextField(blank=True, verbose_name="落实情况")),
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
                ("dropped_on", models.DateField(null=True, verbose_name="撤销日期")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="records.project"
                    ),
                ),
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
            ],
            options={
                "verbose_name": "项目节点",
                "ordering": ["position"],
                "abstract": False,
                "indexes": [models.Index(fields=["due_on"], name="milestone_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "position"), name="milestone_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("proof", "")),
                            models.Q(("done_on__isnull", False), models.Q(("proof", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="milestone_done_with_proof",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="records.project"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="project_links", to="records.session"
                    ),
                ),
                (
                    "aim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="links",
                        to="records.aim",
                        verbose_name="分目标",
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=120, verbose_name="用处")),
            ],
            options={
                "verbose_name": "关联记录",
                "constraints": [models.UniqueConstraint(fields=("project", "session"), name="project_link_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProjectMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="materials", to="records.project"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.storedfile"
                    ),
                ),
                ("caption", models.CharField(max_length=80, verbose_name="说明")),
            ],
            options={
                "verbose_name": "项目材料",
                "constraints": [models.UniqueConstraint(fields=("project", "file"), name="project_material_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="people.unit"
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="题目")),
                ("dated_on", models.DateField(verbose_name="日期")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "草稿"), ("published", "已发布"), ("unused", "未采用")],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("channel", models.CharField(blank=True, max_length=20, verbose_name="渠道类别")),
                ("channel_name", models.CharField(blank=True, max_length=60, verbose_name="渠道名称")),
                ("link", models.CharField(blank=True, max_length=500, verbose_name="链接")),
                ("text", models.TextField(blank=True, verbose_name="正文")),
                ("practice", models.TextField(blank=True, verbose_name="做法")),
                ("outcome", models.TextField(blank=True, verbose_name="成效")),
                ("use", models.TextField(blank=True, verbose_name="适用范围")),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="records.project",
                        verbose_name="项目",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="典型人物",
                    ),
                ),
                ("outsider", models.CharField(blank=True, max_length=60, verbose_name="党员以外的人")),
                ("consent_on", models.DateField(null=True, verbose_name="本人同意日期")),
                (
                    "consent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="征求同意的人",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("erased_at", models.DateTimeField(null=True, verbose_name="清除时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "宣传材料",
                "indexes": [models.Index(fields=["unit", "dated_on"], name="publication_in_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="publication_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), ("erased_at__isnull", False), _connector="OR"
                        ),
                        name="publication_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                models.Q(("channel", ""), _negated=True), models.Q(("channel_name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="publication_published_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["role_model"]), ("status", "published"), _negated=True),
                            models.Q(("consent_on__isnull", False), ("consent_on__lte", models.F("dated_on"))),
                            _connector="OR",
                        ),
                        name="publication_with_consent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told", to="records.publication"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="records.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "宣传材料写的记录",
                "constraints": [
                    models.UniqueConstraint(fields=("publication", "session"), name="publication_session_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PublicationFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="records.publication"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.storedfile"
                    ),
                ),
                ("caption", models.CharField(max_length=80, verbose_name="说明")),
            ],
            options={
                "verbose_name": "宣传附件",
                "constraints": [models.UniqueConstraint(fields=("publication", "file"), name="publication_file_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                            ("place", "场馆"),
                            ("film", "影像"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("issued_on", models.DateField(null=True, verbose_name="发布日期")),
                ("origin", models.CharField(blank=True, max_length=60, verbose_name="来源")),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="library.document",
                        verbose_name="素材库里的原文",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "学习材料",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "number"), name="source_number_once"),
                    models.UniqueConstraint(fields=("ledger", "title"), name="source_title_once"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="source_has_title"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SourcePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="records.source"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="学习篇目")),
            ],
            options={
                "verbose_name": "学习篇目",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("source", "title"), name="source_part_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Studied",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="studied", to="records.session"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="studied", to="records.source"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="studied",
                        to="records.sourcepart",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="材料名称")),
                ("part_title", models.CharField(blank=True, max_length=120, verbose_name="学习篇目")),
            ],
            options={
                "verbose_name": "学了什么",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("session", "position"), name="studied_position_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Reading",
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
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="党员",
                    ),
                ),
                ("read_on", models.DateField(verbose_name="日期")),
                ("title", models.CharField(max_length=120, verbose_name="学习内容")),
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
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("entered_by", models.PositiveBigIntegerField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
            ],
            options={
                "verbose_name": "自学登记",
                "ordering": ["-read_on", "-pk"],
                "indexes": [models.Index(fields=["ledger", "read_on"], name="reading_of_ledger")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("member", "read_on", "title"),
                        name="reading_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="reading_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("entered_at")),
                            _connector="OR",
                        ),
                        name="reading_withdrawn_after_entered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("village", "村"),
                            ("household", "户"),
                            ("cooperative", "合作社"),
                            ("grassroots_coop", "基层社"),
                            ("service_centre", "综合服务中心"),
                            ("service_body", "其他服务主体"),
                        ],
                        max_length=20,
                        verbose_name="名册",
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="编号")),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="名称")),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inside",
                        to="records.subject",
                        verbose_name="所在",
                    ),
                ),
                ("since", models.DateField(verbose_name="列入日期")),
                ("until", models.DateField(null=True, verbose_name="移出日期")),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                        verbose_name="结对党员",
                    ),
                ),
                ("paired_words", models.CharField(blank=True, max_length=60, verbose_name="结对单位")),
                ("paired_since", models.DateField(null=True, verbose_name="结对日期")),
                ("paired_until", models.DateField(null=True, verbose_name="结对至")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "名册对象",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "kind", "code"), name="subject_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"),
                        name="subject_leaves_after_it_came",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="people.unit",
                        verbose_name="台账",
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="诉求")),
                ("raised_on", models.DateField(verbose_name="提出日期")),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="records.session",
                        verbose_name="走访",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="records.subject",
                        verbose_name="对象",
                    ),
                ),
                ("plan", models.CharField(blank=True, max_length=300, verbose_name="办理措施")),
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
                ("due_on", models.DateField(null=True, verbose_name="时限")),
                ("reply", models.TextField(blank=True, verbose_name="答复")),
                ("replied_on", models.DateField(null=True, verbose_name="答复日期")),
                ("closed_on", models.DateField(null=True, verbose_name="办结日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("erased_at", models.DateTimeField(null=True, verbose_name="清除时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "诉求",
                "indexes": [models.Index(fields=["unit", "due_on"], name="request_due_in_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="request_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replied_on__isnull", True), ("replied_on__gte", models.F("raised_on")), _connector="OR"
                        ),
                        name="request_answered_after_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__isnull", True), ("replied_on__isnull", False), _connector="OR"),
                        name="request_closes_with_a_reply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), ("erased_at__isnull", False), _connector="OR"
                        ),
                        name="request_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signin_choice",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("on", models.BooleanField(verbose_name="手机签到")),
                ("late_after", models.PositiveSmallIntegerField(default=10, verbose_name="开始几分钟后算迟到")),
            ],
            options={
                "verbose_name": "签到设置",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("late_after__lte", 120)), name="late_after_within_bounds"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SignInSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signin",
                        to="records.session",
                        verbose_name="场次",
                    ),
                ),
                ("late_after", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField(verbose_name="开始签到")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="结束签到")),
            ],
            options={
                "verbose_name": "签到簿",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="sheet_closes_after_opening",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="people.unit",
                        verbose_name="报送组织",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="报送给",
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(verbose_name="正文")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.storedfile",
                        verbose_name="文件",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="文件摘要")),
                ("seal", models.CharField(blank=True, max_length=8, verbose_name="封存")),
                ("submitted_on", models.DateField(verbose_name="报送日期")),
                ("submitted_at", models.DateTimeField(verbose_name="报送时间")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订")),
            ],
            options={
                "verbose_name": "报送",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="submission_number_once"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="submission_has_text"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="coverage", to="records.session"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="coverage", to="records.subject"
                    ),
                ),
            ],
            options={
                "verbose_name": "走到的对象",
                "constraints": [models.UniqueConstraint(fields=("session", "subject"), name="covered_once")],
                "indexes": [],
            },
        ),
    ]
