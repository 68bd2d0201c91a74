"""Eight who guess one password at once, ten times each, in an installation of their own (PALERMO_HOME).

Prints how many guesses would have been looked at, and how many stand at the door.
"""

from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from palermo.accounts.attempts import count, standing  # noqa: E402
from palermo.accounts.rules import WRONG_ANSWERS  # noqa: E402

DOOR = "password ana@example.org 192.0.2.1"


def guesses(number):
    try:
        return sum(count(DOOR) <= WRONG_ANSWERS for _ in range(number))
    finally:
        connection.close()


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    with ThreadPoolExecutor(8) as together:
        tried = sum(together.map(guesses, [10] * 8))
    print(tried, standing(DOOR))
