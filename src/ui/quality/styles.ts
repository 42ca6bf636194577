/** The look of the page of data quality, over that of the preview. */
export const styles = `
main { align-items: stretch; max-width: 1100px; }
main > div { align-self: flex-start; }
.note { color: var(--vscode-descriptionForeground); }
.table { padding: 4px 0 14px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
.table > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; padding: 4px 0; }
.table > summary::before { content: '▸' / ''; width: 1em; color: var(--vscode-descriptionForeground); }
.table[open] > summary::before { content: '▾' / ''; }
.table:not([open]) { padding-bottom: 4px; }
h2 { margin: 0; font-size: 1.1em; font-weight: 600; overflow-wrap: anywhere; }
.badge { padding: 1px 8px; border: 1px solid currentColor; border-radius: 10px; font-size: 0.85em; color: var(--vscode-descriptionForeground); }
.badge.look { color: var(--vscode-editorWarning-foreground); }
.badge.failed { color: var(--vscode-editorError-foreground); }
.table > :not(summary) { margin-inline-start: 22px; }
.failure { margin: 6px 0 10px; padding: 6px 12px; border-inline-start: 3px solid var(--vscode-editorError-foreground); background: var(--vscode-textBlockQuote-background); overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 6px 0; font-variant-numeric: tabular-nums; }
th { padding: 4px 24px 4px 0; text-align: start; font-weight: 400; }
thead th { color: var(--vscode-descriptionForeground); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); white-space: nowrap; }
th code { overflow-wrap: anywhere; }
th .note { display: block; }
th, td { vertical-align: middle; }
td { padding: 4px 24px 4px 0; white-space: nowrap; }
.number { text-align: end; }
td.held { color: var(--vscode-descriptionForeground); }
td.broken, td.broken .link { font-weight: 600; color: var(--vscode-editorWarning-foreground); }
td.failed { font-weight: 600; color: var(--vscode-editorError-foreground); }
.trend { display: inline-flex; align-items: center; gap: 8px; }
.bars .some { fill: var(--vscode-charts-orange, var(--vscode-editorWarning-foreground)); }
.bars .none { fill: var(--vscode-descriptionForeground); }
.direction { min-width: 1em; }
.numbers { color: var(--vscode-descriptionForeground); }
.sample { margin: 6px 0; }
.sample .rows { margin-top: 6px; }
.facts { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; margin: 8px 0 0; padding: 0; list-style: none; color: var(--vscode-descriptionForeground); overflow-wrap: anywhere; }
.link { padding: 0; border: 0; border-radius: 0; text-align: start; color: var(--vscode-textLink-foreground); background: none; text-decoration: underline; }
.link:hover { color: var(--vscode-textLink-activeForeground); }
`;
