from partnership.models import Partnership
from partnership.theme import theme_in_force


def portal(request):
    """The partnership whose name stands on every page, and its colour; None and empty before it is set up."""
    partnership = Partnership.objects.select_related("area").first()
    return {
        "partnership": partnership,
        "own_colour": theme_in_force().colour or (partnership.accent if partnership else ""),
    }
