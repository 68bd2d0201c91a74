"""The trail and its head, at the beginning of the chain."""

from django.db import migrations, models

from palermo.audit.chain import START


def begin(apps, schema_editor):
    apps.get_model("audit", "Head").objects.create(id=1, seq=0, hash=START)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("actor", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=200)),
                ("action", models.CharField(max_length=100)),
                ("record", models.CharField(max_length=200)),
                ("detail", models.TextField()),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record", "seq"], name="audit_entry_record_seq"),
                    models.Index(fields=["actor", "seq"], name="audit_entry_actor_seq"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seq", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_head")],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
