import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendCell } from '../../../src/notebook/append.js';
import { emptyNotebook } from '../../../src/notebook/notebook.js';
import { parseNotebook } from '../../../src/notebook/parse.js';
import { printNotebook } from '../../../src/notebook/print.js';
import { cells } from '../../support/notebookArbitraries.js';

const cell = { kind: 'code', text: 'SELECT 1', metadata: {} } as const;

function append(text: string): string {
  const { notebook } = parseNotebook(text);
  assert(notebook !== undefined);
  return appendCell(text, notebook, cell);
}

describe('a cell at the end of a notebook', () => {
  it('is what printing the longer notebook gives', () => {
    fc.assert(
      fc.property(cells, (before) => {
        const longer = printNotebook(emptyNotebook([...before, cell]));
        assert.equal(append(printNotebook(emptyNotebook(before))), longer);
      }),
    );
  });

  for (const [what, text] of [
    ['without a last line break', '-- ---\n-- ratatouille: 1\n-- ---\n-- %%\nSELECT 0'],
    [
      'with blanks that the printer leaves out',
      '-- ---\n-- ratatouille: 1\n-- ---\n\n\n\n-- %%\n\nSELECT 0\n\n\n',
    ],
    ['with lines of Windows', '-- ---\r\n-- ratatouille: 1\r\n-- ---\r\n\r\n-- %%\r\nSELECT 0\r\n'],
  ] as const) {
    it(`keeps every byte of a file ${what}`, () => {
      const longer = append(text);
      assert(longer.startsWith(text));
      assert.equal(parseNotebook(longer).notebook?.cells.at(-1)?.text, 'SELECT 1');
      assert.equal(longer.includes('\r\n'), text.includes('\r\n'));
    });
  }

  it('makes a notebook of an empty file', () => {
    assert.equal(append(''), '-- ---\n-- ratatouille: 1\n-- ---\n\n-- %%\nSELECT 1\n');
  });
});
