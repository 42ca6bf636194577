import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ModelStatusBar } from '../../../src/extension/language/modelStatusBar.js';
import { ProjectKnowledgeBase } from '../../../src/extension/language/projectKnowledge.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import {
  eventually,
  openNotebook,
  plainText,
  projectFile,
  runCells,
  success,
  typeAtStart,
  underlined,
} from './editor.js';

/** Each cell is one test's; `‸` is where its cursor is. */
const cells = {
  columns: 'SELECT ‸ FROM silver.sales AS s;',
  members: 'SELECT s.‸ FROM silver.sales AS s;',
  tables: 'SELECT * FROM ‸',
  landing: "SELECT * FROM landing('‸')",
  key: '-- @‸',
  hover: 'SELECT am‸ount FROM silver.sales;',
  typing:
    '-- @chek: amount > 0 | drop\nCREATE OR REPLACE TABLE silver.cheap AS SELECT amount FROM silver.sales;',
  unknown: 'SELECT count(*) FROM silver.slaes;',
  member: 'SELECT s.amout FROM silver.sales AS s;',
  reader: 'CREATE OR REPLACE TABLE gold.late AS SELECT * FROM gold.early;',
  builder: 'CREATE OR REPLACE TABLE gold.early AS SELECT 1 AS x;',
  never: 'SELECT * FROM gold.never;',
  built: 'CREATE OR REPLACE TABLE gold.never AS SELECT 2 AS x;',
};

type CellName = keyof typeof cells;

const header = '-- ---\n-- ratatouille: 1\n-- ---\n';
const printed = Object.values(cells).map((text) => `\n-- %%\n${text.replace('‸', '')}\n`);

describe('the language of cells', () => {
  const file = projectFile('notebooks/language.ratnb');
  let notebook: vscode.NotebookDocument;

  /** A cell by its name, wherever it was moved; one that was mended stays where it was. */
  function cell(name: CellName): vscode.NotebookCell {
    const text = cells[name].replace('‸', '');
    const moved = notebook.getCells().find(({ document }) => document.getText() === text);
    return moved ?? notebook.cellAt(Object.keys(cells).indexOf(name));
  }

  function cursor(name: CellName): vscode.Position {
    return cell(name).document.positionAt(cells[name].indexOf('‸'));
  }

  /** The workbench has the text of a cell alone that is, or was, on the screen. */
  async function bringIntoView(shown: vscode.NotebookCell): Promise<void> {
    const range = new vscode.NotebookRange(shown.index, shown.index + 1);
    const editor = await vscode.window.showNotebookDocument(notebook, { selections: [range] });
    editor.revealRange(range, vscode.NotebookEditorRevealType.InCenter);
    await eventually('it is on the screen', () =>
      editor.visibleRanges.some(({ start, end }) => start <= shown.index && shown.index < end),
    );
  }

  async function offered(name: CellName): Promise<readonly string[]> {
    await bringIntoView(cell(name));
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      cell(name).document.uri,
      cursor(name),
    );
    return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  /** Does what a click on a fix of the cell's mark does. */
  async function fix(name: CellName, title: RegExp): Promise<void> {
    const { document } = cell(name);
    const [mark] = vscode.languages.getDiagnostics(document.uri);
    assert(mark, 'the cell has a mark');
    await bringIntoView(cell(name));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      mark.range,
    );
    const found = actions.find((action) => title.test(action.title));
    assert(found, actions.map((action) => action.title).join(', '));
    if (found.edit !== undefined) await vscode.workspace.applyEdit(found.edit);
    const { command } = found;
    if (command !== undefined) {
      await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    }
  }

  before(async () => {
    await runCells(await openNotebook(projectFile('notebooks/sales.ratnb')), 1, 3);
    await vscode.workspace.fs.writeFile(file, Buffer.from(header + printed.join('')));
    notebook = await openNotebook(file);
  });

  after(async () => {
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(file);
  });

  it('offers the columns of the tables in the statement', async () => {
    const expected = ['day', 'store', 'amount', 'note'];
    assert.deepEqual((await offered('columns')).slice(0, 4), expected);
    assert.deepEqual(await offered('members'), expected);
  });

  it('offers tables, built or not', async () => {
    const labels = await offered('tables');
    for (const name of ['bronze.sales', 'silver.sales', 'silver.cheap', 'gold.late', 'silver']) {
      assert(labels.includes(name), `${name} in ${labels}`);
    }
  });

  it('offers landing files and their patterns', async () => {
    assert.deepEqual(await offered('landing'), ['sales/*.csv', 'sales/2024-03.csv']);
  });

  it('offers declarations', async () => {
    assert.deepEqual(await offered('key'), ['@description', '@owner', '@tag', '@column', '@check']);
  });

  it('tells of the column under the mouse', async () => {
    await bringIntoView(cell('hover'));
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      cell('hover').document.uri,
      cursor('hover'),
    );
    const [content] = hover?.contents ?? [];
    assert(content instanceof vscode.MarkdownString);
    assert.match(content.value, /amount.*DECIMAL\(18,2\).*silver\.sales/);
  });

  it('marks a wrong declaration while it is typed, once', async () => {
    await eventually('it is marked', () => underlined(cell('typing')).includes('@chek'));
    await runCells(notebook, cell('typing').index);
    assert.equal(success(cell('typing')), false);
    await eventually('the run’s mark stands alone', () => underlined(cell('typing')).length === 1);
  });

  it('mends it, and the mark goes', async () => {
    await fix('typing', /^Change @chek to @check$/);
    assert.match(cell('typing').document.getText(), /^-- @check: amount/);
    await eventually('the mark is gone', () => underlined(cell('typing')).length === 0);
  });

  const replaced: Partial<Record<CellName, string>> = { unknown: 'silver.sales', member: 's.amount' };
  for (const [name, right] of Object.entries(replaced) as [CellName, string][]) {
    it(`writes ${right} after a run that failed`, async () => {
      await runCells(notebook, cell(name).index);
      await eventually('it is marked', () => underlined(cell(name)).length === 1);
      await fix(name, /^Change /);
      assert(cell(name).document.getText().includes(right));
      await eventually('the mark is gone', () => underlined(cell(name)).length === 0);
      await runCells(notebook, cell(name).index);
      assert.equal(success(cell(name)), true, plainText(cell(name)));
    });
  }

  it('moves the cell that builds what another reads', async () => {
    await runCells(notebook, cell('reader').index);
    await eventually('it is marked', () => underlined(cell('reader')).includes('gold.early'));
    const at = cell('reader').index;
    await fix('reader', /^Move the cell/);
    await eventually('it is moved', () => notebook.cellAt(at).document.getText() === cells.builder);
    assert.equal(notebook.cellAt(at + 1).document.getText(), cells.reader);
    assert.equal(notebook.cellCount, Object.keys(cells).length);
    await eventually('the mark is gone', () => underlined(notebook.cellAt(at + 1)).length === 0);
  });

  it('runs a model with all that it reads', async () => {
    await runCells(notebook, cell('reader').index);
    await eventually('it is marked', () => underlined(cell('reader')).length === 1);
    await fix('reader', /^Run this cell with all/);
    await eventually(
      'it was built',
      () => success(cell('reader')) === true,
      () => plainText(cell('reader')),
    );
  });

  it('builds what a query misses, then runs it', async () => {
    await runCells(notebook, cell('never').index);
    assert.equal(success(cell('never')), false);
    await eventually('it is marked', () => underlined(cell('never')).length === 1);
    await fix('never', /^Run the cell that builds gold.never/);
    await eventually(
      'it ran',
      () => success(cell('never')) === true,
      () => plainText(cell('never')),
    );
    assert.equal(underlined(cell('never')).length, 0);
  });

  describe('below a model', () => {
    const disk = new vscode.EventEmitter<void>();
    const knowledge = new ProjectKnowledgeBase({ onDidChange: disk.event }, silentLogger);
    const run = { command: 'run', title: 'Run' };
    const statusBar = new ModelStatusBar(knowledge, { runInOrder: () => run });
    after(() => vscode.Disposable.from(knowledge, disk).dispose());

    async function facts(shown: vscode.NotebookCell): Promise<readonly string[]> {
      const items = await statusBar.provideCellStatusBarItems(shown);
      return items.map(({ text, command }) => {
        const action = typeof command === 'string' ? command : command?.command;
        return [text.replace(/ on .*|(?<=^built ).*/, '…'), action].filter(Boolean).join(' → ');
      });
    }

    it('stands what was built, and when', async () => {
      const expected = ['$(pass) fresh · gold.never → revealInExplorer', '1 row', 'built …'];
      assert.deepEqual(await facts(cell('built')), expected);
    });

    it('stands what was never built', async () => {
      assert.deepEqual(await facts(cell('typing')), [
        '$(circle-large-outline) never built · silver.cheap → run',
      ]);
    });

    it('stands nothing for a query', async () => assert.deepEqual(await facts(cell('unknown')), []));

    it('stands what was edited since', async () => {
      const edit = new vscode.WorkspaceEdit();
      const { document } = cell('built');
      edit.replace(
        document.uri,
        new vscode.Range(0, 0, 1, 0),
        document.getText().replace('2 AS x', '3 AS x'),
      );
      const { index } = cell('built');
      await vscode.workspace.applyEdit(edit);
      const [first] = await facts(notebook.cellAt(index));
      assert.match(
        first ?? '',
        /^\$\(circle-large-filled\) stale: its SQL differs from that of run \d+ · gold\.never → run$/,
      );
    });

    it('tells when typing rests', async () => {
      let told = 0;
      const listener = statusBar.onDidChangeCellStatusBarItems(() => (told += 1));
      await typeAtStart(cell('hover'), '-- a remark\n');
      await eventually('it was told', () => told > 0);
      listener.dispose();
    });
  });
});
