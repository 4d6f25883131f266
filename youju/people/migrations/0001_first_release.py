import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from youju.journal.tables import FirstTables


class Migration(FirstTables):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_grant_of_one_day"),
        ("people", "0003_headings_of_tables"),
        ("people", "0004_invitations"),
        ("people", "0005_terms_of_office"),
        ("people", "0006_looks_corrections_forgettings"),
        ("people", "0007_what_has_followed"),
        ("people", "0008_imports_in_parts"),
        ("people", "0009_registers_and_requests"),
        ("people", "0010_tables_of_lists"),
        ("people", "0011_librarian"),
        ("people", "0012_questions"),
        ("people", "0013_looks_at_hours"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.unit",
                        verbose_name="上级组织",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("committee", "党委（工委）"),
                            ("general_branch", "党总支"),
                            ("branch", "党支部"),
                            ("group", "党小组"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="全称")),
                ("short_name", models.CharField(max_length=40, verbose_name="简称")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="代码")),
                ("path", models.CharField(max_length=64, unique=True)),
                ("opened_on", models.DateField(null=True, verbose_name="成立日期")),
                ("closed_on", models.DateField(null=True, verbose_name="撤销日期")),
                (
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="接续组织",
                    ),
                ),
                ("children_made", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "组织",
                "indexes": [models.Index(fields=["kind", "path"], name="units_of_kind")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="unit_has_name"),
                    models.CheckConstraint(
                        condition=models.Q(("successor__isnull", True), ("closed_on__isnull", False), _connector="OR"),
                        name="successor_only_when_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="years", to="people.unit"
                    ),
                ),
                ("year", models.PositiveIntegerField()),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("followed", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "组织年度版本",
                "indexes": [
                    models.Index(
                        condition=models.Q(("version__gt", models.F("followed"))),
                        fields=["year", "unit"],
                        name="unit_years_ahead",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("unit", "year"), name="unit_year_once")],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("rank", models.PositiveIntegerField(default=1000, verbose_name="名册顺序")),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登录账号",
                    ),
                ),
                ("forgotten_at", models.DateTimeField(null=True, verbose_name="清除时间")),
            ],
            options={
                "verbose_name": "党员",
                "ordering": ["rank", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="member_has_name")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.member"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.unit"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[("formal", "正式党员"), ("probationary", "预备党员")],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("since", models.DateField(verbose_name="转入日期")),
                ("until", models.DateField(null=True, verbose_name="转出日期")),
            ],
            options={
                "verbose_name": "组织关系",
                "indexes": [models.Index(fields=["unit", "since"], name="membership_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"),
                        name="membership_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("member",), name="one_open_membership"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="people.member"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                ("record", models.CharField(blank=True, max_length=40, verbose_name="记录编号")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="哪里不对")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("changed", "已改"), ("kept", "不改")], max_length=10, verbose_name="处理"
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
            ],
            options={
                "verbose_name": "更正请求",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True)), fields=["unit"], name="correction_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="correction_answered_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                (
                    "table",
                    models.CharField(
                        choices=[
                            ("members", "members"),
                            ("sessions", "sessions"),
                            ("subjects", "subjects"),
                            ("lists", "lists"),
                            ("questions", "questions"),
                        ],
                        max_length=12,
                        verbose_name="表",
                    ),
                ),
                ("token", models.CharField(max_length=40, unique=True, verbose_name="确认的那一页")),
                ("at", models.DateTimeField(verbose_name="确认的时间")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="文件")),
                ("packed", models.BinaryField(verbose_name="行")),
                ("total", models.PositiveIntegerField(verbose_name="共几行")),
                ("reached", models.PositiveIntegerField(default=0, verbose_name="到第几行")),
                ("kept", models.PositiveIntegerField(default=0, verbose_name="导入")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="跳过")),
                ("faults", models.JSONField(default=list, verbose_name="有问题的行")),
            ],
            options={
                "verbose_name": "导入批",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reached__lte", models.F("total"))), name="batch_within_its_rows"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Headings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                (
                    "table",
                    models.CharField(
                        choices=[
                            ("members", "members"),
                            ("sessions", "sessions"),
                            ("subjects", "subjects"),
                            ("lists", "lists"),
                            ("questions", "questions"),
                        ],
                        max_length=12,
                        verbose_name="表",
                    ),
                ),
                ("meant", models.JSONField(default=dict, verbose_name="对照")),
            ],
            options={
                "verbose_name": "表头对照",
                "constraints": [models.UniqueConstraint(fields=("unit", "table"), name="headings_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="people.member"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="发出时间")),
                ("expires_at", models.DateTimeField(verbose_name="有效至")),
                ("used_at", models.DateTimeField(null=True, verbose_name="打开时间")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="收回时间")),
            ],
            options={
                "verbose_name": "邀请",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="invitation_expires_after_making",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                        name="invitation_used_or_revoked",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("member_number", models.BigIntegerField(unique=True, verbose_name="党员编号")),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                ("left_on", models.DateField(verbose_name="离开日期")),
                ("at", models.DateTimeField(verbose_name="遗忘时间")),
                ("removed", models.JSONField(verbose_name="清除的")),
                ("stays", models.JSONField(verbose_name="留下的")),
                ("by_hand", models.JSONField(verbose_name="要人工核对的")),
            ],
            options={
                "verbose_name": "遗忘报告",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "viewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="people.member"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "党务工作者"),
                            ("secretary", "书记"),
                            ("committee", "委员"),
                            ("member", "党员"),
                            ("superior", "上级"),
                            ("site_admin", "站点管理员"),
                            ("librarian", "素材管理员"),
                        ],
                        max_length=20,
                        verbose_name="权限",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("member", "打开党员页"),
                            ("roster", "导出党员名册"),
                            ("year", "导出年度台账"),
                            ("leave", "看到请假类别"),
                            ("hours", "看学时明细、导出学时表"),
                        ],
                        max_length=10,
                        verbose_name="看了什么",
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="日期")),
            ],
            options={
                "verbose_name": "查看记录",
                "constraints": [
                    models.UniqueConstraint(fields=("member", "viewer", "day", "place"), name="look_once_a_day")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="people.member"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="people.unit"
                    ),
                ),
                (
                    "title",
                    models.CharField(
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
                        verbose_name="职务",
                    ),
                ),
                ("since", models.DateField(verbose_name="任职日期")),
                ("until", models.DateField(null=True, verbose_name="免职日期")),
            ],
            options={
                "verbose_name": "职务",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"),
                        name="post_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("title", "secretary"), ("until__isnull", True)),
                        fields=("unit",),
                        name="one_secretary_a_unit",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="people.unit"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "党务工作者"),
                            ("secretary", "书记"),
                            ("committee", "委员"),
                            ("member", "党员"),
                            ("superior", "上级"),
                            ("site_admin", "站点管理员"),
                            ("librarian", "素材管理员"),
                        ],
                        max_length=20,
                        verbose_name="权限",
                    ),
                ),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(null=True, verbose_name="至")),
            ],
            options={
                "verbose_name": "权限",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="grant_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("user", "unit", "role"), name="grant_once"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="people.unit",
                        verbose_name="组织",
                    ),
                ),
                ("elected_on", models.DateField(verbose_name="选举日期")),
                ("years", models.PositiveSmallIntegerField(null=True, verbose_name="任期年数")),
                ("basis", models.CharField(max_length=120, verbose_name="依据")),
                ("extended_until", models.DateField(null=True, verbose_name="延期至")),
                ("extension_basis", models.CharField(blank=True, max_length=120, verbose_name="延期依据")),
                ("stated_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
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
                "indexes": [],
            },
        ),
    ]
