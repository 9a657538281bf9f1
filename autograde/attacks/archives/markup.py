"""What a browser would run or load on the summary page."""

from collections.abc import Iterator
from html.parser import HTMLParser

# The template has none of these.
_TAGS = {
    "a", "applet", "audio", "base", "embed", "form", "frame", "iframe", "img", "input", "link", "math", "object",
    "script", "source", "style", "template", "textarea", "video", "animate", "foreignobject", "image", "set", "use",
}  # fmt: skip
_HEAD = {"style"}
_LOADS = ("javascript:", "data:", "vbscript:", "url(", "expression(", "@import")


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._body = self._body or tag == "body"
        if tag in _TAGS and (self._body or tag not in _HEAD):
            self.found.append(f"die Marke {tag!r}")
        if tag == "meta" and self._body:
            self.found.append("eine Angabe für den Browser")
        for name, value in attrs:
            if name.startswith("on") or any(one in (value or "").lower() for one in _LOADS):
                self.found.append(f"das Attribut {name!r} an {tag!r}")


def active(page: str) -> Iterator[str]:
    """Yield one sentence for everything on the page that is more than text and boxes."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    for one in parser.found:
        yield f"Die Übersicht hat {one}."
    if "Content-Security-Policy" not in page.partition("</head>")[0]:
        yield "Die Übersicht verbietet dem Browser nichts mehr."
