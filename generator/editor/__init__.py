"""The language server behind `brief lsp`: problems, completion, hover, definitions and code actions for editors.

It checks nothing itself: problems come from `publish_brief.inspect`, passages from the gate, fields from the schemas. Only
`language_server.py` and `protocol_records.py` know the protocol's library.
"""
