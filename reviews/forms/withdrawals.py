from partnership.careful_text import CarefulForm
from reviews.forms.fields import long_field


class WithdrawForm(CarefulForm):
    """Why a record is taken out of the lists."""

    reason = long_field(
        "Why is it withdrawn?",
        required="Enter why it is withdrawn",
        hint="Such as: recorded twice. The reason is kept in the record of changes.",
        rows=3,
    )
