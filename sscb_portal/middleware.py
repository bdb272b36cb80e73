"""What every answer of the portal says to browsers and proxies, and who is sent to sign in."""

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils.cache import patch_cache_control

from partnership.interrupted import KEPT, keep_typed


class KeepNoPages:
    """Pages of somebody who is signed in are kept nowhere: computers are shared, and updates are confidential."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class SignInFirst(LoginRequiredMiddleware):
    """Leads to the sign-in page. What a long form has sent is kept meanwhile."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and keep_typed(request):
            messages.info(request, KEPT)
        return super().handle_no_permission(request, view_func)
