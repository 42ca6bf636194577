import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LandingDrop } from '../../../src/extension/views/landingDrop.js';
import { eventually, outsideFile } from './editor.js';

const drop = new LandingDrop();

/** A file of this machine. */
async function fileAt(name: string): Promise<vscode.Uri> {
  const uri = outsideFile(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('id,amount\n1,2\n2,3\n'));
  return uri;
}

function transferOf(mime: string, value: unknown): vscode.DataTransfer {
  const transfer = new vscode.DataTransfer();
  transfer.set(mime, new vscode.DataTransferItem(value));
  return transfer;
}

/** Waits for the preview of a dropped file and closes it, which adds nothing. */
async function closePreview(name: string): Promise<void> {
  const label = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
  await eventually(`${name} is shown`, () => label() === `Add ${name}`, label);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
}

describe('dropping on the data tree', () => {
  it('offers each file after the other', async () => {
    const files = [await fileAt('north.csv'), await fileAt('south, 2026.csv')];
    const dropping = drop.handleDrop(undefined, transferOf('text/uri-list', files.join('\r\n')));
    await closePreview('north.csv');
    await closePreview('south, 2026.csv');
    await dropping;
  });

  it('offers nothing for what is no file', () =>
    drop.handleDrop(undefined, transferOf('text/uri-list', '# a remark\r\nhttps://example.org/sales.csv')));

  it('offers what a browser carried', async () => {
    const transfer = transferOf('files', undefined);
    const data = async () => new TextEncoder().encode('id,amount\n7,1\n');
    // As the workbench makes them of what a browser on another machine drops.
    const item = Object.assign(new vscode.DataTransferItem(''), {
      asFile: () => ({ name: '../west.csv', data }),
    });
    transfer.set('text/csv', item);
    const dropping = drop.handleDrop(undefined, transfer);
    await closePreview('west.csv');
    await dropping;
  });

  it('accepts what the Explorer and the desktop give', () =>
    assert.deepEqual(drop.dropMimeTypes, ['text/uri-list', 'files']));
});
