"""The one shape of a view that does something: it says so, or says why not."""

from django.contrib import messages
from django.shortcuts import redirect

from partnership.states import StaleSave, WrongState

STILL_HERE = "Open the page again to see what changed. What you typed is still here."


def do_and_say(request, said, act, *, then, **arguments):
    """Do it and say so, or say why it cannot be done (any more); then go on to the page given."""
    try:
        act(**arguments, by=request.user)
    except (WrongState, StaleSave) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(*then)


def is_done(request, form, said, act, **arguments):
    """Whether it was done; if not, the form says why, with everything that was typed."""
    return _tried(request, form, said, act, **arguments)[0]


def made(request, form, said, act, **arguments):
    """What was made, to go on to its page; None if it cannot be, and the form says why."""
    return _tried(request, form, said, act, **arguments)[1]


def _tried(request, form, said, act, **arguments):
    """Whether it was done, and what came of it."""
    try:
        result = act(**arguments, by=request.user)
    except WrongState as error:
        form.add_error(None, str(error))
    except StaleSave as error:
        form.add_error(None, f"{error} {STILL_HERE}")
    else:
        messages.success(request, said)
        return True, result
    return False, None


def posted(request):
    """What a form is bound to: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None


def posted_on_top(request, record):
    """What was posted, to be saved on top of the record as it is now."""
    record.refresh_from_db()
    typed = request.POST.copy()
    typed["version"] = record.version
    return typed
