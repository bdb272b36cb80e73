"""Where `priorities.views.updates` looks for it."""

from partnership.doing import do_and_say

__all__ = ["do_and_say"]
