"""What a webhook of merge requests asks for: prints the number, and « show », « gone » or « nothing ».

    python .ci/merge_request.py PAYLOAD

https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def asked(payload: Any) -> tuple[int, str]:
    """``oldrev`` is there where commits were pushed; labels, titles, approvals (ours too) change no page."""
    request = payload["object_attributes"]
    action = request.get("action")
    if action in {"close", "merge"}:
        return int(request["iid"]), "gone"
    is_new = action in {"open", "reopen"} or (action == "update" and request.get("oldrev"))
    return int(request["iid"]), "show" if is_new else "nothing"


if __name__ == "__main__":
    print(*asked(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
