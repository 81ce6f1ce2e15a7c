from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="need",
            name="element",
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
