"""The documents that span rooms.

Today: the Government report, a snapshot of what the plan's owners told and the Bureau accepted.
"""
