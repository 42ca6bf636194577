/** The look of the preview panel around its table. The body has a colour of its own, so that contrast can be judged. */
export const styles = `
body { margin: 0; padding: 0; background: var(--vscode-editor-background); color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size, 13px); }
main { display: flex; flex-direction: column; align-items: flex-start; gap: 12px; padding: 16px 20px 24px; }
h1 { margin: 0; font-size: 1.5em; font-weight: 600; }
p { max-width: 75ch; margin: -6px 0 0; line-height: 1.5; }
.rows { max-width: 100%; }
details { max-width: 100%; }
summary { cursor: pointer; }
pre { max-height: 300px; overflow: auto; margin: 8px 0 0; padding: 10px 14px; background: var(--vscode-textCodeBlock-background); }
code { color: var(--vscode-editor-foreground); background: transparent; font-family: var(--vscode-editor-font-family); }
.actions { position: sticky; bottom: 0; display: flex; gap: 8px; width: 100%; padding: 10px 0; background: var(--vscode-editor-background); }
button { padding: 6px 18px; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 4px; font: inherit; cursor: pointer; }
.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.primary:hover { background: var(--vscode-button-hoverBackground); }
.secondary { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
.secondary:hover { background: var(--vscode-button-secondaryHoverBackground); }
button:focus-visible, summary:focus-visible, pre:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
`;
