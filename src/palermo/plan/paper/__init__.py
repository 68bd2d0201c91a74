"""The Word form of an organisation's open questions: written, sent out, and read when it comes back.

`codes`: to which question a part of the form belongs. `writing`: the form. `reading`: what came back.
"""
