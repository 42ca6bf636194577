import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowsNotebook } from '../support/project.js';
import { openNotebook, projectFile, readBytes, typeAtStart } from './editor.js';

describe('notebook files', () => {
  it('opens as cells of their kinds', async () => {
    const notebook = await openNotebook(projectFile('notebooks/sales.ratnb'));
    assert.deepEqual(
      notebook.getCells().map(({ document }) => document.languageId),
      ['markdown', 'ratatouille-sql', 'ratatouille-sql', 'ratatouille-sql'],
    );
    assert.match(notebook.cellAt(0).document.getText(), /^# Sales\n\nFrom the till/);
  });

  it('saves an edit and no other byte', async () => {
    const uri = projectFile('notes/windows.ratnb');
    const notebook = await openNotebook(uri);
    await typeAtStart(notebook.cellAt(3), '-- new\n');
    await notebook.save();
    const expected = windowsNotebook.replace('SELECT store', '-- new\r\nSELECT store');
    assert.equal((await readBytes(uri)).toString('utf8'), expected);
  });

  it('keeps an unreadable file as it is', async () => {
    const uri = projectFile('notes/broken.ratnb');
    const before = await readBytes(uri);
    await assert.rejects(async () => vscode.workspace.openNotebookDocument(uri), /line 2/);
    assert.deepEqual(await readBytes(uri), before);
  });
});
