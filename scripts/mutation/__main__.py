"""`python -m scripts.mutation`."""

import sys

from scripts.mutation.cli import main

sys.exit(main(sys.argv[1:]))
