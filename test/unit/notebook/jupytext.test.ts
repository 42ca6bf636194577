import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeLine } from '../../../src/notebook/marker.js';
import { type Cell, emptyNotebook } from '../../../src/notebook/notebook.js';
import { printNotebook } from '../../../src/notebook/print.js';
import { type JupytextCell, readWithJupytext } from '../../support/jupytext.js';
import { cell } from '../../support/notebookArbitraries.js';

/*
 * Jupytext reads our files as cells of the percent format. It differs, rightly for a language that is not
 * SQL, in what these patterns find in a line of the file; cells with such lines are left out.
 */
const readDifferently: readonly RegExp[] = [
  /^\s*--\s*(?:%%\s*$|%%+\s|<codecell>|In\[[0-9 ]*\]:?\s*$)/, // markers that are indented or far from `--`
  /'''|"""/, // Python's long strings, in which no marker is looked for
  /^(?:-- ?)? {0,3}(?:```|~~~)/, // fences of markdown, in which no marker is looked for
  /^\s*(?:-- ?)*%{1,3}[a-zA-Z]/, // magics, which lose a comment prefix
  /^(?:-- ?)+\+/, // markers of its light format, which lose one too
  /(?!\t)[\p{Cc}\u2028\u2029]/u, // what Python's splitlines takes for a line break
];
// Keys that mean something to Jupytext itself.
const ownKeys =
  /^(?:active|tags|run_control|language|cell_type|region_name|cell_depth|cell_marker|lines_to_.*)$/;

function isReadAlike({ kind, text, metadata }: Cell): boolean {
  const inFile = text.split('\n').map((line) => escapeLine(kind === 'code' ? line : `-- ${line}`));
  // Two blank lines at the end count as a gap, also when one of them has blanks in it.
  const endsBlank = text !== '' && /(?:^|\n)\s*$/.test(text);
  return (
    !endsBlank &&
    !inFile.some((line) => readDifferently.some((pattern) => pattern.test(line))) &&
    !Object.keys(metadata).some((key) => ownKeys.test(key))
  );
}

/** What Jupytext should read: it does not know our escape, so the backslash stays. */
function expected({ kind, text, title, metadata }: Cell): JupytextCell {
  const source = text
    .split('\n')
    .map((line) => (kind === 'code' ? escapeLine(line) : escapeLine(`-- ${line}`).slice(3)))
    .join('\n');
  return [kind, source, { ...(title === undefined ? {} : { title }), ...metadata }];
}

function withoutSpacing([type, source, metadata]: JupytextCell): JupytextCell {
  const { lines_to_next_cell: _, ...rest } = metadata;
  return [type, source, rest];
}

describe('Jupytext', () => {
  it('reads the same cells', function () {
    this.timeout(120_000);
    const count = process.env.RATATOUILLE_DEEP === '1' ? 5000 : 400;
    const seed = Math.floor(Math.random() * 2 ** 31);
    const notebooks = fc.sample(fc.array(cell.filter(isReadAlike), { maxLength: 5 }), {
      numRuns: count,
      seed,
    });
    const texts = notebooks.map((cells) => printNotebook(emptyNotebook(cells)));
    for (const [index, [header, ...cells]] of readWithJupytext(texts).entries()) {
      assert.deepEqual(header?.slice(0, 2), ['raw', '---\nratatouille: 1\n---']);
      assert.deepEqual(
        cells.map(withoutSpacing),
        notebooks[index]?.map(expected),
        `seed ${seed}:\n${texts[index]}`,
      );
    }
  });
});
