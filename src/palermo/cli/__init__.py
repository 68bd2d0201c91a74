"""The command line: one file a command group. Kernels' commands start without Django."""

from __future__ import annotations

import typer

from palermo.cli import (
    audit,
    backup,
    bench,
    demo,
    law,
    notices,
    office,
    plan,
    plan_office,
    procedure,
    report,
    statistics,
    statistics_attack,
    statistics_check,
    statistics_compare,
    statistics_estimate,
    statistics_protect,
)

app = typer.Typer(name="palermo", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(audit.app, name="audit")
app.add_typer(law.app, name="law")
app.add_typer(notices.app, name="notices")
app.add_typer(plan.app, name="plan")
app.add_typer(procedure.app, name="procedure")
app.add_typer(report.app, name="report")
app.add_typer(statistics.app, name="statistics")
for command in (demo.demo, office.setup, office.serve, office.accounts, bench.bench):
    app.command()(command)
for name, one in (("backup", backup.backup), ("backup-key", backup.backup_key), ("restore", backup.restore)):
    app.command(name)(one)
plan.app.command("import")(plan_office.import_document)
plan.app.command("status")(plan_office.status)
plan.app.command("remind")(plan_office.remind)
statistics.app.command("attack")(statistics_attack.attack)
statistics.app.command("check-table")(statistics_check.check_table)
statistics.app.command("compare")(statistics_compare.compare)
statistics.app.command("estimate")(statistics_estimate.estimate)
statistics.app.command("protect")(statistics_protect.protect)
statistics.app.command("verify")(statistics_protect.verify)


@app.callback()
def palermo() -> None:
    """The working system of a national anti-trafficking coordination office."""


def main() -> None:
    """Run one command."""
    app(prog_name="./palermo")
