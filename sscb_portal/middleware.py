"""What every answer of the portal says to browsers and proxies, and who is sent to sign in."""

import logging

from csp.constants import SELF
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from partnership.interrupted import keep_typed, wants_json

logger = logging.getLogger(__name__)


class KeepNoPages:
    """Pages of somebody who is signed in are kept nowhere: computers are shared, and updates are confidential."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class SignInInPlace:
    """The account pages, and no others, may stand in a frame, and only in the portal's own pages.

    So somebody whose session has ended signs in without leaving what they write. In a frame they go without the
    portal's header: `request.is_framed`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
        response = self.get_response(request)
        if request.resolver_match and request.resolver_match.route.startswith("accounts/"):
            response["X-Frame-Options"] = "SAMEORIGIN"
            response._csp_replace = {"frame-ancestors": [SELF]}
        return response


class OneOfTwo:
    """Two people can record the same at the same moment: the database takes one, the other is told so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if request.method != "POST" or not isinstance(exception, IntegrityError):
            return None
        logger.warning("Refused by the database", exc_info=exception)
        typed = [(name, values) for name, values in request.POST.lists() if name not in NEVER_SHOWN]
        return render(request, "409.html", {"typed": typed}, status=409)


NEVER_SHOWN = {"csrfmiddlewaretoken", "password", "version", "loaded", "opened_by"}


class SignInFirst(LoginRequiredMiddleware):
    """Leads to the sign-in page. What a long form has sent is kept meanwhile; a script leads there itself."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        """What everybody may see is answered without asking who it is, so that the answer can be kept."""
        if getattr(view_func, "login_required", True):
            return super().process_view(request, view_func, view_args, view_kwargs)
        return None

    def handle_no_permission(self, request, view_func):
        if wants_json(request):
            return JsonResponse({"status": "signed-out"}, status=401)
        if request.method == "POST" and (told := keep_typed(request)):
            messages.info(request, told)
        return super().handle_no_permission(request, view_func)
