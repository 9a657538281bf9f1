"""The viewer as one page that needs neither kernel nor network."""

import html
import json
from collections.abc import Mapping
from typing import Any

_PAGE = """\
<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body class="srcourse-page">
<main id="viewer"></main>
<script type="application/json" id="content">{content}</script>
<script type="module">
{script}
showPage(document.getElementById("viewer"), JSON.parse(document.getElementById("content").textContent));
</script>
</body>
</html>
"""


def html_page(script: str, style: str, setup: Mapping[str, Any], embedded: Mapping[str, str]) -> str:
    """Return the page.

    Args:
        script: the viewer's module, whose ``showPage`` is called.
        style: the viewer's CSS.
        setup: as :func:`srcourse.compare.setup.browser_setup` returns it.
        embedded: every part that can be shown, in base64, by the names of :func:`srcourse.compare.parts.key`.
    """
    # A name of a photograph must not end the element that it stands in.
    content = json.dumps({"setup": setup, "parts": embedded}).replace("<", "\\u003c")
    title = html.escape("Super-Resolution im Vergleich")
    return _PAGE.format(title=title, style=style, content=content, script=script)
