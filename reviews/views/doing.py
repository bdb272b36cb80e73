"""The one shape of a view that does something with a form."""

from django.contrib import messages

from partnership.states import StaleSave, WrongState


def is_done(request, form, said, act, **arguments):
    """Whether it was done; if not, the form says why, with everything that was typed."""
    try:
        act(**arguments, by=request.user)
    except WrongState as error:
        form.add_error(None, str(error))
    except StaleSave as error:
        form.add_error(None, f"{error} Open the page again to see what changed. What you typed is still here.")
    else:
        messages.success(request, said)
        return True
    return False


def posted(request):
    """What a form is bound to: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None
