"""Files of the site for programs: data of briefs, feeds, lists and the search index."""
