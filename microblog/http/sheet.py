"""The paper that the server's own pages are printed on: one stylesheet, light and dark, no script at all."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light dark;
  --paper: #fcfbf8; --card: #fff; --ink: #23211d; --soft: #6a655c; --line: #e5e0d6; --accent: #0f6e63; --tint: #e7f2ef }
@media (prefers-color-scheme: dark) { :root {
  --paper: #171615; --card: #201f1d; --ink: #ece8e0; --soft: #a39d92; --line: #35322e; --accent: #63c7b8; --tint: #1c302c } }
* { box-sizing: border-box }
html { font: 17px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; scroll-behavior: smooth;
  -webkit-text-size-adjust: 100% }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
body { margin: 0; background: var(--paper); color: var(--ink) }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem 5rem }
h1 { font-size: clamp(1.9rem, 6vw, 2.7rem); line-height: 1.12; letter-spacing: -.02em; margin: 0 0 1rem; text-wrap: balance }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.6rem 0 .6rem }
p { margin: 0 0 .9rem; text-wrap: pretty }
.lead { font-size: 1.2rem; line-height: 1.5; color: var(--ink) }
a { color: var(--accent); text-underline-offset: .18em }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px }
nav { display: flex; flex-wrap: wrap; gap: .4rem 1rem; margin: 0 0 2rem; font-size: .95rem }
nav.chapters { border-block: 1px solid var(--line); padding: .8rem 0 }
ul { padding-left: 1.2rem; margin: 0 0 .9rem } li { margin: .3rem 0 } li::marker { color: var(--accent) }
article + article { border-top: 1px solid var(--line); margin-top: 3.5rem; padding-top: 3rem }
.note { background: var(--tint); border-radius: 12px; padding: 1rem 1.2rem; margin: 1.4rem 0 }
.note p:last-child { margin: 0 }
table { width: 100%; border-collapse: collapse; font-size: .93rem; margin: .4rem 0 1rem; display: block; overflow-x: auto }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line) }
th { color: var(--soft); font-weight: 600 } td.when { white-space: nowrap; font-variant-numeric: tabular-nums }
.soft, small, footer { color: var(--soft) } footer { margin-top: 4rem; font-size: .9rem }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--tint); border-radius: 4px;
  padding: .1em .3em; overflow-wrap: anywhere }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .6rem .9rem;
  margin: .5rem 0 }
details[open] summary { margin-bottom: .8rem } summary { cursor: pointer } summary span { color: var(--soft) }
.verb { display: inline-block; min-width: 4.2rem; color: var(--accent); font-size: .85rem; letter-spacing: .03em }
"""


def sheet(language: str, title: str, body: str) -> str:
    """A whole page around `body`, which is HTML already. `language` is that of the page's first part."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )
