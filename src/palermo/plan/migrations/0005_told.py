import datetime

import django.db.models.deletion
from django.db import migrations, models


def derive_anew(apps, schema_editor):
    """What is derived from here on is derived otherwise: the plans are derived once migrations are done."""
    apps.get_model("plan", "Derived").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_membership_order'),
        ('plan', '0004_standing'),
    ]

    operations = [
        migrations.RunPython(derive_anew, migrations.RunPython.noop),
        migrations.DeleteModel(name='Holding'),
        migrations.DeleteModel(name='Standing'),
        migrations.DeleteModel(name='Spoken'),
        migrations.DeleteModel(name='Tally'),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_on', models.DateField()),
                ('until_on', models.DateField()),
                ('is_last', models.BooleanField()),
                ('in_part', models.BooleanField(default=False)),
                ('told_until', models.DateField(default=datetime.date(9999, 12, 31))),
                ('kind', models.CharField(max_length=20)),
                ('position', models.PositiveBigIntegerField()),
                ('place', models.PositiveIntegerField()),
                ('earliest', models.DateField(null=True)),
                ('latest', models.DateField(null=True)),
                ('last_on', models.DateField()),
                ('status', models.CharField(max_length=20)),
                ('is_finished', models.BooleanField()),
                ('has_no_owner', models.BooleanField()),
                ('has_duty', models.BooleanField()),
                ('is_evaluated', models.BooleanField()),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='plan.measure')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='plan.plan')),
                ('section', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.section')),
                ('wording', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.wording')),
            ],
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.TextField(blank=True)),
                ('role', models.CharField(blank=True, max_length=20)),
                ('is_named', models.BooleanField()),
                ('owes', models.BooleanField()),
                ('position', models.PositiveBigIntegerField()),
                ('last_on', models.DateField()),
                ('is_finished', models.BooleanField()),
                ('organisation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan')),
                ('standing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='plan.standing')),
            ],
        ),
        migrations.CreateModel(
            name='TallyStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_part', models.BooleanField()),
                ('what', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('number', models.IntegerField(default=0)),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_part', models.BooleanField(default=False)),
                ('kind', models.CharField(max_length=20)),
                ('what', models.CharField(max_length=20)),
                ('of', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('number', models.IntegerField(default=0)),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='plan.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Spoken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('counting', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plan.contribution')),
                ('latest', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plan.contribution')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan')),
                ('round', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'organisation', 'on', 'round'), name='plan_spoken_once')],
            },
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(condition=models.Q(('outcome', 'asked')), fields=['contribution'], name='plan_verdict_asked'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['organisation', 'measure'], name='plan_question_whole'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['plan', 'position', 'since_on'], name='plan_standing_reference'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['plan', 'place', 'position'], name='plan_standing_section'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['plan', 'last_on', 'position'], name='plan_standing_deadline'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['plan', 'status', 'position'], name='plan_standing_status'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('has_no_owner', True)), fields=['plan', 'position'], name='plan_standing_nobody'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('has_duty', True)), fields=['plan', 'position'], name='plan_standing_to_evaluate'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('is_last', True)), fields=['plan', 'in_part', 'since_on'], name='plan_standing_begins'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('is_last', False)), fields=['plan', 'in_part', 'until_on'], name='plan_standing_ends'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(fields=('measure', 'in_part', 'since_on'), name='plan_standing_once'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(fields=['organisation', 'plan', 'position'], name='plan_holding_of'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(condition=models.Q(('is_finished', False), ('owes', True)), fields=['plan', 'organisation', 'last_on', 'position'], name='plan_holding_owed'),
        ),
        migrations.AddConstraint(
            model_name='tallystep',
            constraint=models.UniqueConstraint(fields=('plan', 'in_part', 'what', 'on'), name='plan_tallystep_once'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('plan', 'in_part', 'what', 'kind', 'of', 'day'), name='plan_tally_once'),
        ),
    ]
