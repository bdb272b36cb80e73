"""Adding, moving and taking out the blocks of a section, from its edit page or its own page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.states import WrongState
from reports import actions
from reports.blocks import KINDS
from reports.choices import Variant
from reports.models import Block
from reports.views.reading import get_section_to_write


@require_POST
@requires(Permission.REPORT_READ)
def section_arrange(request, pk):
    """One change to the blocks of a section that the person writes; nothing typed comes with it."""
    section = get_section_to_write(request, pk)
    arranged = arrange(request, section)
    return redirect("reports:section-detail", pk=pk) if request.POST.get("from") == "section" else arranged


def arrange(request, section):
    """Do what the button `arrange` of the section's page says, and go back to the same place on it.

    It says `up:12`, `down:12`, `check:12`, `remove:12`, `put-back:12` of the block 12, `after:12:15` to put it behind
    the block 15 (0: before all), `into:12:short` or `out-of:12:short` for the variants of the report, or `add`, with
    the kind as `new_kind`, the variant as `new_variant` and the block to stand behind as `new_after`.
    """
    verb, _, which = request.POST.get("arrange", "").partition(":")
    try:
        place = VERBS[verb](section, which, request) if verb in VERBS else ""
    except WrongState as error:
        messages.error(request, str(error))
        place = ""
    return redirect(reverse("reports:section-edit", args=[section.pk]) + place)


def _up(section, which, request):
    return _at(actions.move_block(block=_standing(section, which), is_up=True, by=request.user))


def _down(section, which, request):
    return _at(actions.move_block(block=_standing(section, which), is_up=False, by=request.user))


def _after(section, which, request):
    block, _, other = which.partition(":")
    after = None if other == "0" else _standing(section, other)
    return _at(actions.place_block(block=_standing(section, block), after=after, by=request.user))


def _remove(section, which, request):
    block = actions.remove_block(block=_standing(section, which), by=request.user)
    return f"?removed={block.pk}#taken-out"


def _put_back(section, which, request):
    return _at(actions.put_back_block(block=_get(Block.with_removed, section, which), by=request.user))


def _check(section, which, request):
    return _at(actions.check_block(block=_standing(section, which), by=request.user))


def _into(section, which, request):
    return _marked(section, which, request, is_in=True)


def _out_of(section, which, request):
    return _marked(section, which, request, is_in=False)


def _marked(section, which, request, *, is_in):
    block, _, variant = which.partition(":")
    if variant not in Variant:
        return ""
    return _at(actions.mark_block(block=_standing(section, block), variant=variant, is_in=is_in, by=request.user))


def _add(section, which, request):
    kind, variant = request.POST.get("new_kind", ""), request.POST.get("new_variant", Variant.REPORT)
    if kind not in KINDS or not KINDS[kind].is_added_by_hand or variant not in Variant:
        messages.error(request, "Choose which kind of part to add.")
        return "#add-block"
    after = Block.objects.filter(section=section, pk=_number(request.POST.get("new_after"))).first()
    return _at(actions.add_block(section=section, kind=kind, after=after, variant=variant, by=request.user))


VERBS = {
    "up": _up,
    "down": _down,
    "after": _after,
    "check": _check,
    "remove": _remove,
    "put-back": _put_back,
    "into": _into,
    "out-of": _out_of,
    "add": _add,
}


def _standing(section, which):
    return _get(Block.objects, section, which)


def _get(blocks, section, which):
    block = blocks.select_related("section").filter(section=section, pk=_number(which)).first()
    if block is None:
        raise WrongState("This part was taken out in the meantime.")
    return block


def _number(text):
    """The key that was sent; none that any record has for nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _at(block):
    return f"#block-{block.pk}"


def arranging_context(request, section):
    """What the edit page needs: the kinds that can be added, and the block that was taken out a moment ago."""
    blocks = list(section.blocks.all())
    removed = _number(request.GET.get("removed"))
    gone = Block.with_removed.filter(section=section, pk=removed, removed_at__isnull=False)
    taken_out = gone.first() if removed else None
    following = [block.pk for block in blocks if taken_out and block.order >= taken_out.order]
    return {
        "kinds_to_add": [
            ("To be written", [kind for kind in KINDS.values() if kind.is_written and kind.is_added_by_hand]),
            ("Drawn from records", [kind for kind in KINDS.values() if not kind.is_written]),
        ],
        "variants": Variant,
        "blocks_in_place": blocks,
        "taken_out": taken_out,
        "taken_out_before": following[0] if following else 0,
    }
