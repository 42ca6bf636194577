import * as vscode from 'vscode';
import { commandIds } from '../identifiers.js';
import type { DataNode } from './dataNodes.js';
import { droppedFiles } from './droppedFiles.js';

/** Offers files that are dropped anywhere on the *Data* tree to landing. */
export class LandingDrop implements vscode.TreeDragAndDropController<DataNode> {
  readonly dropMimeTypes = ['text/uri-list', 'files'];
  readonly dragMimeTypes = [];

  /** One file after the other: each is looked at and agreed to. */
  async handleDrop(_target: DataNode | undefined, transfer: vscode.DataTransfer): Promise<void> {
    for (const file of await droppedFiles(transfer)) {
      await vscode.commands.executeCommand(commandIds.addData, file);
    }
  }
}
