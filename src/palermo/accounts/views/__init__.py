"""One request each: one query, at most one action, one page.

`door`: signing in and out. `identity`: by a provider's word. `own`: one's account, factors and sessions.
`people`: everybody's accounts, for the administrator.
"""
