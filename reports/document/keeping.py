"""A Document as JSON, to be frozen and hashed, and read again years later."""

import hashlib
import json
from functools import partial

from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union, include_subclasses

from reports.document.parts import Block
from reports.document.whole import FORMAT, Document

_converter = make_converter()
include_subclasses(Block, _converter, union_strategy=partial(configure_tagged_union, tag_name="block"))
# A Document without retellings, or from before there were themes, keeps its JSON, and so its hash.
_converter.register_unstructure_hook(
    Document,
    make_dict_unstructure_fn(
        Document,
        _converter,
        theme=override(omit_if_default=True),
        short=override(omit_if_default=True),
        childrens=override(omit_if_default=True),
        variant=override(omit_if_default=True),
    ),
)


def to_json(document: Document) -> str:
    """The Document as JSON text, the same text for equal Documents."""
    return json.dumps(_converter.unstructure(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Document:
    """The Document that `to_json` wrote; raises `ValueError` for another format."""
    data = json.loads(text)
    if data.get("format") != FORMAT:
        raise ValueError(f"this code reads documents of format {FORMAT}, not {data.get('format')}")
    return _converter.structure(data, Document)


def content_hash(document: Document) -> str:
    """SHA-256 of the Document's JSON as 64 hex digits."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()
