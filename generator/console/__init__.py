"""How the program speaks on a terminal and to other programs: problems, progress, options, selections."""
