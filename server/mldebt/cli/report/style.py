"""The page's style sheet. Colours have light and dark values and nothing else in it has colours."""

LIGHT = """
  --paper: #ffffff; --soft: #f5f6f8; --ink: #1c2127; --quiet: #5b6570; --line: #d9dde2; --link: #0b5cad;
  --good: #14733d; --fair: #8f5b00; --bad: #b3261e; --good-soft: #dcf2e4; --fair-soft: #fbeccb; --bad-soft: #fbdedb;
  --shape: #3b6fb5; --shape-soft: rgba(59, 111, 181, .18);
""".strip()
DARK = """
  --paper: #16191d; --soft: #1f2429; --ink: #e4e7eb; --quiet: #9aa5b1; --line: #38404a; --link: #7db5f0;
  --good: #6fcf97; --fair: #e6b455; --bad: #f28b82; --good-soft: #1c3a29; --fair-soft: #43361a; --bad-soft: #4a2522;
  --shape: #7aa9e6; --shape-soft: rgba(122, 169, 230, .22);
""".strip()

STYLE = f"""
:root {{ color-scheme: light dark;
  {LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{
  {DARK} }} }}
body.vscode-light, body.vscode-high-contrast-light {{
  {LIGHT} }}
body.vscode-dark, body.vscode-high-contrast {{
  {DARK} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }}
main {{ max-width: 62rem; margin: 0 auto; }}
h1 {{ font-size: 1.35rem; margin: 0; }}
h2 {{ font-size: 1.15rem; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }}
h3 {{ font-size: 1rem; margin: 1.5rem 0 .4rem; }}
p {{ margin: .4rem 0; }}
.quiet {{ color: var(--quiet); }}
code, .place {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em; }}
.place {{ color: var(--quiet); overflow-wrap: anywhere; }}
.head {{ display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: center; justify-content: space-between; }}
.head > div {{ flex: 1 1 18rem; }}
.head > figure {{ flex: 0 1 27rem; margin: 0; }}
.total {{ font-size: 4.2rem; line-height: 1; font-weight: 700; margin: 1rem 0 .2rem; }}
.total small {{ font-size: 1.3rem; font-weight: 400; color: var(--quiet); }}
.band {{ font-size: 1.15rem; font-weight: 600; }}
.good {{ color: var(--good); }} .fair {{ color: var(--fair); }} .bad {{ color: var(--bad); }}
.mark {{ display: inline-block; min-width: 2.1rem; text-align: center; border-radius: .35rem; font-weight: 700;
  padding: 0 .4rem; flex: none; }}
.mark.good {{ background: var(--good-soft); }} .mark.fair {{ background: var(--fair-soft); }}
.mark.bad {{ background: var(--bad-soft); }} .mark.none {{ background: var(--soft); color: var(--quiet); }}
details {{ border-bottom: 1px solid var(--line); padding: .45rem 0; }}
summary {{ cursor: pointer; display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; }}
summary::before {{ content: "\\25B8"; color: var(--quiet); flex: none; width: .8rem; }}
details[open] > summary::before {{ content: "\\25BE"; }}
summary b {{ min-width: 13.5rem; }}
summary .place {{ color: var(--ink); }}
.row {{ display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; border-bottom: 1px solid var(--line); padding: .45rem 0 .45rem 1.5rem; }}
.row b {{ min-width: 13.5rem; }}
ul {{ margin: .4rem 0 .6rem; padding-left: 1.5rem; list-style: none; }}
li {{ margin: .3rem 0; padding-left: 1.2rem; text-indent: -1.2rem; }}
li > * {{ text-indent: 0; }}
li::before {{ display: inline-block; width: 1.2rem; text-indent: 0; font-weight: 700; }}
li.plus::before {{ content: "+"; color: var(--good); }}
li.minus::before {{ content: "\\2212"; color: var(--bad); }}
li.step::before {{ content: "\\2192"; color: var(--link); }}
ul.findings li {{ padding-left: 0; text-indent: 0; }}
ul.findings li::before {{ content: none; }}
pre {{ margin: .3rem 0 .3rem; padding: .4rem .6rem; background: var(--soft); border-radius: .35rem; overflow-x: auto;
  font: .82rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; text-indent: 0; }}
table {{ border-collapse: collapse; width: 100%; }}
th {{ text-align: left; font-weight: 600; color: var(--quiet); }}
th, td {{ padding: .25rem .9rem .25rem 0; vertical-align: baseline; }}
td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
td code {{ white-space: nowrap; }}
td svg {{ margin: 0 0 -1px; }}
tr.group td {{ padding-top: .9rem; font-weight: 600; }}
svg {{ display: block; max-width: 100%; height: auto; }}
svg text {{ fill: var(--ink); font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }}
.bar {{ fill: var(--shape); }} .bar.w4 {{ fill: var(--bad); }} .bar.w3 {{ fill: var(--fair); }}
.bar.w2 {{ fill: var(--shape); }} .bar.w1 {{ fill: var(--quiet); }}
.web {{ fill: none; stroke: var(--line); }}
.axis {{ stroke: var(--line); }} .axis.none {{ stroke-dasharray: 3 4; }}
.area {{ fill: var(--shape-soft); stroke: var(--shape); stroke-width: 2; stroke-linejoin: round; }}
.dot {{ fill: var(--shape); }}
svg text.label {{ font-size: 12px; }} svg text.none {{ fill: var(--quiet); }}
.picture {{ overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; }}
.picture svg {{ max-width: none; }}
.node {{ fill: var(--soft); stroke: var(--line); }} .node.script {{ stroke: var(--shape); }}
.node.model {{ fill: var(--shape-soft); stroke: var(--shape); }} .node.warn {{ stroke: var(--bad); stroke-dasharray: 4 3; }}
.edge {{ fill: none; stroke: var(--quiet); stroke-width: 1.3; }} .tip {{ fill: var(--quiet); }}
svg text.name {{ font-size: 12px; }}
@media print {{ body {{ padding: 0; }} details {{ break-inside: avoid; }} }}
"""
