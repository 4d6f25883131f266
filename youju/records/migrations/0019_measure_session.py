"""整改措施 may be proved by a record of the ledger."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0018_lists")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.session",
                verbose_name="关联记录",
            ),
        ),
    ]
