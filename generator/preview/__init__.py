"""Building while somebody writes, and showing it: a process that builds, an eye on the folder, a server on this machine.

`docs/preview.md` says how they work together. Knows the project and how to publish it; not what a brief is made of.
"""
