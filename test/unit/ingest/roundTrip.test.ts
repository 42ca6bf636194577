import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { LandingFixture, readLanding, useEngine } from './landingFixture.js';

const deep = process.env.RATATOUILLE_DEEP === '1';

const value = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'é', '€', '0', ' ', ',', ';', '|', '\t', '"', "'", '\n', '\r\n', '\\'),
    maxLength: 6,
  }),
  fc.string({ unit: 'grapheme', maxLength: 4 }).filter((text) => !/[\0\u{10000}-\u{10ffff}]/u.test(text)),
);

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  quote: fc.constantFrom('"', "'"),
  backslash: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  lastLineEnd: fc.boolean(),
  quoteAll: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-16'),
  mark: fc.boolean(),
  gzip: fc.boolean(),
});

type PrintedDialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never;
type Table = readonly (readonly string[])[];

const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
  );

function print(rows: Table, form: PrintedDialect): Buffer {
  const lines = rows.map((row) => row.map((text) => printValue(text, form)).join(form.delimiter));
  const text = lines.join(form.lineEnd) + (form.lastLineEnd ? form.lineEnd : '');
  const bytes = Buffer.from(
    form.mark || form.encoding === 'utf-16' ? `\ufeff${text}` : text,
    form.encoding === 'utf-16' ? 'utf16le' : 'utf8',
  );
  return form.gzip ? gzipSync(bytes) : bytes;
}

function printValue(text: string, { quote, backslash, quoteAll, delimiter }: PrintedDialect): string {
  const plain = !text.includes(quote) && !text.includes(delimiter) && !/[\r\n]|^\s|^$/.test(text);
  if (plain && !quoteAll) return text;
  const escaped = backslash
    ? text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
    : text.replaceAll(quote, quote + quote);
  return quote + escaped + quote;
}

describe('tables printed as CSV', function () {
  this.timeout(deep ? 600_000 : 60_000);
  const engine = useEngine();

  it('are read back in every dialect', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(table, { minLength: 1, maxLength: 3 }), dialect, async (tables, form) => {
        const width = Math.min(...tables.map((rows) => rows[0]?.length ?? 1));
        const cut = tables.map((rows) => rows.map((row) => row.slice(0, width)));
        await assertReadBack(cut, form, width);
      }),
      { numRuns: deep ? 3000 : 60 },
    );
  });

  async function assertReadBack(
    tables: readonly Table[],
    form: PrintedDialect,
    width: number,
  ): Promise<void> {
    const names = Array.from({ length: width }, (_, index) => `column ${index}`);
    const ending = form.gzip ? '.csv.gz' : '.csv';
    const fixture = new LandingFixture(
      Object.fromEntries(tables.map((rows, index) => [`${index}${ending}`, print([names, ...rows], form)])),
    );
    try {
      fixture.writeContract('all.json', {
        format: 1,
        files: '*',
        encoding: form.encoding,
        delimiter: form.delimiter,
        quote: form.quote,
        escape: form.backslash ? '\\' : form.quote,
        columns: names.map((name) => ({ name, type: 'VARCHAR' })),
      });
      const { rows, files } = await readLanding(fixture.landing(), '*', engine.session());
      const expected = tables.flatMap((table, index) =>
        table.map((row, at) => [...row.map((text) => text || null), `${index}${ending}`, String(at + 1)]),
      );
      assert.deepEqual([...rows].sort(byPlace), expected);
      assert.deepEqual(
        files.map(({ records }) => records),
        tables.map((table) => table.length),
      );
    } finally {
      fixture.remove();
    }
  }
});

const byPlace = (a: readonly (string | null)[], b: readonly (string | null)[]) =>
  String(a.at(-2)) < String(b.at(-2))
    ? -1
    : String(a.at(-2)) > String(b.at(-2))
      ? 1
      : Number(a.at(-1)) - Number(b.at(-1));
