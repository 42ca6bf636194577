import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/extension/identifiers.js';
import { eventually, projectFile } from './editor.js';

const path = 'odd/receipts.csv';
const label = 'Inspect receipts.csv';

describe('the inspection of a file', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens beside the file that is in front', async () => {
    await vscode.commands.executeCommand('vscode.open', projectFile(`data/landing/${path}`));
    await eventually('the file is in front', () => tabs().includes('receipts.csv'));
    await vscode.commands.executeCommand(commandIds.inspectFile);
    assert.deepEqual(columns('receipts.csv'), [1]);
    assert.deepEqual(columns(label), [2]);
  });

  it('opens from the tree, one tab for each file', async () => {
    const file = { kind: 'file', path };
    await vscode.commands.executeCommand(commandIds.inspectFile, file);
    await vscode.commands.executeCommand(commandIds.inspectFile, { ...file, path: 'sales/2024-03.csv' });
    await vscode.commands.executeCommand(commandIds.inspectFile, file);
    assert.deepEqual([...tabs()].sort(), ['Inspect 2024-03.csv', label]);
  });

  it('ends when its tab is closed', async () => {
    const file = projectFile('data/landing/odd/large.csv');
    const text = `id,note\n${'1,a note of some length\n'.repeat(4_000_000)}`;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const inspecting = vscode.commands.executeCommand(commandIds.inspectFile, file);
    await eventually('its tab is there', () => tabs().includes('Inspect large.csv'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await inspecting;
    assert.deepEqual(tabs(), []);
    await vscode.workspace.fs.delete(file);
  });
});

function tabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}

function columns(wanted: string): readonly number[] {
  return vscode.window.tabGroups.all
    .filter((group) => group.tabs.some((tab) => tab.label === wanted))
    .map(({ viewColumn }) => viewColumn);
}
