import django.db.models.deletion
from django.db import migrations, models


def derive_anew(apps, _schema):
    """What is kept is kept otherwise: after the migration every plan is derived again."""
    apps.get_model("plan", "Derived").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_membership_order'),
        ('plan', '0007_steps'),
    ]

    operations = [
        migrations.RunPython(derive_anew, migrations.RunPython.noop),
        migrations.DeleteModel(name='Holding'),
        migrations.DeleteModel(name='TallyStep'),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.TextField(blank=True)),
                ('role', models.CharField(blank=True, max_length=20)),
                ('is_named', models.BooleanField()),
                ('owed', models.CharField(blank=True, max_length=8)),
                ('in_part', models.BooleanField()),
                ('since_on', models.DateField()),
                ('until_on', models.DateField()),
                ('is_last', models.BooleanField()),
                ('position', models.PositiveBigIntegerField()),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('late_on', models.DateField()),
                ('evaluate_on', models.DateField()),
                ('is_finished', models.BooleanField()),
                ('organisation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan')),
                ('standing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='plan.standing')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['organisation', 'plan', 'position'], name='plan_holding_of'),
                    models.Index(condition=models.Q(('in_part', False), ('is_last', True)), fields=['plan', 'organisation', 'owed', 'late_on', 'position'], name='plan_holding_owed'),
                    models.Index(condition=models.Q(('in_part', True), ('is_last', True)), fields=['plan', 'organisation', 'owed', 'late_on', 'position'], name='plan_holding_owed_in_part'),
                    models.Index(condition=models.Q(('in_part', False), ('is_last', False)), fields=['plan', 'organisation', 'owed', 'until_on'], name='plan_holding_was_owed'),
                    models.Index(condition=models.Q(('in_part', True), ('is_last', False)), fields=['plan', 'organisation', 'owed', 'until_on'], name='plan_holding_was_owed_in_part'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TallyStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_part', models.BooleanField()),
                ('period', models.CharField(max_length=5)),
                ('on', models.DateField()),
                ('of', models.TextField(blank=True)),
                ('what', models.CharField(max_length=20)),
                ('number', models.IntegerField(default=0)),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'of', 'period', 'on', 'what', 'in_part'), name='plan_tallystep_once')],
            },
        ),
    ]
