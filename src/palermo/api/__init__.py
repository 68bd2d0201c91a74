"""What the pages show, for programs: read-only JSON under the same `visible_to`, described in OpenAPI.

It is loaded with the first request under /api/: its packages would cost every command half a second.
"""
