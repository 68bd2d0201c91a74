"""An entry's detail goes into its hash by a digest; earlier entries keep the hash that they have."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="detail_digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=["on", "seq"], name="audit_entry_on_seq")
        ),
    ]
