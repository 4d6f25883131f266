from datetime import date, timedelta

from django.db import migrations, models
from django.db.models import Q

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}

#: How the rules of the packs repeat as this is written; a state or a term of office has no end that stays.
PACKS = {
    "committee_meeting": "monthly", "group_meeting": "monthly", "theme_day": "monthly", "first_topic": "monthly",
    "party_meeting": "quarterly", "party_lecture_quarterly": "quarterly", "self_study_check": "quarterly",
    "ideology_report": "half_yearly", "integrity_study": "half_yearly", "warning_education": "half_yearly",
    "party_lecture_half_yearly": "half_yearly", "party_lecture_each_term": "half_yearly",
    "report_meeting": "yearly", "secretary_reports": "yearly", "study_hours": "yearly", "committee_hours": "yearly",
    "ideology_study": "yearly", "ideology_list": "yearly", "duty_report": "yearly", "party_lecture_yearly": "yearly",
    "org_life_meeting": "yearly", "member_review": "yearly", "heart_talk": "yearly",
}  # fmt: skip


def tell_ends(apps, schema_editor):
    """Of what was waived before: the period that began that day, by the rhythm the rule had when it was waived."""
    local_rules = apps.get_model("duties", "LocalRule").objects
    for waiver in apps.get_model("duties", "Waiver").objects.filter(period_end=None):
        rhythm = PACKS.get(waiver.rule_id) or local_rhythm(local_rules, waiver)
        if rhythm in MONTHS:
            waiver.period_end = end_of(waiver.period_start, MONTHS[rhythm])
            waiver.save(update_fields=["period_end"])


def local_rhythm(local_rules, waiver):
    start = waiver.period_start
    versions = local_rules.filter(
        Q(ended_on=None) | Q(ended_on__gt=start),
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=waiver.made_at),
        rule_id=waiver.rule_id, since__lte=start, made_at__lte=waiver.made_at,
    )  # fmt: skip
    version = versions.order_by("made_at", "pk").last()
    return version.body["rhythm"] if version else None


def end_of(start, months):
    after = start.year * 12 + start.month - 1 + months
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0008_calendar_feeds"),
        ("people", "0008_imports_in_parts"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="waiver", name="one_waiver_a_due"),
        migrations.AddField(
            model_name="waiver",
            name="period_end",
            field=models.DateField(null=True, verbose_name="所属期止"),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="period_start",
            field=models.DateField(verbose_name="所属期起"),
        ),
        migrations.RunPython(tell_ends, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("unit", "rule_id", "period_start", "period_end"),
                name="one_waiver_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("period_end__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("unit", "rule_id", "period_start"),
                name="one_waiver_without_end",
            ),
        ),
    ]
