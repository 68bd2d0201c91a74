"""A message may carry several links, one a line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_files")]
    operations = [migrations.AlterField(model_name="message", name="link", field=models.TextField())]
