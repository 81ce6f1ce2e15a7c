from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_whole_key_of_an_element")]

    operations = [
        migrations.AddField(
            model_name="closure",
            name="declined_because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
