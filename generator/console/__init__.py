"""Console: problem formatters, progress, options and selection of briefs."""
