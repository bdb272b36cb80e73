"""Cross-references from a part of the report that stands by itself: what they lead to is not on the same page."""

import re

LINK = re.compile(r'<a class="cross-reference" href="#([\w-]+)"((?: aria-label="[^"]*")?)>(.*?)</a>')
"""As `Reader` writes it, and tables of sources."""


def with_links(html: str, *, whole_report: str) -> str:
    """The HTML; links to what is not in it lead into the whole report or, without its address, become mere words."""

    def link(found: re.Match[str]) -> str:
        anchor, label, words = found.groups()
        if f'id="{anchor}"' in html:
            return found[0]
        return (
            f'<a class="cross-reference" href="{whole_report}#{anchor}"{label}>{words}</a>' if whole_report else words
        )

    return LINK.sub(link, html)
