"""A PDF as its own witness: what is attached to it, whether that makes it, and who has signed it.

`docs/verify.md` says what that proves. A PDF is taken for hostile until it has been verified: what it holds is read with
limits, in a process of its own, and only under names that the generator itself gives.
"""
