"""How the built stylesheets name their fonts."""

import re

FONT = re.compile(r"""url\(["']?(fonts/[\w.-]+)["']?\)""")


def at_asset_addresses(css: str) -> str:
    """The stylesheet with its fonts at `asset:` addresses, which only the confined renderer serves."""
    return FONT.sub(r'url("asset:\1")', css)
