/** The look of an inspection, over that of the preview. */
export const styles = `
main { align-items: stretch; gap: 20px; max-width: 1100px; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; }
h1 { overflow-wrap: anywhere; }
h2 { margin: 0 0 8px; font-size: 1.1em; font-weight: 600; }
p { margin: 0; overflow-wrap: anywhere; }
header button { margin-inline-start: auto; padding: 3px 12px; }
section > button { margin-top: 10px; padding: 3px 12px; }
.verdict { font-weight: 600; }
.verdict.well::before { content: '✓ ' / ''; }
.verdict.ill::before { content: '✗ ' / ''; }
.verdict.well { color: var(--vscode-charts-green, var(--vscode-editor-foreground)); }
.verdict.ill { color: var(--vscode-editorError-foreground); }
.note { color: var(--vscode-descriptionForeground); }
p.note { margin-top: 6px; }
.reading { display: flex; flex-direction: column; gap: 8px; }
progress { width: 100%; max-width: 480px; accent-color: var(--vscode-progressBar-background, var(--vscode-focusBorder)); }
.findings { display: flex; flex-direction: column; gap: 8px; margin: 0; padding: 0; list-style: none; }
.findings > li { padding: 6px 12px; border-inline-start: 3px solid var(--vscode-editorError-foreground); background: var(--vscode-textBlockQuote-background); }
.findings > li.look { border-color: var(--vscode-editorWarning-foreground); }
.findings ul { margin: 4px 0 0; padding-inline-start: 20px; overflow-wrap: anywhere; }
.badge { margin-inline-end: 4px; padding: 1px 8px; border: 1px solid currentColor; border-radius: 10px; font-size: 0.85em; white-space: nowrap; color: var(--vscode-editorError-foreground); }
.badge.look { color: var(--vscode-editorWarning-foreground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--vscode-descriptionForeground); }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.scroll { max-width: 100%; max-height: 460px; overflow: auto; }
.scroll:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 20px 4px 0; text-align: start; vertical-align: baseline; font-weight: 400; }
thead th { position: sticky; top: 0; white-space: nowrap; color: var(--vscode-descriptionForeground); background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
.number { text-align: end; white-space: nowrap; }
th .name, td .text { display: block; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
th .name { max-width: 220px; font-weight: 600; }
td .text { max-width: 420px; }
td .reason { white-space: nowrap; }
td .type { white-space: nowrap; }
td .type .note { display: block; font-size: 0.85em; }
tr.notes td { padding: 0 0 8px 16px; }
tr.notes ul { max-width: 75ch; margin: 0; padding: 0; list-style: none; color: var(--vscode-descriptionForeground); overflow-wrap: anywhere; }
code { padding: 0; overflow-wrap: anywhere; }
span.rejects, span.stops { color: var(--vscode-editorError-foreground); }
.link { padding: 0; border: 0; border-radius: 0; text-align: start; color: var(--vscode-textLink-foreground); background: none; text-decoration: underline; }
.link:hover { color: var(--vscode-textLink-activeForeground); }
`;
