"""Verifies a PDF against its attachments and signatures.

`docs/verify.md` says what this proves. A PDF counts as hostile until it is verified: it is read with limits, in a separate
process, and files are only written under names that the generator gives.
"""
