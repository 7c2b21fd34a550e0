"""The web edition: pages around the briefs, made from extracts that the briefs leave behind.

A brief's page leaves an extract (`brief_extract.py`). A plan over the heads of all extracts says which site pages there
are (`site_plan.py`); each is a target of the build engine that reads the entries it prints, and no others.
"""
