"""What the program needs of its machine: opening regular files only, and pausing the garbage collector."""
