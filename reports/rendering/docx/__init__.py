"""The report as a Word file, written from the same HTML as page and PDF (docs/decisions/0016).

`flow` walks that HTML and writes paragraphs, lists and quotes, `words` the runs in them, `tables` and `pictures` what
their names say; `styles` says how all of it looks, and `package` puts the parts into one archive. What an author notes
becomes a footnote; the source of a figure becomes an endnote where the figure is first said. The same Document gives
the same bytes. All this is done in a process with limits, and so without Django: `reports.rendering.word` packs it a
`Manuscript`.
"""
