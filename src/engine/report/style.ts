// The look of the HTML report: the colours of Drover's screens, light and dark, and ink on paper when printed.

export const style = `
:root {
  color-scheme: light dark;
  --ground: #fafaf8; --panel: #fff; --line: #e4e5e1; --text: #1b1d1f; --quiet: #666c71;
  --block: #b42318; --warn: #a15c00; --proved: #2b7a3d; --note: #3b6ea5;
  --mono: ui-monospace, "JetBrains Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121416; --panel: #181b1e; --line: #2a2f33; --text: #e6e8ea; --quiet: #98a1a8;
    --block: #f0776b; --warn: #e0a24a; --proved: #6cc287; --note: #7fb0e6;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 13px/20px Inter, system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; margin: 4px 0; }
h2 { font-size: 16px; line-height: 24px; font-weight: 600; margin: 32px 0 8px; }
h3 { font: 600 13px/20px var(--mono); margin: 24px 0 8px; overflow-wrap: anywhere; }
h4 { font-size: 13px; font-weight: 600; margin: 12px 0 4px; }
p { max-width: 80ch; margin: 4px 0; }
header { border-bottom: 1px solid var(--line); padding-bottom: 16px; margin-bottom: 16px; }
.kicker, .quiet { color: var(--quiet); }
.verified { color: var(--proved); } .different, .failed, .blocker { color: var(--block); }
.warning { color: var(--warn); } .note { color: var(--note); }
h1.verified, h1.partial, h1.different, h1.failed { color: var(--text); }
h1.verified .mark { color: var(--proved); } h1.different .mark, h1.failed .mark { color: var(--block); } h1.partial .mark, h1.undone .mark { color: var(--warn); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; background: var(--panel); border: 1px solid var(--line); margin: 4px 0; }
table.narrow { width: auto; min-width: 240px; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid var(--line); }
thead th { font-weight: 500; color: var(--quiet); }
tbody th { font: 500 12.5px/20px var(--mono); overflow-wrap: anywhere; }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
th.number, td.number { text-align: right; white-space: nowrap; }
.data, .digest { font: 12.5px/20px var(--mono); overflow-wrap: anywhere; }
td > span { white-space: nowrap; }
.failure { border-left: 3px solid var(--block); padding-left: 16px; }
.left-out { border-left: 3px solid var(--warn); padding-left: 16px; }
.failure h2 { margin-top: 0; }
.failure { margin-bottom: 24px; }
details { margin: 4px 0; } td > details { margin: 0; } summary { cursor: pointer; color: var(--quiet); }
.values dd { font-family: var(--mono); white-space: pre-wrap; }
.sign-off td { height: 48px; }
@media print {
  :root { --ground: #fff; --panel: #fff; --line: #bbb; --text: #000; --quiet: #444; --block: #8f1a10; --warn: #7a4600; --proved: #1d5c2c; --note: #26527f; }
  @page { margin: 16mm; }
  body { font-size: 10pt; line-height: 14pt; }
  main { max-width: none; padding: 0; }
  thead { display: table-header-group; }
  tr, dl, .failure, .sign-off { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
}
`;
