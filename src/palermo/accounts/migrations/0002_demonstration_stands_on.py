"""A demonstration keeps the day on which it stands."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RenameField("demonstration", "made_on", "stands_on")]
