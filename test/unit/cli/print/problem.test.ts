import assert from 'node:assert/strict';
import { formatProblem } from '../../../../src/cli/print/problem.js';
import { visibleText } from '../../../../src/cli/print/visibleText.js';
import { plainStyle, styleOf } from '../../../../src/cli/style.js';
import { type Place, problem, warning } from '../../../../src/protocol/problem.js';

describe('a problem on the terminal', () => {
  it('has its place, its line, the token and what to try', () => {
    const place = { notebook: 'notebooks/a.ratnb', cell: 3, line: 2, column: 15 };
    const more = { place, hint: 'Did you mean silver.sales?', cause: 'Catalog Error' };
    const text = format(
      problem('graph.unknown-table', 'There is no silver.sale.', more),
      'SELECT * FROM silver.sale s',
    );
    assert.equal(
      text,
      `error graph.unknown-table: There is no silver.sale.
  notebooks/a.ratnb, cell 3, line 2, column 15
  2 │ SELECT * FROM silver.sale s
    │               ^^^^^^^^^^^
  cause: Catalog Error
  try: Did you mean silver.sales?`,
    );
  });

  it('is its first line alone when it has no more', () => {
    assert.equal(format(warning('check.warned', 'Two rows.')), 'warning check.warned: Two rows.');
  });

  for (const [what, place, line, marked] of [
    ['up to its end', { line: 1, column: 3, endColumn: 5 }, 'abcdef', '  ^^'],
    [
      'to the end of the line when it goes on',
      { line: 1, column: 3, endLine: 2, endColumn: 1 },
      'abcdef',
      '  ^^^^',
    ],
    ['one column past the end', { line: 1, column: 7 }, 'abcdef', '      ^'],
    ['a sign', { line: 1, column: 2 }, 'a,b', ' ^'],
    ['after wide characters', { line: 1, column: 3 }, '日本x', '    ^'],
  ] as const) {
    it(`marks ${what}`, () => assert.equal(caretLine(place, line), marked));
  }

  it('shows the part of a long line that matters', () => {
    const line = `${'a, '.repeat(200)}wrong${', b'.repeat(200)}`;
    const [, , source = '', caret = ''] = format(
      problem('sql.syntax', 'No.', { place: { line: 1, column: 601 } }),
      line,
    ).split('\n');
    assert.ok(source.length <= 120, source);
    assert.equal(source.slice(caret.indexOf('^'), caret.length), 'wrong');
  });

  it('has colours where they are wanted', () => {
    const style = styleOf(process.stdout, { env: { FORCE_COLOR: '1' }, platform: 'linux' });
    assert.ok(formatProblem({ problem: problem('internal', 'No.') }, style).includes('\u001b[31m'));
  });

  it('does nothing to the terminal that data asks for', () => {
    assert.equal(visibleText('a\u001b[2Jb\nc\u202ed\te', plainStyle.symbols), 'a\\u001b[2Jb↵c\\u202ed e');
  });
});

describe('the style of a stream', () => {
  const terminal = { isTTY: true, columns: 100 } as unknown as NodeJS.WriteStream;
  const file = {} as NodeJS.WriteStream;
  for (const [what, stream, env, colours] of [
    ['a terminal', terminal, {}, true],
    ['a file', file, {}, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
    ['FORCE_COLOR in a file', file, { FORCE_COLOR: '' }, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
    ['FORCE_COLOR over NO_COLOR', file, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ] as const) {
    it(`has ${colours ? '' : 'no '}colours for ${what}`, () => {
      const { level } = styleOf(stream, { env, platform: 'linux' }).colours;
      assert.equal(level > 0, colours);
    });
  }

  for (const [what, stream, env, platform, bar] of [
    ['a terminal', terminal, {}, 'linux', '█'],
    ['the locale C', terminal, { LANG: 'C' }, 'linux', '#'],
    ['a UTF-8 locale over C', terminal, { LC_ALL: 'en_US.UTF-8', LANG: 'C' }, 'linux', '█'],
    ['the Linux console', terminal, { TERM: 'linux' }, 'linux', '#'],
    ['the old Windows console', terminal, {}, 'win32', '#'],
    ['Windows Terminal', terminal, { WT_SESSION: 'x' }, 'win32', '█'],
    ['a file', file, { LANG: 'C' }, 'linux', '█'],
  ] as const) {
    it(`draws with ${bar} on ${what}`, () => {
      assert.equal(styleOf(stream, { env, platform }).symbols.bar, bar);
    });
  }
});

function format(given: ReturnType<typeof problem>, sourceLine?: string): string {
  return formatProblem({ problem: given, ...(sourceLine !== undefined && { sourceLine }) }, plainStyle);
}

function caretLine(place: Place, sourceLine: string): string | undefined {
  return format(problem('sql.syntax', 'No.', { place }), sourceLine)
    .split('\n')
    .at(-1)
    ?.slice('    │ '.length);
}
