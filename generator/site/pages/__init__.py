"""Pages of the site around the briefs, made from the plan and the extracts."""
