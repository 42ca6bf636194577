import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/extension/identifiers.js';
import { pollutedFile } from '../../support/pollutedFile.js';
import { eventually, projectFile } from './editor.js';

const path = 'odd/receipts.csv';
const label = 'Inspect receipts.csv';

describe('the inspection of a file', () => {
  const write = (file: string, text: string) =>
    vscode.workspace.fs.writeFile(projectFile(`data/landing/${file}`), new TextEncoder().encode(text));
  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await write(path, pollutedFile);
  });
  after(() => vscode.workspace.fs.delete(projectFile('data/landing/odd'), { recursive: true }));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens beside the file that is in front', async () => {
    await vscode.commands.executeCommand('vscode.open', projectFile(`data/landing/${path}`));
    await eventually('the file is in front', () => tabs().includes('receipts.csv'));
    await vscode.commands.executeCommand(commandIds.inspectFile);
    await shows([label, 'receipts.csv']);
    assert.deepEqual([columns('receipts.csv'), columns(label)], [[1], [2]]);
  });

  it('opens from the tree, one tab for each file', async () => {
    const file = { kind: 'file', path };
    await vscode.commands.executeCommand(commandIds.inspectFile, file);
    await shows([label]);
    await vscode.commands.executeCommand(commandIds.inspectFile, { ...file, path: 'sales/2024-03.csv' });
    await shows(['Inspect 2024-03.csv', label]);
    await vscode.commands.executeCommand(commandIds.inspectFile, file);
    await eventually('the first is in front', () => activeTab() === label, activeTab);
    assert.equal(tabs().length, 2);
  });

  it('ends when its tab is closed', async () => {
    const file = projectFile('data/landing/odd/large.csv');
    await write('odd/large.csv', `id,note\n${'1,a note of some length\n'.repeat(4_000_000)}`);
    const inspecting = vscode.commands.executeCommand(commandIds.inspectFile, file);
    await shows(['Inspect large.csv']);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await inspecting;
    await shows([]);
  });
});

/** The editor tells of its tabs a little later. */
async function shows(labels: readonly string[]): Promise<void> {
  await eventually(
    `the tabs are ${labels}`,
    () => [...tabs()].sort().join() === labels.join(),
    () => tabs().join(),
  );
}

function activeTab(): string {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
}

function tabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}

function columns(wanted: string): readonly number[] {
  return vscode.window.tabGroups.all
    .filter((group) => group.tabs.some((tab) => tab.label === wanted))
    .map(({ viewColumn }) => viewColumn);
}
