"""Which financial year a page shows."""

from partnership.queries import financial_years


def year_chosen(request, *, otherwise=None):
    """The year asked for by its code, else the one given, else the latest that has begun; and all there are to choose.

    None where there is no year at all.
    """
    years = financial_years()
    wanted = [request.GET.get("year", ""), otherwise.code if otherwise else ""]
    found = next((year for code in wanted for year in years if year.code == code), None)
    return found or (years[0] if years else None), years
