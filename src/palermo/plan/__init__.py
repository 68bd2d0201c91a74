"""What was promised, by whom, by when: plans, their measures, and how they are followed up.

Read `rules`, `models`, `queries`, `actions` in this order.
"""
