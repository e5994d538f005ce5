"""A document as one HTML file that needs nothing else: readable on a phone, in the dark and on paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape

from advisor.rendering.blocks import Block, Bullets, Document, Grid, Heading, Logo, Network, Paragraph, SourceLine, Sources, Text, Timeline, Work, WorkList
from advisor.rendering.network import narrow_svg, network_svg
from advisor.rendering.timeline import NARROW, svg

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--line:#d5dae0;--paper:#fff;--tint:#f3f5f8;--accent:#1f5fa8;--bar:#3f7fc4;--point:#c2571a}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#a3adb8;--line:#3a424c;--paper:#14181d;--tint:#1d232a;--accent:#8ab8ee;--bar:#5b97d8;--point:#f0955a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 3rem;overflow-wrap:break-word}
.logo{display:block;width:auto;height:auto;max-width:14rem;max-height:4rem;margin:0 0 1.2rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 1rem}
h2{font-size:1.3rem;margin:2.2rem 0 .6rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:0 0 1.5rem}
dt{color:var(--soft)}dd{margin:0;min-width:0;overflow-wrap:anywhere}h1,h2,h3{overflow-wrap:anywhere}
nav ol{columns:2;padding-left:1.2rem;margin:.3rem 0}
a{color:var(--accent)}
table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.93rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .55rem;border:1px solid var(--line)}
th{background:var(--tint)}
.wide{overflow-x:auto}
.label{color:var(--soft)}
td p{margin:.15rem 0}td{hyphens:auto}.lead,sup{white-space:nowrap}.line{display:block}.work{table-layout:fixed}.work td:first-child,.work th{white-space:nowrap}
sup{font-size:.68em;line-height:0}sup a{text-decoration:none;padding:0 .08em}
.sources{font-size:.88rem;padding-left:2rem}
.sources li:target{background:var(--tint)}
.timeline{width:100%;height:auto;font:11px system-ui,sans-serif}
.timeline text{fill:var(--ink)}.timeline .small{fill:var(--soft)}.timeline .group{font-weight:600;font-size:12px}
.timeline .grid{stroke:var(--line)}.timeline .bar{fill:var(--bar)}.timeline .done{opacity:.35}.timeline .point{fill:var(--point)}
.network{width:100%;height:auto;font:12px system-ui,sans-serif}
.network text{fill:var(--ink)}.network .small{fill:var(--soft)}.network rect{fill:var(--paper)}.network .middle{fill:var(--tint);stroke:var(--ink)}
.network .first{stroke:var(--point)}.network .there{stroke:var(--bar)}.network .later,.network .not_now{stroke:var(--soft)}.network .around{stroke:var(--line)}
.narrow{display:none;max-width:26rem}
footer{margin-top:2.5rem;padding-top:.6rem;border-top:1px solid var(--line);color:var(--soft);font-size:.82rem}
@media(max-width:40rem){
 h1{font-size:1.6rem}nav ol{columns:1;padding-left:2rem}
 thead{display:none}table,tbody,tr,td{display:block;width:100%}
 tr{border:1px solid var(--line);margin:.6rem 0;padding:.2rem 0}td{border:0;padding:.2rem .6rem}
 td[data-name]::before{content:attr(data-name) ": ";color:var(--soft)}
 .line{display:inline}.line+.line::before{content:", "}
}
@media screen and (max-width:54rem){.timeline,.network{display:none}.narrow{display:block}}
@page{size:A4;margin:18mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#555}@top-left{content:string(head);font:9pt sans-serif;color:#555}}
@page close{margin:11mm 16mm 11mm}
@media print{
 :root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--tint:#f0f0f0;--accent:#000;--bar:#4a7ebb;--point:#b5541c}
 body{font-size:9.5pt;line-height:1.35}table{table-layout:fixed;font-size:8.5pt}th,td{padding:2.5pt 4pt}h1{font-size:20pt}h2{font-size:13pt;margin:14pt 0 4pt}h3{font-size:10.5pt;margin:8pt 0 2pt}p,ul,ol{margin:3pt 0}main{max-width:none;padding:0}.running{string-set:head content();position:absolute;left:-999cm}
 h2,h3,h3+p{break-after:avoid}tr,li,.timeline{break-inside:avoid}thead{display:table-header-group}a{text-decoration:none}
 .close{page:close;font-size:8pt;line-height:1.2}.close table,.close .sources,.close footer{font-size:7.5pt}.close h1{font-size:15pt;margin:0 0 3pt}.close h2{font-size:10pt;margin:4pt 0 2pt;padding:0;border-width:1px}
 .close dl{display:block;margin:0 0 4pt}.close dt,.close dd{display:inline}.close dt::after{content:": "}.close dd:not(:last-child)::after{content:" · "}
 .close .logo{max-height:.9cm;margin:0 0 3pt}.close p,.close ul,.close ol,.close table{margin:2pt 0}.close ul{padding-left:14pt}.close th,.close td{padding:1pt 4pt}.close footer{margin-top:4pt;padding-top:2pt}.close .sources{padding:0}.close .sources li{display:inline}.close .sources li::before{content:attr(value) ". "}.close .sources li:not(:last-child)::after{content:" · "}
 .sources,footer{font-size:8.5pt}.timeline,.network{font-size:9px}.wide{overflow:visible}nav{display:none}
}
@media screen{.running{display:none}}
"""


def html(document: Document, contents: str) -> str:
    """The whole page. `contents` is the heading of its table of contents, which stands behind what comes before the first part."""
    sources = {item.n: item for block in document.blocks if isinstance(block, Sources) for item in block.items}
    facts = "".join(f"<dt>{escape(name)}</dt><dd><bdi>{escape(value)}</bdi></dd>" for name, value in document.facts)
    body, close = "".join(_blocks(document, sources, _contents(document, contents))), ' class="close"' if document.one_page else ""
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        f"<title>{escape(document.header)}</title>\n<style>{_STYLE}</style>\n</head>\n<body{close}>\n<main>\n"
        f'<div class="running">{escape(document.header)}</div>\n{_logo(document.logo)}<h1 dir="auto">{escape(document.title)}</h1>\n<dl>{facts}</dl>\n{body}\n<footer>{escape(document.foot)}</footer>\n</main>\n</body>\n</html>\n'
    )


def _logo(logo: Logo | None) -> str:
    if logo is None:
        return ""
    return f'<img class="logo" alt="" width="{logo.width}" height="{logo.height}" src="data:image/{logo.kind};base64,{b64encode(logo.content).decode()}">\n'


def _anchor(number: int) -> str:
    return f"part-{number}"


def _contents(document: Document, title: str) -> str:
    """The list of parts with links, for a document with work in it; a short one needs none."""
    if not any(isinstance(block, WorkList) for block in document.blocks):
        return ""
    headings = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    listed = "".join(f'<li><a href="#{_anchor(number)}">{escape(text)}</a></li>' for number, text in enumerate(headings, 1))
    return f'<nav aria-label="{escape(title, quote=True)}"><strong>{escape(title)}</strong><ol>{listed}</ol></nav>\n'


def _blocks(document: Document, sources: Mapping[int, SourceLine], contents: str) -> Iterator[str]:
    number = 0
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            yield contents if not number else ""
            number += 1
            yield f'<h2 id="{_anchor(number)}">{escape(block.text)}</h2>\n'
        else:
            yield f"{_block(block, sources)}\n"


def _block(block: Block, sources: Mapping[int, SourceLine]) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text, more):
            return f"<p>{' '.join(_text(each, sources) for each in (text, *more))}</p>"
        case Bullets(items, ordered):
            kind = "ol" if ordered else "ul"
            return f"<{kind}>{''.join(f'<li>{_text(item, sources)}</li>' for item in items)}</{kind}>"
        case Grid(columns, rows, widths):
            return _table(columns, rows, widths, sources)
        case WorkList(columns, work):
            return _work_list(columns, work, sources)
        case Timeline():
            return f'<div class="wide">{svg(block)}{svg(block, NARROW)}</div>'
        case Network():
            return f'<div class="wide">{network_svg(block)}{narrow_svg(block)}</div>'
        case Sources(items):
            lines = "".join(f'<li id="source-{item.n}" value="{item.n}">{escape(item.text)}</li>' for item in items)
            return f'<ol class="sources">{lines}</ol>'


def _table(columns: tuple[str, ...], rows: tuple[tuple[tuple[Text, ...], ...], ...], widths: tuple[int, ...], sources: Mapping[int, SourceLine]) -> str:
    shares = "".join(f'<col style="width:{width}%">' for width in widths)
    group = f"<colgroup>{shares}</colgroup>" if widths else ""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(_cell(cell, name, sources) for name, cell in zip(('', *columns[1:]), row, strict=True))}</tr>" for row in rows)
    return f'<div class="wide"><table>{group}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(texts: tuple[Text, ...], name: str, sources: Mapping[int, SourceLine]) -> str:
    """`name` is its column's, said beside it where rows become cards."""
    said = f' data-name="{escape(name, quote=True)}"' if name else ""
    return f"<td{said}>{_lines(texts, sources)}</td>"


def _lines(cell: tuple[Text, ...], sources: Mapping[int, SourceLine]) -> str:
    return "<br>".join(_text(text, sources) for text in cell)


def _work_list(columns: tuple[str, ...], work: tuple[Work, ...], sources: Mapping[int, SourceLine]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f'<table class="work"><colgroup><col style="width:6%"><col style="width:50%"><col style="width:18%"><col style="width:10%"><col style="width:16%"></colgroup><thead><tr>{head}</tr></thead><tbody>{"".join(_work(item, columns, sources) for item in work)}</tbody></table>'


def _work(item: Work, columns: tuple[str, ...], sources: Mapping[int, SourceLine]) -> str:
    lines = "".join(f'<p><span class="label">{escape(label)}</span> {_text(text, sources)}</p>' for label, text in item.lines)
    facts = "".join(f'<td data-name="{escape(name, quote=True)}">{_broken(fact)}</td>' for name, fact in zip(columns[2:], item.facts, strict=True))
    return f"<tr><td>{item.number}</td><td>{_text(item.title, sources)}{lines}</td>{facts}</tr>"


def _broken(text: str) -> str:
    return "".join(f'<span class="line">{escape(line)}</span>' for line in text.splitlines())


def _text(text: Text, sources: Mapping[int, SourceLine]) -> str:
    """The words, and behind them the numbers of their sources, which never begin a line alone."""
    words = escape(text.text)
    if text.citations:
        lead, mark, last = words.rpartition(" ")
        first, *further = (_mark(n, sources) for n in text.citations)
        words = f'{lead}{mark}<span class="lead">{last}{first}</span>{"".join(further)}'
    return f"<strong>{words}</strong>" if text.strong else words


def _mark(n: int, sources: Mapping[int, SourceLine]) -> str:
    said = escape(sources[n].short, quote=True) if n in sources else ""
    return f'<sup><a href="#source-{n}" title="{said}">[{n}]</a></sup>'
