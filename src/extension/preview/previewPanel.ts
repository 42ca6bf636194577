import * as vscode from 'vscode';
import { isMessageFromPreview, type MessageToPreview, type PreviewContent } from '../../protocol/preview.js';
import { previewPage } from './previewPage.js';

const viewType = 'ratatouille.preview';

/** The one tab that shows first rows, of a table as of a file that could be added. */
export class PreviewPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #content: PreviewContent | undefined;
  #choose: (action: string | undefined) => void = () => {};

  constructor(private readonly extension: vscode.Uri) {}

  /**
   * Shows rows in the place of what the tab showed before. Resolves with the action that a person chose;
   * undefined when the tab was closed or shows something else.
   */
  show(content: PreviewContent): Promise<string | undefined> {
    this.#choose(undefined);
    this.#content = content;
    const panel = this.#panel ?? this.#open();
    panel.title = content.title;
    panel.reveal(undefined, false);
    this.#send(panel);
    return new Promise((resolve) => {
      this.#choose = resolve;
    });
  }

  /** Closes the tab. */
  close(): void {
    this.#panel?.dispose();
  }

  dispose(): void {
    this.close();
  }

  #open(): vscode.WebviewPanel {
    const scripts = vscode.Uri.joinPath(this.extension, 'dist');
    const panel = vscode.window.createWebviewPanel(viewType, '', workColumn(), {
      enableScripts: true,
      localResourceRoots: [scripts],
    });
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'icon.svg');
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(panel, message));
    panel.onDidDispose(() => this.#forget());
    const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'preview.js')).toString();
    panel.webview.html = previewPage(script, panel.webview.cspSource);
    this.#panel = panel;
    return panel;
  }

  #receive(panel: vscode.WebviewPanel, message: unknown): void {
    if (!isMessageFromPreview(message)) return;
    // The page forgets everything when its tab is hidden; it asks again when it is back.
    if (message.kind === 'ready') this.#send(panel);
    else if (this.#content?.actions.some(({ id }) => id === message.action)) this.#choose(message.action);
  }

  #send(panel: vscode.WebviewPanel): void {
    if (this.#content === undefined) return;
    const message: MessageToPreview = { kind: 'show', content: this.#content };
    panel.webview.postMessage(message);
  }

  #forget(): void {
    this.#panel = undefined;
    this.#content = undefined;
    this.#choose(undefined);
  }
}

/** Where a person works, so that a walkthrough beside it is not covered. */
function workColumn(): vscode.ViewColumn {
  return vscode.window.activeNotebookEditor?.viewColumn ?? vscode.ViewColumn.One;
}
