"""Runs tasks on other machines, which share no disk with this one.

`dask_executor.DaskExecutor` is an executor like the local ones. It needs the extra `cluster`.
"""
