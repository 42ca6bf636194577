/**
 * The look of results. It lives in the output's shadow root: all outputs of a notebook share one page
 * with those of other extensions, and only variables of the theme reach in.
 */
export const styles = `
:host { display: block; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size, 13px); }
p, ul, pre { margin: 0; padding: 0; }
.blocks { display: flex; flex-direction: column; gap: 10px; padding: 4px 0; }

.heading { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; font-size: 1.1em; overflow-wrap: anywhere; }
.badge { outline: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 3px; padding: 1px 7px; font-size: 0.8em; background: var(--vscode-badge-background); color: var(--vscode-badge-foreground); }
.badge.current { background: transparent; color: var(--vscode-descriptionForeground); outline: 1px solid currentColor; }
.meaning { margin-top: 4px; color: var(--vscode-descriptionForeground); }
/* Every fact has a dot before it; those at the start of a line lie in a margin that is cut away. */
.facts { display: flex; flex-wrap: wrap; gap: 2px 0; margin: 4px 0 0 -16px; clip-path: inset(-4px -4px -4px 12px); list-style: none; color: var(--vscode-descriptionForeground); }
.facts li { position: relative; padding-inline-start: 16px; overflow-wrap: anywhere; }
.facts li:first-child { color: var(--vscode-editor-foreground); }
.facts li::before { content: '·' / ''; position: absolute; inset-inline-start: 6px; color: var(--vscode-descriptionForeground); }
.folded { display: flex; flex-direction: column; gap: 6px; margin-top: 8px; padding-inline-start: 12px; border-inline-start: 3px solid var(--vscode-editorWarning-foreground); }
.folded[hidden] { display: none; }

button { font: inherit; cursor: pointer; }
.action { padding: 2px 10px; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 3px; font-size: var(--vscode-font-size, 13px); color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
.action:hover { background: var(--vscode-button-secondaryHoverBackground); }
.link { padding: 0; border: 0; text-align: start; overflow-wrap: anywhere; color: var(--vscode-textLink-foreground); background: none; text-decoration: underline; }
.link:hover { color: var(--vscode-textLink-activeForeground); }
.link[aria-expanded]::after { content: ' ▸'; display: inline-block; white-space: pre; text-decoration: none; }
.link[aria-expanded='true']::after { content: ' ▾'; }
button:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }

.chart { display: flex; flex-direction: column; gap: 6px; }
figure { margin: 0; }
.drawing { min-height: 340px; overflow: auto; }
.drawing svg { display: block; }
figcaption { color: var(--vscode-descriptionForeground); }
summary { width: fit-content; cursor: pointer; }
details[open] > summary { margin-bottom: 6px; }
.done { color: var(--vscode-descriptionForeground); }

.scroll { box-sizing: border-box; max-height: 420px; overflow: auto; width: fit-content; max-width: 100%; border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); border-radius: 4px; }
.scroll:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
caption { caption-side: bottom; position: sticky; bottom: 0; left: 0; padding: 5px 12px; text-align: start; color: var(--vscode-descriptionForeground); background: var(--vscode-editor-background); border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
th { position: sticky; top: 0; padding: 5px 12px; text-align: start; font-weight: 600; background: var(--vscode-keybindingTable-headerBackground, var(--vscode-editor-background)); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
th .name, th .type { display: block; max-width: 320px; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
th .type { font-size: 0.8em; font-weight: normal; color: var(--vscode-descriptionForeground); }
td { padding: 3px 12px; max-width: 480px; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
tbody tr:nth-child(even) td { background: var(--vscode-keybindingTable-rowsBackground, transparent); }
tbody tr:hover td { background: var(--vscode-list-hoverBackground); }
.number { text-align: end; }
.empty { color: var(--vscode-descriptionForeground); }
.null { color: var(--vscode-descriptionForeground); font-style: italic; }

.problem { padding: 8px 12px; border-inline-start: 3px solid var(--vscode-editorError-foreground); background: var(--vscode-textBlockQuote-background); }
.problem.warning { margin-top: 8px; border-color: var(--vscode-editorWarning-foreground); }
.problem .message { font-weight: 600; white-space: pre-wrap; }
.problem .cause { margin-top: 4px; font-family: var(--vscode-editor-font-family); white-space: pre-wrap; }
.problem .hint { margin-top: 4px; white-space: pre-wrap; }
.problem .action { margin-top: 8px; }
.problem .origin { margin-top: 4px; font-size: 0.9em; color: var(--vscode-descriptionForeground); }
`;
