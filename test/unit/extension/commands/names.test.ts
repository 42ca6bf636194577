import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseNotebook } from '../../../../src/extension/commands/chooseNotebook.js';
import { folderName } from '../../../../src/extension/commands/folderName.js';

describe('a folder’s name', () => {
  for (const [typed, name] of [
    ['Sales 2026!', 'sales-2026'],
    ['Café  Zürich', 'cafe-zurich'],
    ['東京', '東京'],
    ['../..', ''],
  ] as const) {
    it(`of “${typed}” is “${name}”`, () => assert.equal(folderName(typed), name));
  }

  it('never leaves its folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => !/[\\/:*?"<>|.\s\0]/.test(folderName(typed))),
    );
  });
});

describe('the notebook for a new file', () => {
  for (const [title, active, chosen] of [
    ['is the one in front', '/p/notebooks/mine.ratnb', 'notebooks/mine.ratnb'],
    ['is never the guide', '/p/notebooks/01_getting_started.ratnb', 'notebooks/02_your_data.ratnb'],
    ['is none outside the pipeline', '/p/notes/mine.ratnb', 'notebooks/02_your_data.ratnb'],
    ['is none of another project', '/q/notebooks/mine.ratnb', 'notebooks/02_your_data.ratnb'],
    ['waits when none is open', undefined, 'notebooks/02_your_data.ratnb'],
  ] as const) {
    it(title, () => assert.equal(chooseNotebook('/p', active), chosen));
  }
});
