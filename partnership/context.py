from partnership.models import Partnership


def portal(request):
    """The partnership whose name stands on every page; None before it is set up."""
    return {"partnership": Partnership.objects.select_related("area").first()}
