"""The one shape of a view that does something and says so."""

from django.contrib import messages
from django.shortcuts import redirect

from partnership.states import StaleSave, WrongState


def do_and_say(request, said, act, *, then, **arguments):
    """Do it and say so, or say why it cannot be done (any more); then go on to the page given."""
    try:
        act(**arguments, by=request.user)
    except (WrongState, StaleSave) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(*then)
