"""`python -m youju.cli` is the same as the `youju` command."""

import sys

from youju.cli import main

sys.exit(main())
