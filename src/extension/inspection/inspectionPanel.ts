import path from 'node:path';
import type * as vscode from 'vscode';
import {
  type InspectionView,
  isMessageFromInspection,
  type MessageFromInspection,
  type MessageToInspection,
  type ReadProgress,
} from '../../protocol/inspectionPage.js';
import { openPage } from '../preview/openPage.js';

/** What a person may want on the page. */
export type InspectionWish = Exclude<MessageFromInspection, { readonly kind: 'ready' }>;

/** The tab that shows what is in one file. */
export class InspectionPanel {
  readonly #panel: vscode.WebviewPanel;
  #view: InspectionView;

  constructor(
    extension: vscode.Uri,
    file: vscode.Uri,
    column: vscode.ViewColumn,
    fulfil: (wish: InspectionWish) => void,
  ) {
    const name = path.basename(file.fsPath);
    this.#view = { name, hasLines: !/\.gz$/i.test(name) };
    this.#panel = openPage(extension, {
      viewType: 'ratatouille.inspection',
      script: 'inspection.js',
      title: 'Inspection',
      column,
    });
    this.#panel.title = `Inspect ${name}`;
    this.#panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isMessageFromInspection(message)) return;
      // The page forgets everything when its tab is hidden; it asks again when it is back.
      if (message.kind === 'ready') this.#send();
      else fulfil(message);
    });
  }

  /** Told once, when the tab is closed. */
  onDidClose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  get column(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  get inspection(): InspectionView['inspection'] {
    return this.#view.inspection;
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  /** Shows what is known of the file now. */
  show(known: Omit<InspectionView, 'name' | 'hasLines'>): void {
    const { name, hasLines } = this.#view;
    this.#view = { name, hasLines, ...known };
    this.#send();
  }

  /** Shows how much was read, and leaves the rest as it is. */
  advance(progress: ReadProgress): void {
    this.#view = { ...this.#view, progress };
    this.#post({ kind: 'progress', progress });
  }

  close(): void {
    this.#panel.dispose();
  }

  #send(): void {
    this.#post({ kind: 'show', view: this.#view });
  }

  #post(message: MessageToInspection): void {
    this.#panel.webview.postMessage(message);
  }
}
