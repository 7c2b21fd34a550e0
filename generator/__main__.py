"""The command `brief`, also as `python -m generator`."""

import sys


def main() -> None:
    from generator.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
