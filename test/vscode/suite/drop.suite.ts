import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { LandingDrop, type OfferFile } from '../../../src/extension/views/landingDrop.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { eventually, outsideFile, readBytes } from './editor.js';

const drop = new LandingDrop(silentLogger);

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

/** What a browser on another machine drops, as the workbench makes it. */
function carried(name: string, data: () => Promise<Uint8Array>): vscode.DataTransfer {
  const item = Object.assign(new vscode.DataTransferItem(''), { asFile: () => ({ name, data }) });
  const transfer = transferOf('files', undefined);
  transfer.set('text/csv', item);
  return transfer;
}

/** Drops with somebody who answers for each file, and gives the names of those that were offered. */
async function offered(transfer: vscode.DataTransfer, answer: OfferFile): Promise<readonly string[]> {
  const names: string[] = [];
  const dropping = new LandingDrop(silentLogger, (file) => {
    names.push(path.basename(file.fsPath));
    return answer(file);
  });
  await dropping.handleDrop(undefined, transfer);
  return names;
}

describe('dropping on the data tree', () => {
  const two = async () =>
    transferOf('text/uri-list', [await fileAt('north.csv'), await fileAt('south, 2026.csv')].join('\r\n'));

  it('offers each file after the other', async () =>
    assert.deepEqual(await offered(await two(), async () => true), ['north.csv', 'south, 2026.csv']));

  it('goes on after one that could not be added', async () =>
    assert.equal((await offered(await two(), async () => undefined)).length, 2));

  it('ends with the first that is not wanted', async () => {
    const dropping = drop.handleDrop(undefined, await two());
    await closePreview('north.csv');
    await dropping;
    assert.deepEqual(await offered(await two(), async () => false), ['north.csv']);
  });

  it('offers nothing for what is no file', async () => {
    const transfer = transferOf('text/uri-list', '# a remark\r\nhttps://example.org/sales.csv');
    assert.deepEqual(await offered(transfer, async () => true), []);
  });

  it('offers what a browser carried', async () => {
    const dropping = drop.handleDrop(
      undefined,
      carried('../west.csv', async () => new TextEncoder().encode('id,amount\n7,1\n')),
    );
    await closePreview('west.csv');
    await dropping;
  });

  it('keeps no copy of what a browser carried', async () => {
    let copy: vscode.Uri | undefined;
    const transfer = carried('east.csv', async () => new Uint8Array([49]));
    const names = await offered(transfer, async (file) => {
      copy = file;
      assert.equal((await readBytes(file)).toString(), '1');
      throw new Error('The file could not be added: a test says so.');
    });
    assert.deepEqual(names, ['east.csv']);
    assert(copy !== undefined && !existsSync(copy.fsPath));
  });

  it('tells why a file can’t be read', () =>
    drop.handleDrop(
      undefined,
      carried('south.csv', () => Promise.reject(new Error('The file can’t be read: a test says so.'))),
    ));
});
