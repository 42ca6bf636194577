import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addCell } from '../../../src/extension/commands/addCell.js';
import { commandIds } from '../../../src/extension/identifiers.js';
import { notebookType } from '../../../src/extension/notebook/identifiers.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { ProblemError } from '../../../src/protocol/problem.js';
import { eventually, outsideFile, projectFile, readBytes, underlined } from './editor.js';

const broken = `-- ---
-- ratatouille: 1
-- ---

-- %%
CREATE OR REPLACE TABLE gold.broken AS
SELECT no_such_column FROM silver.sales;
`;

const orders = {
  path: 'data/landing/orders.csv',
  pattern: 'orders.csv',
  contract: 'contracts/orders.json',
  table: 'bronze.orders',
  cell: "CREATE TABLE bronze.orders AS SELECT * FROM landing('orders.csv');",
  widened: [],
};

describe('commands of the project', () => {
  it('are all there', async () => {
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(
      Object.values(commandIds).filter((id) => !known.includes(id)),
      [],
    );
  });

  it('run the pipeline and show the run', async () => {
    await vscode.commands.executeCommand(commandIds.runPipeline);
    const parquet = await readBytes(projectFile('data/silver/sales.parquet'));
    assert.equal(parquet.subarray(0, 4).toString(), 'PAR1');
    await vscode.commands.executeCommand(commandIds.showRun);
    await eventually('the run is in front', () => /Run \d+\.md/.test(tabLabel()), tabLabel);
  });

  it('show a plan', async () => {
    await vscode.commands.executeCommand(commandIds.plan);
    await eventually('the plan is in front', () => tabLabel().includes('Plan.md'), tabLabel);
  });

  it('mark what a run found, until it is mended', async () => {
    const uri = projectFile('notebooks/broken.ratnb');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(broken));
    try {
      await vscode.commands.executeCommand(commandIds.runPipeline);
      const notebook = vscode.workspace.notebookDocuments.find((each) => each.uri.fsPath === uri.fsPath);
      assert(notebook, 'the run opened what it marks');
      const [cell] = notebook.getCells();
      assert(cell);
      assert.deepEqual(underlined(cell), ['no_such_column']);
      await replace(cell, 'no_such_column', 'day');
      await vscode.commands.executeCommand(commandIds.runPipeline);
      assert.equal(notebook.isDirty, false, 'the run saved what it read');
      assert.deepEqual(vscode.languages.getDiagnostics(cell.document.uri), []);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('copy nothing when adding data is cancelled', async () => {
    const file = outsideFile('orders.csv');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('id,amount\n1,2\n2,3\n'));
    const before = await landing();
    const adding = vscode.commands.executeCommand(commandIds.addData, file);
    await eventually('the file is shown', () => tabLabel() === 'Add orders.csv', tabLabel);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await adding;
    assert.deepEqual(await landing(), before);
  });

  it('give the cell out when the editor refuses to add it', async () => {
    const notebook = await goneNotebook('notebooks/short_lived.ratnb');
    const marked: string[] = [];
    const progress = { mark: (...steps: readonly string[]) => void marked.push(...steps) };
    await assert.rejects(addCell({ log: silentLogger, progress }, notebook, orders), isRefused);
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    let copied = '';
    for (let attempt = 0; attempt < 50 && copied !== orders.cell; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      copied = await vscode.env.clipboard.readText();
    }
    assert.equal(copied, orders.cell);
    assert.deepEqual(marked, []);
  });

  it('put the command line on a terminal’s path', async () => {
    const answer = outsideFile('version.txt');
    const terminal = vscode.window.createTerminal();
    terminal.sendText(`ratatouille --version > "${answer.fsPath}"`);
    let text = '';
    for (let attempt = 0; attempt < 150 && !text.includes('.'); attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      text = await readBytes(answer).then(String, () => '');
    }
    terminal.dispose();
    assert.match(text, /^\d+\.\d+\.\d+/);
  });
});

function tabLabel(): string {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
}

async function landing(): Promise<readonly string[]> {
  const entries = await vscode.workspace.fs.readDirectory(projectFile('data/landing'));
  return entries.map(([name]) => name).sort();
}

/** Replaces a word of a cell, as if it were typed over. */
async function replace({ document }: vscode.NotebookCell, word: string, by: string): Promise<void> {
  const start = document.getText().indexOf(word);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + word.length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, by);
  assert(await vscode.workspace.applyEdit(edit));
}

/** A notebook that was open until its file was removed. */
async function goneNotebook(name: string): Promise<vscode.NotebookDocument> {
  const uri = projectFile(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(broken));
  await vscode.commands.executeCommand('vscode.openWith', uri, notebookType);
  const notebook = vscode.workspace.notebookDocuments.find((each) => each.uri.fsPath === uri.fsPath);
  assert(notebook);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await eventually('it is closed', () => notebook.isClosed);
  await vscode.workspace.fs.delete(uri);
  return notebook;
}

function isRefused(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'workspace.refused';
}
