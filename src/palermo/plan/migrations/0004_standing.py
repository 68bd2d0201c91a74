import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_membership_order'),
        ('plan', '0003_recommendations_and_carry_over'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Derived',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('directory', models.CharField(max_length=64)),
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
            ],
        ),
        migrations.CreateModel(
            name='Spoken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
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
            ],
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['on', 'at'], name='plan_contribution_day'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['on', 'at'], name='plan_evaluation_day'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['on', 'at'], name='plan_evidence_day'),
        ),
        migrations.AddIndex(
            model_name='importedrow',
            index=models.Index(fields=['decided_on', 'decided_at'], name='plan_row_decided'),
        ),
        migrations.AddIndex(
            model_name='ownership',
            index=models.Index(fields=['on', 'at'], name='plan_ownership_day'),
        ),
        migrations.AddIndex(
            model_name='ownership',
            index=models.Index(fields=['end_known_on', 'at'], name='plan_ownership_end_day'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(fields=['on', 'at'], name='plan_signature_day'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['on', 'at'], name='plan_verdict_day'),
        ),
        migrations.AddIndex(
            model_name='withdrawal',
            index=models.Index(fields=['on', 'at'], name='plan_withdrawal_day'),
        ),
        migrations.AddIndex(
            model_name='wording',
            index=models.Index(fields=['on', 'at'], name='plan_wording_day'),
        ),
        migrations.AddField(
            model_name='derived',
            name='plan',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='derived', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='holding',
            name='organisation',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='holding',
            name='plan',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='spoken',
            name='counting',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plan.contribution'),
        ),
        migrations.AddField(
            model_name='spoken',
            name='latest',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plan.contribution'),
        ),
        migrations.AddField(
            model_name='spoken',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='spoken',
            name='plan',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='standing',
            name='measure',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='plan.measure'),
        ),
        migrations.AddField(
            model_name='standing',
            name='plan',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='standing',
            name='section',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.section'),
        ),
        migrations.AddField(
            model_name='standing',
            name='wording',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.wording'),
        ),
        migrations.AddField(
            model_name='holding',
            name='standing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='plan.standing'),
        ),
        migrations.AddField(
            model_name='tally',
            name='plan',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='plan.plan'),
        ),
        migrations.AddConstraint(
            model_name='spoken',
            constraint=models.UniqueConstraint(fields=('plan', 'organisation', 'on'), name='plan_spoken_once'),
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
