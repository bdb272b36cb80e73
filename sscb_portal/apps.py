from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sscb_portal"

    def ready(self):
        from sscb_portal import checks  # noqa: F401
