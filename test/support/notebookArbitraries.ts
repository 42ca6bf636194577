import fc from 'fast-check';
import type { Cell } from '../../src/notebook/notebook.js';
import type { Json } from '../../src/protocol/json.js';

/** Lines that come near to everything that means something in the file. */
const trickyLine = fc.oneof(
  fc.string({ unit: fc.constantFrom('-', '%', '\\', ' ', '[', 'm', '=', '"', "'", '{', 'é', '😀') }),
  fc
    .tuple(
      fc.constantFrom('--', '-- ', '--  ', ' -- ', '', '--\t'),
      fc.constantFrom('', '\\', '\\\\'),
      fc.constantFrom('%%', '%', '%%%%', '---'),
    )
    .chain(([comment, slashes, marker]) =>
      fc
        .constantFrom('', ' x', 'x', ' [markdown]', ' a={"b": 1}')
        .map((rest) => comment + slashes + marker + rest),
    ),
);
const plainLine = fc.constantFrom(
  'SELECT 1',
  '-- @check: a > 0 | drop',
  "  FROM x WHERE y = 'z;'",
  '',
  '# Title',
  '- item',
  'ratatouille: 1',
);

/** Cell texts as the format takes them: `\n` alone breaks lines, none of them at the end, no lone surrogates. */
export const cellText: fc.Arbitrary<string> = fc
  .array(fc.oneof(trickyLine, plainLine, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })))
  .map((lines) =>
    lines
      .join('\n')
      .replace(/[\r\0]/g, '')
      .replace(/\n+$/, ''),
  );

const metadataValue = fc
  .jsonValue({ maxDepth: 2, stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/).filter((text) => text !== 'title');
const title = fc.oneof(
  fc.constantFrom(
    'Load the sales',
    'a=b',
    '%% x',
    '[markdown]',
    '.x',
    'two  blanks',
    'title="x"',
    '{',
    'é – 😀',
    ' x',
    'a\nb',
  ),
  fc.string({ minLength: 1, unit: 'grapheme' }),
);

/** Any cell that a notebook can have. */
export const cell: fc.Arbitrary<Cell> = fc
  .record(
    {
      kind: fc.constantFrom('code' as const, 'markdown' as const),
      text: cellText,
      title: fc.option(title, { nil: undefined }),
      metadata: fc.dictionary(key, metadataValue, { maxKeys: 3, noNullPrototype: true }),
    },
    { noNullPrototype: true },
  )
  .map(({ title: maybeTitle, ...rest }) =>
    maybeTitle === undefined ? rest : { ...rest, title: maybeTitle },
  );

export const cells: fc.Arbitrary<readonly Cell[]> = fc.array(cell, { maxLength: 6 });

/** Property runs in an ordinary and in a deep test run. */
export function runs(ordinary: number, deep: number): { numRuns: number } {
  return { numRuns: process.env.RATATOUILLE_DEEP === '1' ? deep : ordinary };
}
