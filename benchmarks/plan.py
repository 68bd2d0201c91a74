"""A plan of 300 to 300,000 measures: what each page asks of the database, and how long it takes.

`palermo bench plan 300 300000` makes a plan of each size, with ten answers a measure, each in a database of
its own: SQLite, or one beside the database that DATABASE_URL names. Then each page is asked for by who
follows the plan, in turn at each size. PALERMO_BENCH names a folder where the plans are kept for the next
time. Bare is what Django with its own middleware needs for the same fifty rows. Limits: as many queries, and
at most 1.5 times the time, as at the first size; the register at most 3 times bare. A brief has no limit:
it names up to fifty measures of each sort, which a small plan does not have.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

SIZES, TURNS, TIMES = [300, 30_000], 3, 5
SLOWER, BARE, LONG = 1.5, 3.0, 5_000


def kept(size, folder):
    """The place of a plan of a size: a folder, and a database of its own where DATABASE_URL names one."""
    home = Path(folder) / f"{size}"
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"PALERMO_HOME": str(home), "PALERMO_INSECURE": "1"}
    if address := os.environ.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(address, autocommit=True) as server:
            known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [f"palermo_{size}"])
            if not known.fetchone():
                server.execute(f"CREATE DATABASE palermo_{size}")
        os.environ["DATABASE_URL"] = urlsplit(address)._replace(path=f"/palermo_{size}").geturl()


def serve(size, folder, line):
    """Make a plan, or take the one that is kept, and answer with queries and milliseconds of pages."""
    kept(size, folder)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction

    import _plan_asked as asking  # only now: the environment says where the plan lies
    import _plan_made as made
    from palermo.audit.asking import asked_by_system

    call_command("migrate", verbosity=0)
    settings.TODAY, settings.ALLOWED_HOSTS = made.TODAY.isoformat(), ["testserver"]
    settings.SECOND_FACTOR_ROLES = ()  # who asks comes in by no door
    begun, derived = time.monotonic(), 0.0
    if not made.plan.Plan.objects.exists():
        with asked_by_system(), transaction.atomic():
            derived = made.Made(made.Office(), size).derived
        if connection.vendor == "postgresql":
            connection.cursor().execute("VACUUM ANALYZE")
    with asked_by_system():
        told = made.plan.Contribution.objects.count()
        line.send((told, time.monotonic() - begun, derived, made.agrees(Random(size))))
    pages = asking.pages()
    line.send(list(pages))
    while name := line.recv():
        line.send(pages[name]())


def main():
    sizes = [int(one) for one in sys.argv[1:]] or SIZES
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as passing:
        folder, lines = os.environ.get("PALERMO_BENCH", passing), {}
        for size in sizes:
            lines[size], far = spawn.Pipe()
            child = spawn.Process(target=serve, args=(size, folder, far), daemon=True)
            child.start()
            far.close()
            told, lasted, derived, agrees = lines[size].recv()
            print(f"{size} measures, {told} contributions, ready in {lasted:.0f} s", end="")
            print(f", {derived:.1f} s to derive a thousand" * bool(derived), end="")
            print(", as the facts say" if agrees else ", NOT AS THE FACTS SAY", flush=True)
            if not agrees:
                sys.exit(1)
        sys.exit(compared(sizes, lines))


def compared(sizes, lines):
    """Ask for each page at each size in turn, and say how they compare. Gives whether a limit is missed."""
    *_, known = [line.recv() for line in lines.values()]
    print(f"\n{'':34}{'queries':>14}{'ms':>18}{'ratio':>8}{'/ bare':>8}")
    failed, floor = False, 0.0
    for name in known:
        asked, lasted = [], {size: [] for size in sizes}
        for _turn in range(TURNS):
            for size in sizes:
                lines[size].send(name)
                queries, own = lines[size].recv()
                lasted[size] += own
                asked.append(queries)
            if sum(map(sum, lasted.values())) > LONG:
                break
        times = [statistics.median(lasted[size]) for size in sizes]
        floor = floor or times[-1]
        ratio, beside, asked = times[-1] / times[0], times[-1] / floor, asked[: len(sizes)]
        print(
            f"{name:34}{' '.join(map(str, asked)):>14}{' '.join(f'{one:.1f}' for one in times):>18}", end=""
        )
        print(f"{ratio:>8.2f}{beside:>8.1f}", flush=True)
        failed |= (name == "register" and beside > BARE) or (
            not name.endswith("brief") and (ratio > SLOWER or max(asked) > asked[0])
        )
    for line in lines.values():
        line.send("")
    return failed


if __name__ == "__main__":
    main()
