"""What people who mean harm write where a title, a name or a text is asked for. Each must come out as the words that it is.

Whatever gets loose is seen by its name: an element or attribute that begins with ``x-evil``, the product of two numbers, a calendar
event or a feed entry called ``evil``. ``TRACE`` is a word by which a text that stayed a text is found again.
"""

from __future__ import annotations

from typing import Final

TRACE: Final = "Traçable"
LOOSE: Final = "x-evil"
PRODUCT: Final = str(7191 * 7193)
TEMPLATE: Final = "{{ 7191*7193 }}"

ONE_LINE: Final[tuple[str, ...]] = (
    "</script><script>alert(1)</script><x-evil>",
    "\" x-evil=1 onmouseover=alert(1) '><img src=x onerror=alert(1)>",
    "' x-evil='1' onfocus='alert(1)' autofocus='",
    f"{TEMPLATE}{{% include 'base.html' %}}${{7191*7193}}<%= 7191*7193 %>",
    "{%raw%}{{self}}{#",
    "]]></title></textarea></style><x-evil><!--",
    "&lt;x-evil&gt;&#60;x-evil&#62;\\u003cx-evil\\u003e",
    '=HYPERLINK("https://evil.example";"x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1;1)*cmd|'/C calc'!A0",
    "-2+3+cmd",
    "javascript:alert(1)//<svg/onload=alert(1)><x-evil>",
    "[x](javascript:alert(1)) ![x](//evil.example/x.png) <x-evil>",
    "../../../../etc/passwd\\..\\..",
    "; x-evil, :\\n\\;END:VEVENT",
    "<![CDATA[<x-evil/>]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "None null true 0 <x-evil>",
    "%s %(x)s {0} {x.__class__} $HOME `id` $(id)",
    "‘’‚‛“”„‟<x-evil>«»″‴",
    "𝕩\U0001f4a9é\u0301ﷺ\u200d\u200b<x-evil>",
)
"""For fields of one line."""

MANY_LINES: Final[tuple[str, ...]] = (
    "a\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil\nSUMMARY:evil\nDTSTART:20260101\nEND:VEVENT",
    "---\ntitle: evil\n---\n<x-evil>",
    "a\n\n\n=1+1\n<x-evil>\n{{ 7191*7193 }}",
    "a\n]]></summary></entry><entry><id>evil</id><x-evil/>",
)
"""For fields that may have lines, beside the others."""

ADDRESSES: Final[tuple[str, ...]] = (
    "https://evil.example/'onclick='alert(1)'x-evil='",
    "https://evil.example/?a=1&b=2&lt;x-evil&gt;",
    "https://evil.example/%3Cscript%3Ealert(1)%3C/script%3E",
    "https://evil.example/;script-src='unsafe-inline',*",
    "https://evil.example/#javascript:alert(1)",
    "https://evil.example/({{7191*7193}})".replace("{", "(").replace("}", ")"),
)
"""For addresses: right as addresses, hostile in an attribute or a header."""

BODIES: Final[tuple[str, ...]] = (
    "<script>alert(1)</script>\n\n<x-evil onclick=alert(1)>a</x-evil>\n\n{{ 7191*7193 }} {% include 'base.html' %}",
    "<img src=x onerror=alert(1)>\n\n<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<details open ontoggle=alert(1)>\n<summary>a</summary>\n</details>\n\n<iframe src=https://evil.example></iframe>",
    "```html\n</code></pre><script>alert(1)</script><x-evil>\n```\n\n`<x-evil>` {{ 7191*7193 }}",
    "## <x-evil> {{ 7191*7193 }} {: onclick=alert(1) x-evil=1 }\n\nTexte {: style=color:red onclick=alert(1) }",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <x-evil> | `\"'><x-evil>` |\n\n[^1]\n\n[^1]: <x-evil onfocus=alert(1)>",
    '!!! note "<x-evil> \\" onclick=alert(1)"\n    <script>alert(1)</script>\n\n*[x]: " onclick="alert(1)\n\nx',
    "]]><x-evil/> &lt;script&gt;alert(1)&lt;/script&gt;\n\n<!-- --!><x-evil> -->\n\n<textarea><x-evil>",
)
"""For the text of an entry: only warnings, and nothing alive."""
