from django.db import migrations, models

import teamaround.kit.dates


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache_table")]

    operations = [
        migrations.AlterField("account", "last_seen_at", models.DateTimeField(default=teamaround.kit.dates.now)),
    ]
