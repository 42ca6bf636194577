import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/extension/identifiers.js';
import { dataNodes } from '../../../src/extension/views/dataNodes.js';
import { readProject } from '../../../src/extension/views/readProject.js';
import { describeRowsApart } from '../../../src/extension/views/rowsApart.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { eventually, projectFile, readBytes } from './editor.js';

const notebook = projectFile('notebooks/quality.ratnb');
const written = [
  ['data/landing/bad/a.csv', 'id\n1\nx\n0\n'],
  [
    'contracts/bad.json',
    '{ "format": 1, "files": "bad/*.csv", "maxRejects": 1, "columns": [{ "name": "id", "type": "BIGINT" }] }',
  ],
  [
    'notebooks/quality.ratnb',
    `-- ---
-- ratatouille: 1
-- ---

-- %%
CREATE TABLE bronze.bad AS SELECT * FROM landing('bad/*.csv');

-- %%
-- @check: id > 0 | drop
CREATE TABLE silver.bad AS SELECT * FROM bronze.bad;
`,
  ],
] as const;

describe('data quality', () => {
  before(async () => {
    for (const [name, text] of written)
      await vscode.workspace.fs.writeFile(projectFile(name), new TextEncoder().encode(text));
    await vscode.commands.executeCommand(commandIds.runPipeline);
  });
  after(async () => {
    await vscode.workspace.fs.delete(notebook);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('has nodes for what was rejected and quarantined', async () => {
    const texts = (await apartNodes()).map(
      ({ table, apart }) => `${table.name}: ${describeRowsApart(apart)}`,
    );
    assert.deepEqual(texts, ['bronze.bad: 1 rejected', 'silver.bad: 1 in quarantine']);
  });

  it('opens those rows in a tab', async () => {
    for (const [at, label] of ['Rejected: bronze.bad', 'Quarantine: silver.bad'].entries()) {
      vscode.commands.executeCommand(commandIds.openFirstRows, (await apartNodes())[at]);
      await eventually('the rows are in front', () => tabLabel() === label, tabLabel);
    }
  });

  it('writes them as CSV', async () => {
    const [node] = await apartNodes();
    const file = projectFile('rejected.csv');
    await vscode.commands.executeCommand(commandIds.exportRows, node, file);
    const lines = (await readBytes(file)).toString('utf8').split('\n');
    assert.equal(lines.length, 3);
    assert.match(lines[1] ?? '', /,bad\/a\.csv,2,3,.*wrong-type/);
    await vscode.workspace.fs.delete(file);
  });

  it('is shown in a tab of its own, which stays', async () => {
    await vscode.commands.executeCommand(commandIds.showQuality);
    await eventually('the page is in front', () => tabLabel() === 'Data Quality', tabLabel);
    await vscode.commands.executeCommand(commandIds.showQuality);
    assert.equal(allTabs().filter((label) => label === 'Data Quality').length, 1);
  });
});

async function apartNodes() {
  const project = await readProject(projectFile('').fsPath, silentLogger);
  const tables = dataNodes(project, true).flatMap(({ children }) => children);
  return tables
    .flatMap(({ children }) => children)
    .flatMap((node) => (node.kind === 'apart' && node.table.name.endsWith('.bad') ? [node] : []));
}

function tabLabel(): string {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
}

function allTabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}
