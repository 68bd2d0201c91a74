import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_membership_order'),
        ('plan', '0005_told'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='plan.plan')),
            ],
            options={
                'ordering': ['plan', 'number'],
            },
        ),
        migrations.CreateModel(
            name='WorkDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('what', models.CharField(choices=[('given-up', 'given-up'), ('resumed', 'resumed')], max_length=20)),
                ('words', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='plan.work')),
            ],
            options={
                'ordering': ['work', 'on', 'at'],
            },
        ),
        migrations.CreateModel(
            name='WorkTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('note', 'Note'), ('study', 'Study'), ('manual', 'Manual'), ('expertise', 'Expertise')], max_length=20)),
                ('title', models.CharField(max_length=300)),
                ('language', models.CharField(max_length=5)),
                ('put_to', models.CharField(blank=True, max_length=300)),
                ('question', models.TextField(blank=True)),
                ('timing_text', models.CharField(blank=True, max_length=300)),
                ('timing_kind', models.CharField(max_length=20)),
                ('edtf', models.CharField(blank=True, max_length=60)),
                ('earliest', models.DateField(null=True)),
                ('latest', models.DateField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measures', models.ManyToManyField(related_name='works', to='plan.measure')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='plan.section')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='plan.work')),
            ],
            options={
                'ordering': ['work', 'version'],
            },
        ),
        migrations.CreateModel(
            name='WorkVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('file', 'File'), ('link', 'Link'), ('reference', 'Reference')], max_length=20)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('address', models.URLField(blank=True, max_length=1000)),
                ('reference', models.CharField(blank=True, max_length=500)),
                ('number', models.PositiveIntegerField()),
                ('label', models.CharField(blank=True, max_length=100)),
                ('is_final', models.BooleanField()),
                ('dated_on', models.DateField(null=True)),
                ('language', models.CharField(max_length=5)),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plan.work')),
            ],
            options={
                'ordering': ['work', 'number'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='plan_work_number_once'),
        ),
        migrations.AddConstraint(
            model_name='workdecision',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='plan_work_decision_has_words'),
        ),
        migrations.AddConstraint(
            model_name='workterms',
            constraint=models.UniqueConstraint(fields=('work', 'version'), name='plan_work_terms_version_once'),
        ),
        migrations.AddConstraint(
            model_name='workterms',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'expertise'), models.Q(('put_to', ''), _negated=True), models.Q(('question', ''), _negated=True)), models.Q(models.Q(('kind', 'expertise'), _negated=True), ('put_to', ''), ('question', '')), _connector='OR'), name='plan_work_terms_expertise_asks'),
        ),
        migrations.AddConstraint(
            model_name='workversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'file'), models.Q(('sha256', ''), _negated=True), ('size__isnull', False)), models.Q(('kind', 'link'), models.Q(('address', ''), _negated=True)), models.Q(('kind', 'reference'), models.Q(('reference', ''), _negated=True)), _connector='OR'), name='plan_workversion_is_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='workversion',
            constraint=models.UniqueConstraint(fields=('work', 'number'), name='plan_work_version_once'),
        ),
    ]
