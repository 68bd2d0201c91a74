"""One request each: one query, at most one action, one page.

`asking`: who asks about which plan. `register`: the plan's measures. `owing`: who owes what. `documents`
and `review`: what comes in. `measures`: what is added to one measure. `rounds` and `answers`: collection.
"""
