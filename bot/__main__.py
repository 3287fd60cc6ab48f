"""`python -m bot` is `jiugai`."""

import sys

from bot.cli import main

sys.exit(main())
