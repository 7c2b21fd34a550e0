"""One file a subcommand, thin: arguments in, a call, a message out."""
