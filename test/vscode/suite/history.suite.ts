import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/extension/identifiers.js';
import type { DataTable } from '../../../src/extension/views/projectData.js';
import { readProject } from '../../../src/extension/views/readProject.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { projectFile } from './editor.js';

const file = projectFile('notebooks/history.ratnb');

describe('versions of a table', () => {
  before(async () => {
    for (const n of [1, 2]) await build(`CREATE TABLE gold.kept AS SELECT ${n} AS n;`);
  });
  after(() => vscode.workspace.fs.delete(file));

  it('brings an earlier one back', async () => {
    const before = await table('gold.kept');
    assert.deepEqual([before?.state, before?.hasEarlier], ['fresh', true]);
    const restoring = vscode.commands.executeCommand(commandIds.restore, { kind: 'table', table: before });
    await acceptFirst(restoring);
    assert.match((await table('gold.kept'))?.reason ?? '', /^its SQL differs from that of run \d+$/);
  });

  it('go on under a new name', async () => {
    await write('CREATE TABLE gold.renamed AS SELECT 1 AS n;');
    const found = await table('gold.renamed');
    assert.deepEqual(found?.renaming, { from: 'gold.kept', to: 'gold.renamed' });
    await vscode.commands.executeCommand(commandIds.keepVersions, { kind: 'table', table: found });
    assert.equal(await table('gold.kept'), undefined);
    const renamed = await table('gold.renamed');
    assert.deepEqual([renamed?.state, renamed?.hasEarlier], ['fresh', true]);
  });
});

async function build(sql: string): Promise<void> {
  await write(sql);
  await vscode.commands.executeCommand(commandIds.runPipeline);
}

async function write(sql: string): Promise<void> {
  const text = `-- ---\n-- ratatouille: 1\n-- ---\n\n-- %%\n${sql}\n`;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

async function table(name: string): Promise<DataTable | undefined> {
  const { tables } = await readProject(projectFile('').fsPath, silentLogger);
  return tables.find((each) => each.name === name);
}

/** Takes what a list offers first, once the list is there, which nothing announces. */
async function acceptFirst(work: Thenable<unknown>): Promise<void> {
  let isDone = false;
  const done = Promise.resolve(work).finally(() => {
    isDone = true;
  });
  for (let attempt = 0; attempt < 300 && !isDone; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  await done;
}
