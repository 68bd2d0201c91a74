"""The settings under which tests run: a folder of their own, and a day in the middle of the plan."""

import os
import tempfile

HOME_OF_TESTS = tempfile.TemporaryDirectory(prefix="palermo-test-")
os.environ.update(PALERMO_HOME=HOME_OF_TESTS.name, PALERMO_INSECURE="1")
os.environ.pop("PALERMO_DEMONSTRATION", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "palermo.config.settings"  # for the programs that tests start

from palermo.config.settings import *  # noqa: E402, F403

TODAY = "2017-03-01"
MIDDLEWARE = [*MIDDLEWARE, "tests.one_action.at_most_one"]  # noqa: F405 - from the settings themselves
SECOND_FACTOR_ROLES = ()  # tests sign people in without factors; the door's own tests ask for them
