"""The site: pages around the briefs, made from extracts of the briefs.

The page step of a brief writes an extract (`brief_extract.py`). A plan over the heads of all extracts determines the pages of the site
(`site_plan.py`). Each page is a target of the build engine that reads only the entries that it prints.
"""
