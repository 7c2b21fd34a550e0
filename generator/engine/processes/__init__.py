"""Processes of this machine: they run the steps of a build, and single functions."""
