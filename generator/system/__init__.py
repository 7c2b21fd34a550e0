"""Access to regular files only, and pauses of the garbage collector."""
