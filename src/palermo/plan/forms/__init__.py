"""What a person may ask of a plan and type into it.

`narrow`: filters in the address. `documents`: what comes in. `review`: what a row should say. `measures`:
owners, evidence, evaluations. `rounds`: asking. `answers`: telling and judging.
"""
