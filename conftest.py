"""What every test stands on: an installation's folder of its own, set before Django reads it."""

import os
import tempfile
from pathlib import Path

HOME = tempfile.TemporaryDirectory(prefix="palermo-test-")
os.environ.update(PALERMO_HOME=HOME.name, PALERMO_INSECURE="1", PALERMO_TODAY="2017-03-01")
os.environ.pop("PALERMO_DEMONSTRATION", None)
SHARED = Path(__file__).resolve().parent.parent / "shared"
