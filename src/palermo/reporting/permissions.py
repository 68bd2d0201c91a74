"""Who may make reports: the Bureau, which alone sees every answer and every remark."""

from __future__ import annotations

import rules

from palermo.accounts.permissions import is_secretary

rules.add_perm("reporting.make", is_secretary)
rules.add_perm("reporting.replace_template", is_secretary)
