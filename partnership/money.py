"""Pounds as people write them. Pure functions."""

from decimal import Decimal


def in_pounds(amount: Decimal) -> str:
    """Whole pounds without pence: £45,000, £45,000.50, −£1,200."""
    number = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"\u2212£{number}" if amount < 0 else f"£{number}"


def change_in_pounds(now: Decimal, before: Decimal) -> str:
    """How an amount differs from that of the year before: +£5,000, −£1,200 or "no change"."""
    if now == before:
        return "no change"
    return in_pounds(now - before) if now < before else f"+{in_pounds(now - before)}"
