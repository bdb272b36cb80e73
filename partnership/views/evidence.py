"""What every page of evidence files does, whichever record they belong to; whose page it is asks who may."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect

from partnership.evidence import note_download
from partnership.states import WrongState
from partnership.tasks import ring


def send(request, form, act, *, then, **arguments):
    """Keep the files of a form, ring for their check and say so, or say why they cannot be sent (any more)."""
    try:
        added = act(**arguments, **form.cleaned_data, remark=" ".join(form.kept), by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        for evidence in added:
            ring(evidence)
        said = "The file is" if len(added) == 1 else f"The {len(added)} files are"
        messages.success(request, f"{said} sent. The portal checks them now; you need not wait for it.")
    return redirect(*then)


def download(request, evidence, *, then):
    """A copy of the file, noted where another agency takes it; one that is not checked is told of on the page given."""
    if not evidence.is_clean:
        messages.info(request, f"{evidence.name} cannot be downloaded: {evidence.get_status_display().lower()}.")
        return redirect(*then)
    if request.method == "GET" and evidence.agency_id not in request.user.agency_ids:
        note_download(evidence=evidence, by=request.user)
    return FileResponse(
        evidence.file.open(),
        as_attachment=True,
        filename=evidence.download_name,
        content_type=evidence.content_type,
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"},
    )
