import * as vscode from 'vscode';
import { previewPage } from './previewPage.js';

/** A page of ours in a tab. */
export interface Page {
  readonly viewType: string;
  /** Its script in dist/. */
  readonly script: string;
  readonly title: string;
  readonly column: vscode.ViewColumn;
}

/** Opens a tab in which one script of ours draws, and nothing else comes in. */
export function openPage(
  extension: vscode.Uri,
  { viewType, script, title, column }: Page,
): vscode.WebviewPanel {
  const scripts = vscode.Uri.joinPath(extension, 'dist');
  const panel = vscode.window.createWebviewPanel(viewType, title, column, {
    enableScripts: true,
    localResourceRoots: [scripts],
  });
  panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
  const address = panel.webview.asWebviewUri(vscode.Uri.joinPath(scripts, script)).toString();
  panel.webview.html = previewPage(address, panel.webview.cspSource, title);
  return panel;
}

/** Where a person works, so that a walkthrough beside it is not covered. */
export function workColumn(): vscode.ViewColumn {
  return vscode.window.activeNotebookEditor?.viewColumn ?? vscode.ViewColumn.One;
}
