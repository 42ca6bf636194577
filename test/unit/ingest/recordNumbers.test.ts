import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { quoteLiteral } from '../../../src/sql/names.js';
import { LandingFixture, useEngine } from './landingFixture.js';

const deep = process.env.RATATOUILLE_DEEP === '1';
/** The engine reads in buffers of 32 MiB. */
const bytes = deep ? 300 * 1024 * 1024 : 3 * 1024 * 1024;

/** Every record holds its own number; some span lines, some are very long. */
function record(number: number): string {
  if (number % 997 === 0) return `${number},"${'long, with ""quotes""\n'.repeat(deep ? 4000 : 100)}"\n`;
  if (number % 101 === 0) return `${number},"two\r\nlines, \n"\n`;
  if (number % 50 === 0) return `\n${number},5" nail\n`;
  return `${number},${'plain text '.repeat(number % 7)}\n`;
}

interface Form {
  readonly ending: string;
  readonly mark: string;
  readonly bytes: (text: string) => Buffer;
}

const utf8: Form = { ending: '.csv', mark: '', bytes: (text) => Buffer.from(text) };
const utf16: Form = { ending: '.csv', mark: '\ufeff', bytes: (text) => Buffer.from(text, 'utf16le') };
const gzip: Form = { ending: '.csv.gz', mark: '', bytes: (text) => gzipSync(text) };

describe('the numbers of records', function () {
  this.timeout(deep ? 600_000 : 20_000);
  const engine = useEngine();
  let fixture: LandingFixture;
  afterEach(() => fixture.remove());

  /** Writes records up to a size and gives their number. */
  function writeRecords(path: string, size: number, form: Form): number {
    const file = openSync(fixture.write(path, ''), 'w');
    let number = 0;
    let text = `${form.mark}number,text\n`;
    for (let written = 0; written < size; ) {
      while (text.length < 1 << 20) text += record(++number);
      written += writeSync(file, form.bytes(text));
      text = '';
    }
    closeSync(file);
    return number;
  }

  for (const [title, sizes, form] of [
    ['one large file', [bytes], utf8],
    ['files of many sizes', [bytes / 2, 1, bytes / 8, 1 << 21, bytes / 4], utf8],
    ['a UTF-16 file', [bytes / 2], utf16],
    ['a compressed file', [bytes / 20], gzip],
  ] as const) {
    it(`are those of ${title}`, async () => {
      fixture = new LandingFixture();
      const counts = sizes.map((size, index) => writeRecords(`t/${index}${form.ending}`, size, form));
      const source = await fixture.landing().open('t/*');
      const { rows } = await engine.session().rows(`
        SELECT _file, count(*), count(*) FILTER (number <> _row), max(_row)
        FROM read_parquet(${quoteLiteral(await stored(source.select))}) GROUP BY _file ORDER BY _file`);
      const files = await source.finish();
      assert.deepEqual(
        rows.map((row) => row.map(Number).slice(1)),
        counts.map((count) => [count, 0, count]),
      );
      assert.deepEqual(
        files.map(({ records }) => records),
        counts,
      );
    });
  }

  async function stored(select: string): Promise<string> {
    const directory = mkdtempSync(join(fixture.root, 'stored-'));
    return (await engine.session().writeParquet({ select, directory })).kept.path;
  }
});
