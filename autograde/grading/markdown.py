"""Markdown of students as HTML in which nothing runs, loads or pretends; also for pages of nbgrader."""

import html
import re
from collections.abc import Callable

from bleach.sanitizer import Cleaner  # type: ignore[import-untyped]
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

# Longer texts are shown as they were typed: the time that the parser takes grows with the square of some lengths.
_RENDERED = 10_000
# Browsers nest 512 elements; the end of a text that has more would swallow the cells below it.
_NESTED = 60
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
# fmt: off
_TAGS = [
    "a", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "summary", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "u", "ul",
]
# fmt: on
_PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+\Z")
# What the parser makes of a task list; any other input would be one that the instructor may type into.
_CHECK_BOX = re.compile(
    r'<input class="task-list-item-checkbox" type="checkbox" disabled(?P<checked> checked)?/?>'
)
# Classes of pygments, which colours code. Bootstrap's and formgrader's would build their buttons.
_CLASS = re.compile(r"(highlight|[a-z]{1,2}[0-9a-z]?)\Z")


class _Renderer(IPythonRenderer):
    """nbconvert's renderer, with a text in place of pictures that are not in the notebook."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Render a picture; nbconvert fails on one that is not attached."""
        name = url.removeprefix("attachment:")
        if name in self.attachments or _PICTURE.match(url):
            return super().image(text, url, title)
        return f"[Bild nicht im Notebook: {html.escape(name)}]"

    def block_mermaidjs(self, code: str) -> str:
        """Show a diagram's source: nbconvert would put it onto the page unescaped."""
        return f"<pre>{html.escape(code)}</pre>"


@pass_context
def harmless_markdown(context: Context, source: str) -> str:
    """Render Markdown without ids, scripts, styles, foreign pictures and links to anything but the web.

    It takes the place of nbconvert's filter ``markdown2html``, whose result nbgrader's templates put onto the page as it is.

    Args:
        context: what Jinja knows about the page; the cell's attachments are taken from it.
        source: the text of a cell or a comment.
    """
    cell = context.get("cell") or {}
    attachments = cell.get("attachments", {}) if cell.get("source") == source else {}
    if len(source) > _RENDERED:
        return _as_typed(source)
    try:
        renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        rendered = MarkdownWithMath(renderer=renderer).render(source)
        cleaned = str(
            _cleaner().clean(_CHECK_BOX.sub(lambda box: "☑ " if box["checked"] else "☐ ", rendered))
        )
        return cleaned if _depth(cleaned) <= _NESTED else _as_typed(source)
    except Exception:  # RecursionError above all: no text may keep a page from being shown
        return _as_typed(source)


def _as_typed(source: str) -> str:
    return f"<pre>{html.escape(source)}</pre>"


def _depth(cleaned: str) -> int:
    depth = deepest = 0
    for closing, name in _TAG.findall(cleaned):
        if name not in ("br", "hr", "img"):
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def _cleaner() -> Cleaner:
    attributes: dict[str, list[str] | Callable[[str, str, str], bool]] = {
        "a": _link,
        "img": _image,
        "span": _colour,
        "div": _colour,
        "ol": ["start"],
    }
    return Cleaner(
        tags=_TAGS, attributes=attributes, protocols=["http", "https", "mailto", "data"], strip=False
    )


def _link(tag: str, name: str, value: str) -> bool:
    # A relative address leads to the files of the submission, which formgrader's server hands out as they are: an HTML page
    # among them would run with the instructor's rights.
    return name == "title" or (name == "href" and re.match(r"(https?://|mailto:)[^\s\\]", value) is not None)


def _image(tag: str, name: str, value: str) -> bool:
    # A picture from elsewhere would tell its server who looks at this submission, and when.
    return name in ("alt", "title") or (name == "src" and _PICTURE.match(value) is not None)


def _colour(tag: str, name: str, value: str) -> bool:
    return name == "class" and all(_CLASS.match(one) for one in value.split())
