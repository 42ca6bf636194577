import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitWidths, layOutGrid } from '../../../../src/cli/print/grid.js';
import { formatResultTable } from '../../../../src/cli/print/resultTable.js';
import { cut, displayWidth, pad } from '../../../../src/cli/print/width.js';
import { plainStyle } from '../../../../src/cli/style.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 30 });

describe('a grid', () => {
  it('aligns by what a terminal shows', () => {
    const rows = [
      ['日本', '1'],
      ['🍅 é', '10'],
      ['abc', '100'],
    ];
    const { text } = layOutGrid([{ title: 'name' }, { title: 'n', align: 'right' }], rows, plainStyle);
    assert.equal(text, 'name    n\n────  ───\n日本    1\n🍅 é   10\nabc   100');
  });

  it('lets a later cell overflow where nothing is cut', () => {
    const columns = [{ title: 'a' }, { title: 'b' }];
    assert.equal(layOutGrid(columns, [['x', 'y']], plainStyle).line(['later', 'z']), 'later  z');
    assert.equal(layOutGrid(columns, [['x', 'y']], { ...plainStyle, width: 9 }).line(['later', 'z']), '…  z');
  });

  it('never makes a line wider than the terminal', () => {
    const grids = fc.record({
      width: fc.integer({ min: 8, max: 120 }),
      titles: fc.array(anyText, { minLength: 1, maxLength: 8 }),
      row: fc.array(anyText, { minLength: 8, maxLength: 8 }),
    });
    fc.assert(
      fc.property(grids, ({ width, titles, row }) => {
        const columns = titles.map((title) => ({ title }));
        const { text } = layOutGrid(columns, [row], { ...plainStyle, width });
        for (const line of text.split('\n')) assert.ok(displayWidth(line) <= width, `${line} at ${width}`);
      }),
    );
  });

  for (const [natural, room, expected] of [
    [[5, 50, 50], undefined, [5, 50, 50]],
    [[5, 50, 50], 69, [5, 30, 30]],
    [[5, 10, 50], 79, [5, 10, 50]],
    [[20, 20, 20, 20], 28, [8, 8, 8]],
    [[200], 10, [10]],
  ] as const) {
    it(`fits [${natural}] into ${room ?? 'any width'}`, () => {
      assert.deepEqual(fitWidths(natural, room), expected);
    });
  }

  it('tells how many columns found room', () => {
    const columns = ['a', 'b', 'c'].map((name) => ({ name, type: 'VARCHAR' }));
    const row = ['x'.repeat(20), 'y'.repeat(20), 'z'.repeat(20)];
    const { text, shownColumns } = formatResultTable(columns, [row], { ...plainStyle, width: 20 });
    assert.equal(shownColumns, 2);
    assert.match(text, /^x{8}… {2}y{8}…$/m);
  });
});

describe('a width', () => {
  it('is what cut and pad together give', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, width) => {
        assert.equal(displayWidth(pad(cut(text, width, '…'), width)), width);
      }),
    );
  });

  it('keeps whole characters when it cuts', () => {
    assert.equal(cut('日本語', 4, '…'), '日…');
    assert.equal(cut('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 5, '…'), '👨‍👩‍👧👨‍👩‍👧…');
  });
});
