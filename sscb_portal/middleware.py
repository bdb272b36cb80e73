"""What every answer of the portal says to browsers and proxies."""

from django.utils.cache import patch_cache_control


class KeepNoPages:
    """Pages of somebody who is signed in are kept nowhere: computers are shared, and updates are confidential."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
