import * as vscode from 'vscode';
import type { Span } from '../../protocol/text.js';

/** A span of a document's text as the editor's range. */
export function toRange(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** A range as a span of its document's text. */
export function toSpan(document: vscode.TextDocument, { start, end }: vscode.Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}
