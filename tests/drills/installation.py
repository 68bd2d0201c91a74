"""An installation on which programs are started, to be killed, backed up or brought forward."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
OFFICE = str(ROOT / "tests/drills/office.py")


@dataclass(frozen=True)
class Installation:
    """A folder, and a database in it or elsewhere."""

    home: Path
    database: str = ""
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self):
        known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        return {
            **known,
            **({"DATABASE_URL": self.database} if self.database else {}),
            "PALERMO_HOME": str(self.home),
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "palermo.config.settings",
            **dict(self.settings),
        }

    def started(self, *command):
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, *command], env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    def done(self, *command):
        child = self.started(*command)
        told, wrong = child.communicate(timeout=120)
        assert child.returncode == 0, wrong
        return told

    def opened(self):
        return json.loads(self.done(OFFICE, "open"))

    def gone_on(self, *documents):
        return json.loads(self.done(OFFICE, "go-on", *documents))

    def copied(self, name):
        home = self.home.with_name(name)
        shutil.copytree(self.home, home)
        if not self.database:
            return Installation(home)
        with psycopg.connect(self.database.replace("/office?", "/postgres?"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE office")
        return Installation(home, self.database.replace("/office?", f"/{name}?"))
