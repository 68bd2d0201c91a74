"""So many people at once on PostgreSQL, half of them reading, half answering: nothing fails, nothing is lost.

`palermo bench people 50 10` lets 50 people work for 10 minutes at the server of production, with a plan of
3,000 measures (the third number) in a PostgreSQL of Debian on loopback. They sign in with passwords, look at
a page for 5 to 15 seconds and write at an answer for 20 to 40; afterwards they work for a minute without a
pause, to see where the limit is. Idle is one person at a time. Limits: no error, each answer that was
acknowledged kept once, the trail and the standings hold, and the 95th percentile of every page within 3 times
the idle one.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.drills.crowd import Party, kept, spread  # noqa: E402
from tests.drills.serving import watched  # noqa: E402
from tests.on_postgresql import cluster  # noqa: E402

PEOPLE, MINUTES, MEASURES = 50, 10, 3_000
SATURATED, TIMES, SLOWER = 60, 20, 3.0
PORTS = 8851, 54851


def shown(crowd, idle, title):
    """A table of what everything took, beside the idle time; the pages that are too slow."""
    print(f"\n{title:24}{'times':>8}{'p50 ms':>9}{'p95 ms':>9}{'p50 idle':>9}{'p95 idle':>9}{'p95/p95':>9}")
    slow = []
    for name, seconds in crowd.took.items():
        middle, most = spread(seconds)
        rest, peak = spread(idle.took[name])
        print(
            f"{name:24}{len(seconds):>8}{middle:>9.0f}{most:>9.0f}{rest:>9.0f}{peak:>9.0f}{most / peak:>9.1f}"
        )
        if most > SLOWER * peak:
            slow.append(name)
    return slow


def together(party, idle, seconds, title, *, thinks):
    """Everybody at once; the crowd and the pages that were too slow."""
    crowd, before = party.crowd(idle.people), party.spent()
    took = crowd.together(seconds, thinks=thinks)
    spent = [now - then for now, then in zip(party.spent(), before, strict=True)]
    slow = shown(crowd, idle, title)
    asked = sum(map(len, crowd.took.values()))
    print(
        f"{asked} requests, {asked / took:.1f} a second; {len(crowd.acknowledged)} answers acknowledged;"
        f" cores at work: server {spent[0] / took:.2f}, database {spent[1] / took:.2f}, people"
        f" {spent[2] / took:.2f} of {os.cpu_count()}; wrong: {dict(crowd.wrong) or 'nothing'}",
        flush=True,
    )
    return crowd, slow


def measured(party, minutes):
    """Idle, together, and without a pause; whether every limit was kept."""
    with watched(party.office) as look:
        before, idle = look(), party.crowd()
        idle.sign_in()
        idle.alone(TIMES)
        shown(idle, idle, "one at a time")
        crowd, slow = together(party, idle, 60 * minutes, f"{len(idle.people)} people", thinks=True)
        pressed, _slow = together(party, idle, SATURATED, "without a pause", thinks=False)
        idle.leave()
        crowds = (idle, crowd, pressed)
        faults = kept(before, look(), [account for one in crowds for account in one.acknowledged])
    wrong = sum((one.wrong for one in crowds), Counter())
    print(f"\nToo slow: {', '.join(slow) or 'nothing'}. Errors: {wrong.total()}. Kept: {faults or 'all'}.")
    return not (slow or wrong or faults)


def main():
    given = [int(one) for one in sys.argv[1:4]]
    people, minutes, measures = [*given, *(PEOPLE, MINUTES, MEASURES)[len(given) :]]
    with cluster(PORTS[1]) as server, tempfile.TemporaryDirectory() as folder:
        party = Party(server, Path(folder), people, measures, PORTS[0])
        try:
            within = measured(party, minutes)
        finally:
            party.server.stop()
    load = subprocess.run(["uptime"], capture_output=True, text=True, check=False).stdout
    print(f"{subprocess.run(['uname', '-sr'], capture_output=True, text=True, check=False).stdout}{load}")
    sys.exit(not within)


if __name__ == "__main__":
    main()
