import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import path, reverse_lazy
from django.views.decorators.csrf import csrf_exempt
from playwright.sync_api import expect

from reports import editor
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

FROM_WORD = """
<html><head><meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal {margin:0cm}</style></head><body>
<h1 style='color:red'>Child exploitation<o:p></o:p></h1>
<p class=MsoNormal style='margin:0cm'><span style='font-family:"Calibri"'>Panels met<a style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> every <b>month</b>.</span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='font-family:Symbol'>
<span style='mso-list:Ignore'>·<span>&nbsp; </span></span></span>missing</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o
<span>&nbsp; </span></span>from care</p>
<p class=MsoNormal>After<img src="file:///c:/x.png" onerror="alert(1)"><script>alert(1)</script></p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>
<a href="#_ftnref1" name="_ftn1">[1]</a> Except in August.</p></div></div>
</body></html>
"""


class EditorForm(forms.Form):
    text = RichTextField(label="What we did", help_text="For families too.", figures_url=reverse_lazy("figures"))
    point = InlineRichTextField(label="Focus", required=False, figures_url=reverse_lazy("figures"))


PAGE = Template("""{% load static %}<!doctype html><html lang="en-GB"><head><title>Edit section</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{% static "build/portal.css" %}">
{{ form.media }}</head><body><main><h1>Child exploitation</h1><h2>Edit</h2><form method="post">
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
        return JsonResponse({"texts": {key: {"text": known[key], "label": label} for key in asked if key in known}})
    return JsonResponse({"results": [MEASURE] if request.GET["q"].lower() in MEASURE["name"].lower() else []})


urlpatterns = [path("", edit, name="edit"), path("figures/", figures, name="figures")]


# Fields


def test_field_gives_clean_rich_text():
    value = RichTextField().clean(f"<h1>Head</h1>\r\n<p onclick='x'>In all <b>{FIGURE}</b></p><p></p>")

    assert value == f"<h3>Head</h3>\n<p>In all <strong>{FIGURE}</strong></p>"


def test_inline_field_gives_one_run_of_words():
    assert InlineRichTextField().clean(f"<p>Fewer {FIGURE}</p><p>waits</p>") == f"Fewer {FIGURE} waits"


@pytest.mark.parametrize("empty", ["", " ", "<p></p>", "<p>&nbsp;</p><ul><li></li></ul>"])
def test_required_field_wants_words_not_mark_up(empty):
    with pytest.raises(forms.ValidationError) as error:
        RichTextField().clean(empty)

    assert error.value.code == "required"


def test_longest_text_is_counted_in_what_is_read():
    field = RichTextField(max_length=5)

    assert field.clean("<p><strong>12345</strong></p>") == "<p><strong>12345</strong></p>"
    with pytest.raises(forms.ValidationError, match=r"Text must be 5 characters or fewer\. It has 6\."):
        field.clean("<p>123456</p>")


def test_a_giant_paste_is_refused_before_it_is_read():
    with pytest.raises(forms.ValidationError, match=r"1,000,000 characters or fewer\. It has 1,000,001\."):
        RichTextField().clean("x" * (editor.MAX_HTML + 1))


def test_a_word_that_is_no_word_is_refused_with_a_reason():
    with pytest.raises(forms.ValidationError, match=r"a word of 1,001 characters"):
        RichTextField().clean("<p>a " + "x" * 1_001 + "</p>")


def test_more_mark_up_than_a_person_writes_is_refused_with_a_reason():
    with pytest.raises(forms.ValidationError, match="more formatting than can be saved"):
        RichTextField().clean("<div>" * 20_000)


def test_a_text_that_came_back_untouched_has_not_changed():
    field = RichTextField()
    stored = field.clean("<h3>Head</h3><ul><li>one</li></ul><table><tr><th>a</th></tr><tr><td>b</td></tr></table>")

    assert not field.has_changed(stored, stored.replace("\n", "\r\n"))
    assert field.has_changed(stored, stored + "<p>more</p>")


@pytest.mark.urls(__name__)
def test_widget_names_the_kind_of_text_and_the_endpoint():
    form = EditorForm()

    assert '<rich-text-editor class="editor" hx-history="false"><textarea name="text" data-editor="blocks"' in str(
        form["text"]
    )
    assert 'data-figures-url="/figures/"' in str(form["text"])
    assert 'data-editor="words"' in str(form["point"])
    assert "data-figures-url" not in RichTextField().widget.render("text", "")
    assert str(form.media) == '<script src="/static/editor/editor.js" type="module"></script>'


# In the browser


@pytest.fixture
def console(page):
    """What the browser complains of: errors in scripts, and all that the content security policy stops."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def editing(page, live_server, console):
    page.goto(live_server.url)
    page.wait_for_selector("[role=textbox]")
    return page


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


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_a_section_is_written_with_the_keyboard_alone(editing, console):
    press, write = editing.keyboard.press, editing.keyboard.type

    press("Tab")
    press("Tab")
    write("In all, /")
    editing.wait_for_timeout(800)
    editing.screenshot(path="/tmp/ed/dbg.png")
    print(console)
    editing.wait_for_selector("dialog[open] li", timeout=2000)
    write("mace")
    expect(editing.locator("dialog [role=status]")).to_have_text("1 result")
    assert violations(editing) == []
    press("ArrowDown")
    press("Enter")
    write(" children and/or families")
    walk_to(editing, "Note")
    press("Enter")
    write('A "count".')
    assert violations(editing) == []
    press("Tab")
    press("Enter")
    press("Enter")
    walk_to(editing, "Bulleted list")
    press("Enter")
    write("one")
    press("Enter")
    press("Control+]")
    write("two")
    for _ in range(3):
        press("Enter")
    walk_to(editing, "Heading")
    press("Enter")
    write("By district")
    press("Enter")
    walk_to(editing, "Table")
    press("Enter")
    assert violations(editing) == []
    press("Enter")
    for cell in ("District", "Children", "Rise", "Stafford", "24", "up", "last"):
        write(cell)
        press("ArrowRight")
    assert violations(editing) == []
    walk_to(editing, "Table")
    press("ArrowDown")
    press("End")
    press("ArrowUp")
    press("ArrowUp")
    assert editing.evaluate("document.activeElement.textContent") == "Delete row"
    press("Enter")
    while editing.evaluate("document.activeElement.textContent") != "Save":
        press("Tab")
    press("Enter")
    editing.wait_for_selector("pre")

    assert editing.locator("pre").first.inner_text() == "\n".join(
        [
            f'<p>In all, {FIGURE} children and/or families<span data-note="A &quot;count&quot;."></span></p>',
            "<ul><li>one<ul><li>two</li></ul></li></ul>",
            "<h3>By district</h3>",
            '<table><thead><tr><th scope="col">District</th><th scope="col">Children</th><th scope="col">Rise</th></tr>'
            "</thead><tbody><tr><td>Stafford</td><td>24</td><td>up</td></tr></tbody></table>",
        ]
    )
    assert console == []


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_a_text_comes_back_as_it_was_stored(editing, live_server, console):
    stored = (
        f"<h3>Head</h3>\n<p>Of {FIGURE}, up {CHANGE}, not {NO_FIGURE}<br>"
        '<a href="https://a.uk">see <strong>here</strong></a></p>\n'
        "<ul><li>one<ol><li>two</li></ol></li></ul>\n<h4>Sub</h4>\n"
        '<table><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">b<span data-note="n"></span></td></tr></tbody></table>'
    )

    editing.goto(f"{live_server.url}/?text={stored.replace('&', '%26').replace('#', '%23')}")
    chips = editing.locator(".editor-figure")
    expect(chips.first).to_have_text("610")
    shown = chips.evaluate_all("chips => chips.map(chip => [chip.textContent, chip.getAttribute('aria-label')])")
    editing.locator("[role=textbox]").first.press("Control+End")
    editing.keyboard.type("x")
    editing.keyboard.press("Backspace")
    editing.get_by_role("button", name="Save").click()
    editing.wait_for_selector("pre")

    where = "Children discussed at MACE, May 2022 to April 2023"
    assert shown == [
        ["610", f"610, {where}"],
        ["20%", f"20%, {where}"],
        ["[no figure]", "[no figure], No figure is stored for this measure and period"],
    ]
    assert editing.locator("pre").first.inner_text() == stored
    assert console == []


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_a_paste_from_word_keeps_structure_and_notes_and_drops_the_rest(editing, console):
    editing.locator("[role=textbox]").first.focus()
    paste(editing, FROM_WORD)

    assert editing.input_value("[name=text]") == (
        '<h3>Child exploitation</h3><p>Panels met<span data-note="Except in August."></span> every '
        "<strong>month</strong>.</p><ul><li><p>missing</p><ul><li><p>from care</p></li></ul></li></ul><p>After</p>"
    )
    assert console == []


@pytest.mark.browser
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("html", ["<p>" + "x" * 1_000_000 + "</p>", "<p>word </p>" * 50_000])
def test_a_paste_that_is_no_text_is_refused_with_a_reason(editing, html, console):
    editing.locator("[role=textbox]").first.focus()
    paste(editing, html)

    expect(editing.get_by_role("dialog", name="This cannot be pasted")).to_be_visible()
    assert violations(editing) == []
    editing.keyboard.press("Escape")
    assert editing.input_value("[name=text]") == ""
    assert console == []


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_a_point_stays_one_paragraph(editing, console):
    editing.locator("[role=textbox]").nth(1).focus()
    editing.keyboard.type("One ")
    editing.keyboard.press("Enter")
    paste(editing, "<p>two</p><ul><li>three</li></ul>")

    assert editing.input_value("[name=point]") == "One two three"
    assert console == []


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_editors_that_come_later_work_and_keep_their_own_text(editing, console):
    editing.locator("[role=textbox]").nth(1).focus()
    editing.keyboard.type("Before")
    editing.evaluate(
        """() => {
          const later = document.querySelector("#later");
          const copy = document.querySelector("[name=point]").closest("rich-text-editor").cloneNode(true);
          later.append(copy, document.querySelector("template").content.cloneNode(true));
          later.querySelectorAll("textarea").forEach((textarea, i) => {
            textarea.id = textarea.name = `later-${i}`;
            textarea.setAttribute("aria-label", `Later ${i}`);
          });
        }"""
    )
    editing.get_by_role("textbox", name="Later 0").press_sequentially("More ")
    editing.get_by_role("textbox", name="Later 1").press_sequentially("New")

    assert editing.input_value("[name=later-0]") == "More Before"
    assert editing.input_value("[name=later-1]") == "New"
    assert editing.input_value("[name=point]") == "Before"
    assert violations(editing) == []
    assert console == []


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_label_and_toolbar_lead_to_the_text_and_tab_leaves_it(editing):
    def has_focus():
        return editing.evaluate("document.activeElement.getAttribute('aria-labelledby')")

    editing.get_by_text("What we did").click()
    assert has_focus() == "id_text-label"
    editing.keyboard.press("Shift+Tab")
    assert editing.evaluate("document.activeElement.closest('[role=toolbar]').getAttribute('aria-labelledby')") == (
        "id_text-label"
    )
    editing.keyboard.press("Escape")
    assert has_focus() == "id_text-label"
    editing.keyboard.type("- in a list")
    editing.keyboard.press("Tab")
    assert editing.evaluate("document.activeElement.textContent") == "Keyboard help"
