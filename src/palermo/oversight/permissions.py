"""Who oversees: the body that the controller names. A nightly job sends checkpoints as the administrator."""

from __future__ import annotations

import rules

from palermo.accounts.permissions import is_administrator, is_overseer

rules.add_perm("oversight.read", is_overseer)
rules.add_perm("oversight.walk", is_overseer)
rules.add_perm("oversight.send", is_overseer | is_administrator)
