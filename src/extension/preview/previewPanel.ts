import type * as vscode from 'vscode';
import { isMessageFromPreview, type MessageToPreview, type PreviewContent } from '../../protocol/preview.js';
import { openPage, workColumn } from './openPage.js';
import { originOf, type RowOrigin } from './rowOrigin.js';

/** The one tab that shows first rows, of a table as of a file that could be added. */
export class PreviewPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #content: PreviewContent | undefined;
  #choose: (action: string | undefined) => void = () => {};
  #openOrigin: (origin: RowOrigin) => void = () => {};

  constructor(private readonly extension: vscode.Uri) {}

  get column(): vscode.ViewColumn | undefined {
    return this.#panel?.viewColumn;
  }

  /**
   * Shows rows in the place of what the tab showed before. Resolves with the action that a person chose;
   * undefined when the tab was closed or shows something else.
   * @param openOrigin called when a person wants to see where a row was read.
   */
  show(
    content: PreviewContent,
    openOrigin: (origin: RowOrigin) => void = () => {},
  ): Promise<string | undefined> {
    this.#choose(undefined);
    this.#content = content;
    this.#openOrigin = openOrigin;
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
    const panel = openPage(this.extension, {
      viewType: 'ratatouille.preview',
      script: 'preview.js',
      title: 'First rows',
      column: workColumn(),
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(panel, message));
    panel.onDidDispose(() => this.#forget());
    this.#panel = panel;
    return panel;
  }

  #receive(panel: vscode.WebviewPanel, message: unknown): void {
    if (!isMessageFromPreview(message)) return;
    // The page forgets everything when its tab is hidden; it asks again when it is back.
    if (message.kind === 'ready') this.#send(panel);
    else if (message.kind === 'open origin') this.#openRow(message.row);
    else if (this.#content?.actions.some(({ id }) => id === message.action)) this.#choose(message.action);
  }

  /** The page only says which row: where that came from is told by our own copy. */
  #openRow(row: number): void {
    if (this.#content?.originColumn === undefined) return;
    const origin = originOf(this.#content.table, row);
    if (origin !== undefined) this.#openOrigin(origin);
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
