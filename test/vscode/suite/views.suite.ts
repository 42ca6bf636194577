import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/extension/identifiers.js';
import { ProjectWatch } from '../../../src/extension/views/projectWatch.js';
import { eventually, projectFile } from './editor.js';

const table = { kind: 'table', table: { name: 'silver.sales', path: 'data/silver/sales.parquet' } };
const file = { kind: 'file', path: 'sales/2024-03.csv' };

describe('items of the trees', () => {
  before(() => vscode.commands.executeCommand(commandIds.runPipeline));

  it('shows the first rows of a table', async () => {
    vscode.commands.executeCommand(commandIds.openFirstRows, table);
    await eventually('the rows are in front', () => tabLabel() === 'silver.sales', tabLabel);
  });

  it('shows those of a file in the same tab', async () => {
    vscode.commands.executeCommand(commandIds.openFirstRows, file);
    await eventually('the file is in front', () => tabLabel() === '2024-03.csv', tabLabel);
    assert(!allTabs().includes('silver.sales'));
  });

  it('opens a file as text', async () => {
    await vscode.commands.executeCommand(commandIds.openAsText, file);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /^day,store,amount/);
  });

  it('goes to the cell that builds a table', async () => {
    await vscode.commands.executeCommand(commandIds.goToCell, table);
    const editor = vscode.window.activeNotebookEditor;
    assert.equal(editor?.notebook.uri.toString(), projectFile('notebooks/sales.ratnb').toString());
    assert.equal(editor?.selection.start, 2);
  });

  it('copies names and paths', async () => {
    await vscode.commands.executeCommand(commandIds.copyName, table);
    assert.equal(await vscode.env.clipboard.readText(), 'silver.sales');
    await vscode.commands.executeCommand(commandIds.copyPath, table);
    assert.equal(await vscode.env.clipboard.readText(), projectFile('data/silver/sales.parquet').fsPath);
  });
});

describe('what watches the project', () => {
  it('tells once of many cells, and at once of a run’s end', async () => {
    const watch = new ProjectWatch();
    let told = 0;
    const listener = watch.onDidChange(() => {
      told += 1;
    });
    for (let cell = 0; cell < 3; cell += 1) watch.soon();
    assert.equal(told, 0);
    await eventually(
      'it is told',
      () => told === 1,
      () => `${told} times`,
    );
    watch.soon();
    watch.tell();
    assert.equal(told, 2);
    listener.dispose();
    watch.dispose();
  });
});

describe('files that the editor completes', () => {
  for (const [name, text, key] of [
    ['ratatouille.json', '{ "name": "shop",  }', 'timeZone'],
    ['contracts/new.json', '{  }', 'delimiter'],
  ] as const) {
    it(`offers the keys of ${name}`, async () => {
      const uri = vscode.Uri.joinPath(projectFile('schemas'), name);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      await vscode.workspace.openTextDocument(uri);
      const at = new vscode.Position(0, text.length - 2);
      let labels: readonly unknown[] = [];
      for (let attempt = 0; attempt < 50 && !labels.includes(key); attempt += 1) {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          uri,
          at,
        );
        labels = list.items.map(({ label }) => label);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      assert(labels.includes(key), `${labels}`);
    });
  }
});

function tabLabel(): string {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
}

function allTabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}
