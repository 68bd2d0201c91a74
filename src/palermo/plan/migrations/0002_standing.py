import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_membership_order'),
        ('plan', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Derived',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('directory', models.CharField(max_length=64)),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='derived', to='plan.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_on', models.DateField()),
                ('until_on', models.DateField()),
                ('is_last', models.BooleanField()),
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
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('what', models.CharField(max_length=20)),
                ('of', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('number', models.IntegerField(default=0)),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='plan.plan')),
            ],
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
            index=models.Index(condition=models.Q(('has_duty', True), ('is_evaluated', False)), fields=['plan', 'position'], name='plan_standing_to_evaluate'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('is_last', True)), fields=['plan', 'since_on'], name='plan_standing_begins'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('is_last', False)), fields=['plan', 'until_on'], name='plan_standing_ends'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(fields=('measure', 'since_on'), name='plan_standing_once'),
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
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('plan', 'what', 'kind', 'of', 'day'), name='plan_tally_once'),
        ),
    ]
