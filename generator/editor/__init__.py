"""Language server of `brief lsp`: problems, completion, hover and more.

It has no checks of its own: problems come from `inspect_project.inspect`, passages from the gate, fields from the schemas. Only
`language_server.py` imports the protocol's library.
"""
