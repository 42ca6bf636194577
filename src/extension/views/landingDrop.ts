import * as vscode from 'vscode';
import type { Logger } from '../../protocol/logger.js';
import { commandIds } from '../identifiers.js';
import { telling } from '../workspace/tellProblem.js';
import type { DataNode } from './dataNodes.js';
import { withDroppedFiles } from './droppedFiles.js';

/** Offers a file to landing; resolves with false where the person does not want it. */
export type OfferFile = (file: vscode.Uri) => Thenable<boolean | undefined>;

const addData: OfferFile = (file) => vscode.commands.executeCommand<boolean>(commandIds.addData, file);

/** Offers files that are dropped anywhere on the *Data* tree to landing. */
export class LandingDrop implements vscode.TreeDragAndDropController<DataNode> {
  readonly dropMimeTypes = ['text/uri-list', 'files'];
  readonly dragMimeTypes = [];

  constructor(
    private readonly logger: Logger,
    private readonly offer = addData,
  ) {}

  /** One file after the other: each is looked at and agreed to. The first that is not wanted is the last. */
  async handleDrop(_target: DataNode | undefined, transfer: vscode.DataTransfer): Promise<void> {
    await telling(this.logger, () =>
      withDroppedFiles(transfer, async (files) => {
        for (const file of files) {
          if ((await this.offer(file)) === false) return;
        }
      }),
    );
  }
}
