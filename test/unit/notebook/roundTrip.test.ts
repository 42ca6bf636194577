import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNotebook, writeNotebook } from '../../../src/notebook/bytes.js';
import { emptyNotebook, type Notebook } from '../../../src/notebook/notebook.js';
import { parseNotebook } from '../../../src/notebook/parse.js';
import { printNotebook } from '../../../src/notebook/print.js';
import { cells, runs } from '../../support/notebookArbitraries.js';

const header = fc.record(
  {
    raw: fc.constantFrom(
      '-- ---\n-- ratatouille: 1\n-- ---',
      '-- ---\n-- ratatouille: 1\n-- pipeline: true\n--\n-- jupyter:\n--   a: "%%"\n-- ---',
    ),
    format: fc.constant(1 as const),
    pipeline: fc.constant(true),
    lineEnding: fc.constantFrom('\n' as const, '\r\n' as const),
    byteOrderMark: fc.boolean(),
  },
  { noNullPrototype: true },
);
const notebook: fc.Arbitrary<Notebook> = fc.record({ header, cells }, { noNullPrototype: true });

function reparsed(text: string): Notebook {
  const { notebook: parsed, problems } = parseNotebook(text);
  assert.deepEqual(problems, []);
  return parsed!;
}

describe('the notebook file', () => {
  it('gives the printed cells back', () => {
    fc.assert(
      fc.property(notebook, (original) => assert.deepEqual(reparsed(printNotebook(original)), original)),
      runs(500, 30_000),
    );
  });

  it('is printed again byte for byte', () => {
    fc.assert(
      fc.property(notebook, (original) => {
        const bytes = writeNotebook(original);
        assert.deepEqual(writeNotebook(readNotebook(bytes).notebook!), bytes);
      }),
      runs(200, 10_000),
    );
  });

  it('settles after one printing, whoever wrote it', () => {
    const line = fc.constantFrom(
      '-- %%',
      '-- %% [markdown]',
      '--%% a={"b":1}',
      '-- \\%%',
      '-- text',
      '',
      'SELECT 1',
      '--',
      '-- %% a [x]  b',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), (lines, lineBreak, hasEnd) => {
        const head = ['-- ---', '-- ratatouille: 1', '-- ---', '-- %% [markdown]'];
        const text = [...head, ...lines].join(lineBreak) + (hasEnd ? lineBreak : '');
        const { notebook: parsed, problems } = parseNotebook(text);
        if (parsed === undefined) return assert.equal(problems[0]?.code, 'notebook.unreadable');
        const printed = printNotebook(parsed);
        assert.deepEqual(reparsed(printed), parsed);
        assert.equal(printNotebook(reparsed(printed)), printed);
      }),
      runs(500, 30_000),
    );
  });

  it('prints line breaks of all kinds as its own', () => {
    const text = printNotebook(emptyNotebook([{ kind: 'code', text: 'a\r\nb\rc\n\n', metadata: {} }]));
    assert.equal(text, '-- ---\n-- ratatouille: 1\n-- ---\n\n-- %%\na\nb\nc\n');
  });
});
