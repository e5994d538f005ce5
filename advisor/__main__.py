"""`python -m advisor` is the command `advisor`."""

from advisor.cli.main import main

if __name__ == "__main__":  # workers of a server import this file without running it
    main()
