"""The crispy template pack "govuk": every field can be reached, named and mended, whatever its widget."""

from datetime import UTC, date, datetime, time

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Div, Field, Fieldset, Hidden, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from lxml import html

CHOICES = [("red", "Red"), ("green", "Green")]
MOMENT = datetime(2023, 3, 4, 15, 6, tzinfo=UTC)


class OwnWidget(forms.Textarea):
    template_name = "own_widget.html"


FIELDS = {
    "text": forms.CharField(),
    "email": forms.EmailField(),
    "url": forms.URLField(assume_scheme="https"),
    "slug": forms.SlugField(),
    "search": forms.CharField(widget=forms.SearchInput),
    "telephone": forms.CharField(widget=forms.TelInput),
    "colour": forms.CharField(widget=forms.ColorInput),
    "password": forms.CharField(widget=forms.PasswordInput),
    "whole_number": forms.IntegerField(),
    "decimal_number": forms.DecimalField(),
    "floating_number": forms.FloatField(),
    "long_text": forms.CharField(widget=forms.Textarea),
    "counted_text": forms.CharField(widget=forms.Textarea, max_length=200),
    "date": forms.DateField(),
    "date_and_time": forms.DateTimeField(),
    "time": forms.TimeField(),
    "split_date_and_time": forms.SplitDateTimeField(),
    "selected_date": forms.DateField(widget=forms.SelectDateWidget(years=[2022, 2023])),
    "select": forms.ChoiceField(choices=CHOICES),
    "several_selected": forms.MultipleChoiceField(choices=CHOICES),
    "yes_no_unknown": forms.NullBooleanField(required=False),
    "radios": forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect),
    "checkboxes": forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple),
    "checkbox": forms.BooleanField(),
    "file": forms.FileField(),
    "plain_file": forms.FileField(widget=forms.FileInput),
}
GROUPS = {"radios", "checkboxes", "split_date_and_time", "selected_date"}
every_field = pytest.mark.parametrize("name", FIELDS)


def make_form(name, field=None, data=None, **attributes):
    """A form with one field, named after it and with a hint."""
    field = field or FIELDS[name]
    field.label, field.help_text = "What happened", "Only what you know."
    return type("OneField", (forms.Form,), {name: field, **attributes})(data)


def drawn(form):
    """The form's fields as the pack draws them, to be looked into."""
    markup = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))
    return html.fragment_fromstring(markup, create_parent="div")


def summary_of(form):
    markup = Template("{% load portal %}{% error_summary %}").render(Context({"form": form}))
    return html.fragment_fromstring(markup, create_parent="div")


def controls(page):
    return page.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")


def text_of(element):
    return " ".join(element.text_content().split())


# Names, hints and errors


@every_field
def test_every_control_has_a_label_that_points_to_it(name):
    page = drawn(make_form(name))
    labelled = page.xpath(".//label/@for")
    assert controls(page)
    assert [control.get("id") for control in controls(page)] == labelled


@every_field
def test_the_question_is_a_legend_for_several_controls_and_a_label_for_one(name):
    page = drawn(make_form(name))
    assert [text_of(legend) for legend in page.xpath(".//legend")] == (["What happened"] if name in GROUPS else [])
    assert ("What happened" in [text_of(label) for label in page.xpath(".//label")]) is (name not in GROUPS)


@every_field
def test_hint_and_error_are_read_with_the_control_or_its_group(name):
    form = make_form(name, data={})
    if not form.errors:
        form.add_error(name, "Choose one")
    page = drawn(form)
    [described] = page.xpath(".//fieldset") if name in GROUPS else controls(page)
    ids = described.get("aria-describedby").split()
    assert [text_of(page.get_element_by_id(each)) for each in ids if not each.endswith("-info")] == [
        "Only what you know.",
        "Error: " + summary_of(form).xpath(".//li")[0].text_content(),
    ]


@every_field
def test_a_control_with_an_error_says_so(name):
    form = make_form(name, data={})
    form.add_error(name, "Choose one")
    page = drawn(form)
    assert "govuk-form-group--error" in page.xpath("./div")[0].get("class")
    if name not in {"radios", "checkboxes"}:
        assert {control.get("aria-invalid") for control in controls(page)} == {"true"}


@every_field
def test_the_summary_links_to_the_first_control(name):
    form = make_form(name, data={})
    form.add_error(name, "Choose one")
    target = summary_of(form).xpath(".//a/@href")[-1].removeprefix("#")
    assert target == controls(drawn(form))[0].get("id")


def test_the_summary_links_to_the_first_radio_of_a_group():
    field = forms.ChoiceField(choices=[("Together", CHOICES)], widget=forms.RadioSelect)
    form = make_form("radios", field, data={})
    assert summary_of(form).xpath(".//a/@href") == ["#" + controls(drawn(form))[0].get("id")]


def test_an_error_of_no_field_stands_in_the_summary_without_a_link():
    form = make_form("text", data={"text": "x"})
    form.add_error(None, "The round is closed")
    summary = summary_of(form)
    assert [text_of(item) for item in summary.xpath(".//li")] == ["The round is closed"]
    assert summary.xpath(".//a") == []


def test_a_form_without_errors_has_no_summary():
    assert list(summary_of(make_form("text", data={"text": "x"}))) == []


def test_an_unbound_form_has_no_summary():
    assert list(summary_of(make_form("text"))) == []


def test_the_summary_finds_forms_in_lists_and_in_things_that_hold_forms():
    class Editor:
        @property
        def forms(self):
            return [make_form("text", data={})]

    context = Context({"forms": [make_form("email", data={})], "editors": [Editor()]})
    markup = Template("{% load portal %}{% error_summary %}").render(context)
    assert html.fromstring(markup).xpath("//li/a/@href") == ["#id_email", "#id_text"]


def test_rows_of_a_formset_are_told_apart():
    rows = forms.formset_factory(type("Point", (forms.Form,), {"text": forms.CharField(label="Point")}))
    formset = rows({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-text": "One"})
    links = summary_of(formset).xpath(".//a")
    assert [(link.get("href"), link.text) for link in links] == [("#id_form-1-text", "Row 2: Enter point")]


# What the errors say


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), "", "Enter what happened"),
        (forms.ChoiceField(choices=CHOICES), "", "Select what happened"),
        (forms.BooleanField(), "", "Tick the box “What happened” to go on"),
        (forms.FileField(), "", "Choose a file: what happened"),
        (forms.CharField(max_length=3), "four", "What happened must be 3 characters or fewer. It has 4."),
        (forms.IntegerField(), "a few", "What happened must be a whole number, such as 12"),
        (forms.DecimalField(), "a few", "What happened must be a number, such as 12 or 12.5"),
        (forms.FloatField(), "a few", "What happened must be a number, such as 12 or 12.5"),
        (forms.IntegerField(min_value=0), "-1", "What happened must be 0 or more"),
        (forms.DateField(), "2023-02-30", "What happened must be a real date"),
        (forms.EmailField(), "nobody", "Enter an email address in the correct form, such as name@example.org"),
    ],
)
def test_djangos_own_messages_name_the_question(field, value, words):
    form = make_form("answer", field, data={"answer": value})
    assert [text_of(item) for item in summary_of(form).xpath(".//li")] == [words]


def test_the_forms_own_message_stays():
    form = make_form("answer", forms.CharField(error_messages={"required": "Say what you saw"}), data={})
    assert [text_of(item) for item in summary_of(form).xpath(".//li")] == ["Say what you saw"]


def test_a_question_is_quoted():
    form = make_form("answer", forms.CharField(), data={})
    form.fields["answer"].label = "How is it going?"
    assert text_of(summary_of(form).xpath(".//li")[0]) == "Answer the question “How is it going?”"


# Widgets


@pytest.mark.parametrize(
    ("name", "initial", "shown"),
    [
        ("date", date(2023, 3, 4), ("date", "2023-03-04")),
        ("date_and_time", MOMENT, ("datetime-local", "2023-03-04T15:06")),
        ("time", time(15, 6), ("time", "15:06")),
    ],
)
def test_dates_and_times_use_the_browsers_picker(name, initial, shown):
    form = make_form(name)
    form.initial[name] = initial
    [control] = controls(drawn(form))
    assert (control.get("type"), control.get("value")) == shown


def test_a_split_moment_has_two_named_pickers():
    form = make_form("split_date_and_time")
    form.initial["split_date_and_time"] = MOMENT
    page = drawn(form)
    assert [label.text for label in page.xpath(".//label")] == ["Date", "Time"]
    assert [(c.get("type"), c.get("value")) for c in controls(page)] == [("date", "2023-03-04"), ("time", "15:06")]


def test_a_number_cannot_be_changed_by_the_scroll_wheel():
    [whole] = controls(drawn(make_form("whole_number")))
    [decimal] = controls(drawn(make_form("decimal_number")))
    assert (whole.get("type"), whole.get("inputmode")) == ("text", "numeric")
    assert (decimal.get("type"), decimal.get("inputmode")) == ("text", "decimal")


def test_a_long_answer_is_counted_and_not_cut_off():
    page = drawn(make_form("counted_text"))
    [group], [control] = page.xpath("./div"), controls(page)
    assert (group.get("data-module"), group.get("data-maxlength")) == ("govuk-character-count", "200")
    assert control.get("maxlength") is None
    assert control.get("aria-describedby").split() == ["id_counted_text-info", "id_counted_text_helptext"]
    assert page.get_element_by_id("id_counted_text-info").text == "You can enter up to 200 characters"


def test_words_can_be_counted_instead():
    page = drawn(make_form("text", forms.CharField(widget=forms.Textarea(attrs={"data-maxwords": "150"}))))
    assert page.xpath("./div")[0].get("data-count-type") == "words"
    assert page.get_element_by_id("id_text-info").text == "You can enter up to 150 words"


def test_choices_show_their_groups_and_hints():
    field = forms.ChoiceField(choices=[("a", "Alone"), ("Together", [("b", "Both")])], widget=forms.RadioSelect)
    field.widget.choice_hints = {"b": "With a partner."}
    page = drawn(make_form("radios", field))
    assert page.xpath(".//p[@class='portal-choices__group']/text()") == ["Together"]
    assert page.xpath(".//input/@aria-describedby") == ["id_radios_1_0_hint"]
    assert page.get_element_by_id("id_radios_1_0_hint").text == "With a partner."


def test_chosen_answers_stay_chosen():
    radios = drawn(make_form("radios", data={"radios": "green"}))
    checkboxes = drawn(make_form("checkboxes", data={"checkboxes": ["red", "green"]}))
    select = drawn(make_form("select", data={"select": "green"}))
    assert radios.xpath(".//input[@checked]/@value") == ["green"]
    assert checkboxes.xpath(".//input[@checked]/@value") == ["red", "green"]
    assert select.xpath(".//option[@selected]/@value") == ["green"]


def test_nothing_chosen_yet_is_said_in_words():
    page = drawn(make_form("select", forms.ChoiceField(choices=[("", "---------"), *CHOICES])))
    assert page.xpath(".//option/text()") == ["Select an option", "Red", "Green"]


def test_a_file_that_is_there_is_named_and_can_be_removed():
    form = make_form("file", forms.FileField(required=False))
    form.initial["file"] = type("Stored", (), {"url": "/secret", "__str__": lambda self: "minutes.pdf"})()
    page = drawn(form)
    assert text_of(page.xpath(".//p")[0]) == "Current file: minutes.pdf"
    assert page.xpath(".//input[@type='checkbox']/@name") == ["file-clear"]
    assert page.xpath(".//a") == []


def test_a_passwords_autocomplete_is_kept_and_it_can_be_shown():
    field = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "placeholder": "x"}))
    page = drawn(make_form("password", field))
    [control] = controls(page)
    assert (control.get("autocomplete"), control.get("placeholder")) == ("current-password", None)
    assert page.xpath(".//button/@aria-controls") == ["id_password"]


def test_the_authors_class_and_attributes_are_kept():
    widget = forms.TextInput(attrs={"class": "govuk-input--width-4", "data-unit": "hours"})
    [control] = controls(drawn(make_form("text", forms.CharField(widget=widget))))
    assert (control.get("class"), control.get("data-unit")) == ("govuk-input--width-4 govuk-input", "hours")


def test_a_unit_stands_beside_the_field():
    field = forms.DecimalField()
    field.widget.suffix = "%"
    assert drawn(make_form("share", field)).xpath(".//div[@class='govuk-input__suffix']/text()") == ["%"]


def test_hidden_fields_have_nothing_around_them():
    fields = {
        "version": forms.IntegerField(widget=forms.HiddenInput, initial=3),
        "kinds": forms.MultipleChoiceField(choices=CHOICES, widget=forms.MultipleHiddenInput, initial=["red"]),
        "asked_at": forms.SplitDateTimeField(widget=forms.SplitHiddenDateTimeWidget, initial=MOMENT),
    }
    page = drawn(type("Hidden", (forms.Form,), fields)())
    assert {element.tag for element in page} == {"input"}
    assert page.xpath("./input/@name") == ["version", "kinds", "asked_at_0", "asked_at_1"]


def test_a_widget_with_its_own_template_is_drawn_by_it(settings, tmp_path):
    (tmp_path / "own_widget.html").write_text(
        "<own-editor>{% include 'django/forms/widgets/textarea.html' %}</own-editor>"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    page = drawn(make_form("text", forms.CharField(widget=OwnWidget, max_length=100), data={}))
    [control] = page.xpath("./div/own-editor/textarea")
    assert control.get("aria-describedby") == "id_text_helptext id_text_error"
    assert page.xpath(".//label/@for") == ["id_text"]


def test_drawing_leaves_the_form_as_it_was():
    form = make_form("counted_text")
    before = dict(form.fields["counted_text"].widget.attrs)
    assert html.tostring(drawn(form)) == html.tostring(drawn(form))
    assert form.fields["counted_text"].widget.attrs == before


def test_optional_questions_say_so_where_the_form_asks_for_it():
    marked = make_form("text", forms.CharField(required=False), mark_optional=True)
    unmarked = make_form("text", forms.CharField(required=False))
    assert text_of(drawn(marked).xpath(".//label")[0]) == "What happened (optional)"
    assert text_of(drawn(unmarked).xpath(".//label")[0]) == "What happened"


# Whole forms and layouts


def with_helper(form, *layout, **settings):
    form.helper = FormHelper()
    if layout:
        form.helper.layout = Layout(*layout)
    for name, value in settings.items():
        setattr(form.helper, name, value)
    return html.fragment_fromstring(render_crispy_form(form, context={"csrf_token": "abc"}), create_parent="div")


def test_a_form_is_posted_with_its_token_and_without_the_browsers_checks():
    [form] = with_helper(make_form("text"), form_id="answer").xpath("./form")
    assert (form.get("method"), form.get("novalidate"), form.get("enctype"), form.get("id")) == (
        "post",
        "",
        None,
        "answer",
    )
    assert form.xpath("./input[@name='csrfmiddlewaretoken']/@value") == ["abc"]


def test_a_form_with_a_file_is_posted_in_parts():
    assert with_helper(make_form("file")).xpath("./form/@enctype") == ["multipart/form-data"]


def test_a_search_form_carries_no_token():
    [form] = with_helper(make_form("search"), form_method="get", form_class="portal-filter").xpath("./form")
    assert (form.get("method"), form.get("class")) == ("get", "portal-filter")
    assert form.xpath(".//input/@name") == ["search"]


def test_layout():
    page = with_helper(
        make_form("text"),
        Fieldset("About it", Row(Div(Field("text", wrapper_class="wide")))),
        HTML("<p>{{ form_method }}</p>"),
        Hidden("round", "4"),
        ButtonHolder(Submit("save", "Save"), Submit("draft", "Keep", css_class="govuk-button--secondary")),
    )
    assert text_of(page.xpath(".//fieldset/legend")[0]) == "About it"
    assert page.xpath(".//fieldset/div[@class='portal-form-row']/div/div/@class") == ["govuk-form-group wide"]
    assert page.xpath("./form/p/text()") == ["post"]
    assert page.xpath(".//input[@name='round']/@value") == ["4"]
    buttons = page.xpath(".//div[@class='govuk-button-group']/button")
    assert [(b.get("class"), b.get("name"), b.get("value"), b.text) for b in buttons] == [
        ("govuk-button", "save", "Save", "Save"),
        ("govuk-button govuk-button--secondary", "draft", "Keep", "Keep"),
    ]


def test_inputs_of_the_helper_stand_at_the_end():
    form = make_form("text")
    form.helper = FormHelper()
    form.helper.add_input(Submit("save", "Save"))
    page = html.fragment_fromstring(render_crispy_form(form), create_parent="div")
    assert page.xpath("./form/*[last()]/button/text()") == ["Save"]


def test_a_formset_draws_its_management_form_and_each_row_as_a_group():
    rows = forms.formset_factory(type("Point", (forms.Form,), {"text": forms.CharField()}), extra=2, can_delete=True)
    page = with_helper(rows())
    assert page.xpath("./form/input[@name='form-TOTAL_FORMS']/@value") == ["2"]
    assert [text_of(legend) for legend in page.xpath(".//fieldset/legend")] == ["1", "2"]
    assert page.xpath(".//label/@for") == [
        "id_form-0-text",
        "id_form-0-DELETE",
        "id_form-1-text",
        "id_form-1-DELETE",
    ]


def test_a_form_without_ids_is_still_drawn():
    form = type("NoIds", (forms.Form,), {"text": forms.CharField(), "radios": FIELDS["radios"]})(auto_id=False)
    page = drawn(form)
    assert page.xpath(".//@id") == []
    assert page.xpath(".//@for") == []
