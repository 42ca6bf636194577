import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  blocks,
  eventually,
  interruptCells,
  openNotebook,
  outsideFile,
  plainText,
  projectFile,
  runCells,
  startCells,
  success,
  typeAtStart,
  underlined,
} from './editor.js';
import { runningKernels } from './processes.js';

/** The kernel that started since others were counted. */
function kernelSince(earlier: readonly string[]): string | undefined {
  return runningKernels().find((kernel) => !earlier.includes(kernel));
}

describe('running cells', () => {
  let sales: vscode.NotebookDocument;
  let faults: vscode.NotebookDocument;

  before(async () => {
    sales = await openNotebook(projectFile('notebooks/sales.ratnb'));
  });

  it('shows a model’s summary and first rows', async () => {
    await runCells(sales, 1, 3);
    const silver = sales.cellAt(2);
    assert.equal(success(silver), true, plainText(silver));
    const [model, table] = blocks(silver);
    assert(model?.kind === 'model' && table?.kind === 'table');
    assert.deepEqual([model.model, model.rows, model.dropped], ['silver.sales', 4, 1]);
    assert.equal(table.rows.length, 4);
  });

  it('shows a query’s rows, types and total', async () => {
    await runCells(sales, 3);
    const [, table] = blocks(sales.cellAt(3));
    assert(table?.kind === 'table', plainText(sales.cellAt(3)));
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['store', 'receipts', 'revenue'],
    );
    assert.deepEqual(table.rows[0]?.map(String), ['Lyon', '2', '43.75']);
    assert.match(plainText(sales.cellAt(3)), /Showing 2 of 2 rows/);
  });

  it('says that a current model is up to date', async () => {
    await runCells(sales, 2);
    const [model] = blocks(sales.cellAt(2));
    assert(model?.kind === 'model');
    assert.equal(model.action, 'up to date');
  });

  it('leaves the notebook unchanged by a run', () => {
    assert.equal(sales.isDirty, false);
  });

  it('underlines the token of an error', async () => {
    faults = await openNotebook(projectFile('notebooks/faults.ratnb'));
    await runCells(faults, 0);
    assert.equal(success(faults.cellAt(0)), false);
    assert.deepEqual(underlined(faults.cellAt(0)), ['no_such_column']);
    assert.match(plainText(faults.cellAt(0)), /no_such_column/);
  });

  it('shows an error without the renderer too', () => {
    const mimes = faults.cellAt(0).outputs.flatMap(({ items }) => items.map(({ mime }) => mime));
    assert(mimes.includes('application/vnd.code.notebook.error'));
  });

  it('stops the cells behind a failed query', async () => {
    const [failing, behind] = [faults.cellAt(0), faults.cellAt(1)];
    await startCells(faults, 0, 2);
    await runCells(faults, 1);
    const order = failing.executionSummary?.executionOrder ?? 0;
    assert.equal(behind.executionSummary?.executionOrder, order + 1);
  });

  it('takes the mark away on an edit', async () => {
    await typeAtStart(faults.cellAt(0), '-- a remark\n');
    await eventually('the mark is gone', () => underlined(faults.cellAt(0)).length === 0);
  });

  it('interrupts a query and goes on', async function () {
    const slow = faults.cellAt(2);
    startCells(faults, 2);
    await eventually('the query started', () => slow.executionSummary?.executionOrder !== undefined);
    const stoppedAt = Date.now();
    await interruptCells(faults, 2);
    await eventually('the query ended', () => slow.executionSummary?.timing?.endTime !== undefined);
    // Said with the test's name, since nobody sees what an extension host prints.
    if (this.test)
      this.test.title += ` (stopped after ${(slow.executionSummary?.timing?.endTime ?? 0) - stoppedAt} ms)`;
    assert.equal(success(slow), undefined);
    await runCells(faults, 1);
    assert.equal(success(faults.cellAt(1)), true);
  });

  it('restarts the kernel under a running query', async () => {
    const slow = faults.cellAt(2);
    const before = slow.executionSummary?.executionOrder;
    const order = () => slow.executionSummary?.executionOrder;
    startCells(faults, 2);
    await eventually('the query started', () => order() !== undefined && order() !== before);
    await vscode.commands.executeCommand('ratatouille.restartKernel');
    await eventually('the query ended', () => slow.executionSummary?.timing?.endTime !== undefined);
    await runCells(faults, 1);
    assert.equal(faults.cellAt(1).executionSummary?.executionOrder, 1);
  });

  if (process.platform === 'linux') {
    it('tells that a kernel died and starts another', async () => {
      const slow = faults.cellAt(2);
      const earlier = runningKernels();
      const before = slow.executionSummary?.timing?.endTime;
      await vscode.commands.executeCommand('ratatouille.restartKernel');
      startCells(faults, 2);
      await eventually('it has a kernel of its own', () => kernelSince(earlier) !== undefined);
      await eventually('the query runs', () => slow.executionSummary?.timing?.endTime === undefined);
      process.kill(Number(kernelSince(earlier)), 'SIGKILL');
      await eventually(
        'the cell ended',
        () => ![before, undefined].includes(slow.executionSummary?.timing?.endTime),
      );
      assert.equal(success(slow), false);
      assert.match(plainText(slow), /kernel\.died.*ended unexpectedly.*SIGKILL/s);
      await runCells(faults, 1);
      assert.equal(success(faults.cellAt(1)), true, plainText(faults.cellAt(1)));
    });

    it('ends a kernel with its notebook alone', async () => {
      await eventually('both notebooks have a kernel', () => runningKernels().length === 2);
      await vscode.window.showNotebookDocument(faults);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await eventually('one kernel is left', () => runningKernels().length === 1);
      await runCells(sales, 3);
      assert.equal(success(sales.cellAt(3)), true);
    });
  }

  it('builds nothing in a notebook outside the pipeline', async () => {
    const uri = projectFile('notebooks/scratch.ratnb');
    const text =
      '-- ---\n-- ratatouille: 1\n-- pipeline: false\n-- ---\n\n-- %%\nCREATE TABLE gold.scratch AS SELECT 1 AS x;\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const scratch = await openNotebook(uri);
    await runCells(scratch, 0);
    await vscode.workspace.fs.delete(uri);
    assert.match(plainText(scratch.cellAt(0)), /not part of the pipeline/);
  });

  it('says what is missing outside a project', async () => {
    const uri = outsideFile('stray.ratnb');
    await vscode.workspace.fs.copy(projectFile('notebooks/faults.ratnb'), uri, { overwrite: true });
    const stray = await openNotebook(uri);
    await runCells(stray, 1);
    assert.match(plainText(stray.cellAt(1)), /project\.missing/);
  });
});
