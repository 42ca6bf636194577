import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ModelBlock } from '../../../src/protocol/result.js';
import { blocks, openNotebook, plainText, projectFile, runCells, success } from './editor.js';

describe('what cells show', () => {
  let shop: vscode.NotebookDocument;

  before(async () => {
    shop = await openNotebook(projectFile('notebooks/outputs.ratnb'));
    await runCells(shop, 0, 2);
  });

  const modelOf = (cell: vscode.NotebookCell): ModelBlock => {
    const model = blocks(cell).find((block) => block.kind === 'model');
    assert(model !== undefined, plainText(cell));
    return model;
  };

  it('counts a model’s rows in, out and dropped', () => {
    const { rowsIn, rows, dropped, path } = modelOf(shop.cellAt(1));
    assert.deepEqual([rowsIn, rows, dropped, path], [3, 2, 1, 'data/silver/visits.parquet']);
    assert.match(plainText(shop.cellAt(1)), /Silver: cleaned.*3 in = 2 out \+ 1 quarantined.*1 row dropped/s);
  });

  it('shows a result for each statement', async () => {
    await runCells(shop, 2);
    const shown = blocks(shop.cellAt(2));
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['table', 'done', 'table'],
    );
  });

  it('sends what a chart is drawn from', async () => {
    await runCells(shop, 3);
    const [chart, table] = blocks(shop.cellAt(3));
    assert(chart?.kind === 'chart' && table?.kind === 'table', plainText(shop.cellAt(3)));
    assert.deepEqual(chart.chart, { mark: 'bar', x: 'store', y: 'n' });
    assert.match(plainText(shop.cellAt(3)), /^A bar chart of n by store\n/);
  });

  it('warns of a chart without its column', async () => {
    await runCells(shop, 4);
    assert.equal(success(shop.cellAt(4)), true);
    assert.match(plainText(shop.cellAt(4)), /chart\.settings.*Did you mean store\?/s);
  });

  it('names what is stale upstream', async () => {
    await replaceText(shop.cellAt(0), "'Metz', 5", "'Metz', 6");
    await runCells(shop, 1);
    const [warning] = modelOf(shop.cellAt(1)).warnings;
    assert.equal(warning?.message, 'bronze.visits is stale: its SQL changed.');
  });
});

async function replaceText(cell: vscode.NotebookCell, old: string, text: string): Promise<void> {
  const start = cell.document.getText().indexOf(old);
  const range = new vscode.Range(
    cell.document.positionAt(start),
    cell.document.positionAt(start + old.length),
  );
  const edit = new vscode.WorkspaceEdit();
  edit.replace(cell.document.uri, range, text);
  await vscode.workspace.applyEdit(edit);
}
