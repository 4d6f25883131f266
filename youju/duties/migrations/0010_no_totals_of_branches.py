from django.db import migrations


def take_out(apps, schema_editor):
    """Up to now a branch had a total beside its score, saying the same once more."""
    # A branch that has moved since still has its score and its total where it stood before.
    scored = apps.get_model("duties", "UnitScore").objects.values("path")
    apps.get_model("duties", "ScoreTotal").objects.filter(path__in=scored).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0009_ends_of_waivers"),
        ("people", "0008_imports_in_parts"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
