"""A page with two editors, as the portal makes them, and what tests do on it."""

import io

from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import path, reverse_lazy
from django.views.decorators.csrf import csrf_exempt
from PIL import Image

from reports.editor import InlineRichTextField, RichTextField

FIGURE = '<span data-figure="MACE_CHILDREN" data-period="may22-apr23" data-show="value"></span>'
CHANGE = FIGURE.replace("value", "percent-change")
NO_FIGURE = FIGURE.replace("MACE_CHILDREN", "NO_SUCH_MEASURE")

MEASURE = {
    "code": "MACE_CHILDREN",
    "name": "Children discussed at MACE",
    "period": "may22-apr23",
    "period_label": "May 2022 to April 2023",
    "area": "Staffordshire",
    "source": "Staffordshire Police",
    "status": "Agreed",
    "shows": [{"show": "value", "text": "610"}, {"show": "percent-change", "text": "20%"}],
}

ABOUT = "Staffordshire · Staffordshire Police · Agreed"


def picture(size=(40, 30)):
    kept = io.BytesIO()
    Image.new("RGB", size, "teal").save(kept, "PNG")
    return kept.getvalue()


class EditorForm(forms.Form):
    text = RichTextField(label="What we did", help_text="For families too.", figures_url=reverse_lazy("figures"))
    point = InlineRichTextField(label="Focus", required=False, figures_url=reverse_lazy("figures"))


PAGE = Template("""{% load static %}<!doctype html><html lang="en-GB"><head><title>Edit section</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{% static "build/portal.css" %}">
{{ form.media }}</head><body><main><h1>Child exploitation</h1><h2>Edit</h2>
<form method="post" data-images-url="/reports/images/" data-image-url="/images/0/" data-references-url="/targets/">
{% for field in form %}<div><label for="{{ field.id_for_label }}">{{ field.label }}</label>
<div id="{{ field.auto_id }}_helptext">{{ field.help_text }}</div>{{ field }}</div>{% endfor %}
<button>Save</button></form><template>{{ form.point }}</template><div id="later"></div>
{% for text in saved %}<pre>{{ text }}</pre>{% endfor %}</main></body></html>""")


@csrf_exempt
@login_not_required
def edit(request):
    form = EditorForm(request.POST or None, initial={"text": request.GET.get("text", "")})
    saved = [form.cleaned_data["text"], form.cleaned_data["point"]] if form.is_bound and form.is_valid() else []
    return HttpResponse(PAGE.render(Context({"form": form, "saved": saved})))


@login_not_required
def figures(request):
    if "codes" in request.GET:
        label = f"{MEASURE['name']}, {MEASURE['period_label']}"
        known = {f"MACE_CHILDREN:may22-apr23:{show['show']}": show["text"] for show in MEASURE["shows"]}
        asked = request.GET["codes"].split(",")
        words = {key: {"text": known[key], "label": label, "about": ABOUT} for key in asked if key in known}
        return JsonResponse({"texts": words})
    asked = request.GET["q"].lower()
    return JsonResponse({"results": [MEASURE] if asked in MEASURE["name"].lower() or asked in ("610", "20%") else []})


@csrf_exempt
@login_not_required
def images(request):
    sent = request.FILES["picture"].read()
    if sent.startswith(b"\x89PNG"):
        return JsonResponse({"image": 7, "address": "/images/7/"})
    return JsonResponse({"error": "A report takes pictures as JPEG or PNG."}, status=400)


@login_not_required
def image(request, pk):
    return HttpResponse(picture(), content_type="image/png")


@login_not_required
def targets(request):
    return JsonResponse(
        {
            "targets": [
                {"ref": "section:12", "text": "section 4.1", "label": "4.1 Child exploitation"},
                {"ref": "block:34", "text": "the chart “Panels” in section 4.1", "label": "Chart: Panels"},
            ]
        }
    )


urlpatterns = [
    path("", edit, name="edit"),
    path("figures/", figures, name="figures"),
    path("reports/images/", images, name="images"),
    path("images/<int:pk>/", image, name="image"),
    path("targets/", targets, name="targets"),
]


def violations(page):
    return [(violation["id"], violation["nodes"]) for violation in Axe().run(page).response["violations"]]


def walk_to(page, name):
    """With the keyboard from the text to a tool."""
    page.keyboard.press("Alt+F10")
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent") == name:
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no tool is called {name}")


def choose(page, name):
    """With the keyboard from a place in an open menu to another one, and take it."""
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent") == name:
            return page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"nothing in the menu is called {name}")


def paste(page, html):
    page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(event);
        }""",
        html,
    )
