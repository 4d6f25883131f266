from django.db import migrations


def take_out(apps, schema_editor):
    """Up to now a branch had a total beside its score, saying the same once more."""
    branches = apps.get_model("people", "Unit").objects.filter(kind="branch")
    apps.get_model("duties", "ScoreTotal").objects.filter(path__in=branches.values("path")).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0009_ends_of_waivers"),
        ("people", "0008_imports_in_parts"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
