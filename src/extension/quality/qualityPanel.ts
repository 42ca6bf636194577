import type * as vscode from 'vscode';
import type { QualityReport } from '../../protocol/quality.js';
import {
  isMessageFromQuality,
  type MessageFromQuality,
  type MessageToQuality,
} from '../../protocol/qualityPage.js';
import { openPage, workColumn } from '../preview/openPage.js';

/** What a person may want on the page. */
export type QualityWish = Exclude<MessageFromQuality, { readonly kind: 'ready' }>;

/** The one tab that shows the state of data quality. */
export class QualityPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #report: QualityReport | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly fulfil: (wish: QualityWish) => void,
  ) {}

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Shows a report, in front. */
  show(report: QualityReport): void {
    const panel = this.#panel ?? this.#open();
    panel.reveal(undefined, false);
    this.update(report);
  }

  /** Shows a newer report where the tab is, if it is open. */
  update(report: QualityReport): void {
    this.#report = report;
    this.#send();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): vscode.WebviewPanel {
    const panel = openPage(this.extension, {
      viewType: 'ratatouille.quality',
      script: 'quality.js',
      title: 'Data Quality',
      column: workColumn(),
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    this.#panel = panel;
    return panel;
  }

  #receive(message: unknown): void {
    if (!isMessageFromQuality(message)) return;
    // The page forgets everything when its tab is hidden; it asks again when it is back.
    if (message.kind === 'ready') this.#send();
    else if (message.kind === 'run pipeline' || this.#knows(message.table)) this.fulfil(message);
  }

  #knows(table: string): boolean {
    return this.#report?.tables.some(({ name }) => name === table) ?? false;
  }

  #send(): void {
    if (this.#report === undefined) return;
    const message: MessageToQuality = { kind: 'show', report: this.#report };
    this.#panel?.webview.postMessage(message);
  }
}
