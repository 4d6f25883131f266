"""Reports that were handed in before the library was there join it, so that passages shared with them are found too."""

from django.db import migrations


def hand_over(apps, schema_editor):
    submissions = apps.get_model("records", "Submission")
    handed = apps.get_model("library", "HandedText")
    serials = apps.get_model("library", "Serial")
    rows = list(submissions.objects.order_by("pk"))
    if not rows:
        return
    first = (serials.objects.order_by("pk").values_list("last", flat=True).first() or 0) + 1
    handed.objects.bulk_create(
        handed(
            unit_id=row.unit_id, submission=row.pk, year=row.year, title=row.title, handed_on=row.submitted_on,
            text=row.text, changed=first + number,
        )
        for number, row in enumerate(rows)
    )  # fmt: skip
    serials.objects.update_or_create(pk=1, defaults={"last": first + len(rows) - 1})


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_unit_template"),
        ("library", "0001_documents"),
        ("records", "0018_lists"),
    ]

    operations = [migrations.RunPython(hand_over, migrations.RunPython.noop)]
