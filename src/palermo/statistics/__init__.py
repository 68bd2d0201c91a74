"""What the office counts: figures that compare, and that betray nobody.

So far its kernels: how a table is cut (`specification`) and read (`sheets`, `figures`), protection and attack
(`disclosure`), checks of figures that somebody published (`checks`), estimates of what is not seen
(`estimates`).
"""
