import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ProblemError } from '../../../src/protocol/problem.js';
import { LandingFixture, readApart, readLanding, useEngine } from './landingFixture.js';

const deep = process.env.RATATOUILLE_DEEP === '1';

/** Values that fit a type, one after the other, and how the engine prints them. */
const fitting = {
  VARCHAR: fc
    .string({
      unit: fc.constantFrom('a', 'é', '0', ' ', ',', ';', '|', '"', "'", '\n', '\r\n', '\\'),
      maxLength: 5,
    })
    .map((text) => [text, text === '' ? null : text] as const),
  BIGINT: fc.integer().map((n) => [String(n), String(n)] as const),
  BOOLEAN: fc.constantFrom(['true', 'true'] as const, ['F', 'false'] as const),
  DATE: fc.constantFrom(['2024-02-29', '2024-02-29'] as const, ['', null] as const),
  'DECIMAL(8,2)': fc.constantFrom(['1.5', '1.50'] as const, ['-.25', '-0.25'] as const),
};
type Type = keyof typeof fitting;

const dirt = fc.constantFrom('few', 'many', 'empty field', 'quote', 'reopened', 'type', 'all types');

interface Row {
  readonly values: readonly (readonly [string, string | null])[];
  readonly dirt: string | undefined;
  readonly blankBefore: boolean;
}

const table = fc
  .array(fc.constantFrom<Type>('VARCHAR', 'BIGINT', 'BOOLEAN', 'DATE', 'DECIMAL(8,2)'), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((types) =>
    fc.record({
      types: fc.constant(types),
      files: fc.array(
        fc.array(
          fc.record({
            values: fc.tuple(...types.map((type) => fitting[type])),
            dirt: fc.option(dirt, { nil: undefined, freq: 2 }),
            blankBefore: fc.nat(5).map((n) => n === 0),
          }),
          { maxLength: 14 },
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  );

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '7'),
  quote: fc.constantFrom('"', "'"),
  backslash: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  lastLineEnd: fc.boolean(),
  quoteAll: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-16', 'latin-1'),
  mark: fc.boolean(),
  gzip: fc.boolean(),
});
type Form = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

/** A record as text, and what is wrong with it: `column reason`. */
function print(
  { values, dirt: kind }: Row,
  types: readonly Type[],
  form: Form,
): readonly [string, readonly string[]] {
  const fields = values.map(([text]) => printValue(text, form));
  const typed = types.flatMap((type, index) => (type === 'VARCHAR' ? [] : [index]));
  const { quote, delimiter } = form;
  const join = (all: readonly string[]) => all.join(delimiter);
  switch (kind) {
    case 'few':
      if (types.length < 2) break;
      return [join(fields.slice(1)), [' too-few-fields']];
    case 'many':
      return [join([...fields, 'more']), [' too-many-fields']];
    case 'empty field':
      return [join([...fields, '']), [' too-many-fields']];
    case 'quote':
      return [join([`${quote}a${quote}x`, ...fields.slice(1)]), [' bad-quote']];
    case 'reopened':
      return [join([`${quote}a${quote} ${quote}b${quote}`, ...fields.slice(1)]), [' bad-quote']];
    case 'type':
    case 'all types': {
      const spoilt = kind === 'type' ? typed.slice(0, 1) : typed;
      const text = join(fields.map((field, index) => (spoilt.includes(index) ? 'no!' : field)));
      return [text, spoilt.map((index) => `c${index} wrong-type`)];
    }
    default:
  }
  return [join(fields), []];
}

function printValue(text: string, { quote, backslash, quoteAll, delimiter }: Form): string {
  const plain = !text.includes(quote) && !text.includes(delimiter) && !/[\r\n]|^\s|^$/.test(text);
  if (plain && !quoteAll) return text;
  const escaped = backslash
    ? text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
    : text.replaceAll(quote, quote + quote);
  return quote + escaped + quote;
}

function encode(text: string, form: Form): Buffer {
  const encodings = { 'utf-8': 'utf8', 'utf-16': 'utf16le', 'latin-1': 'latin1' } as const;
  const mark = form.encoding === 'utf-16' || (form.encoding === 'utf-8' && form.mark) ? '\ufeff' : '';
  return Buffer.from(mark + text, encodings[form.encoding as keyof typeof encodings]);
}

/** A file, and what has to come of it. */
function printFile(name: string, rows: readonly Row[], types: readonly Type[], form: Form) {
  let text = types.map((_, index) => `c${index}`).join(form.delimiter);
  const kept: (string | null)[][] = [];
  const rejected: (string | null)[][] = [];
  for (const [index, row] of rows.entries()) {
    text += form.lineEnd + (row.blankBefore && types.length > 1 ? form.lineEnd : '');
    const [record, faults] = print(row, types, form);
    const line = String(text.split('\n').length);
    const place = [name, String(index + 1), line, String(encode(text, form).length)];
    for (const fault of faults)
      rejected.push([...place, ...fault.split(' ').map((word) => word || null), record]);
    if (faults.length === 0) kept.push([...row.values.map(([, value]) => value), name, String(index + 1)]);
    text += record;
  }
  const bytes = encode(text + (form.lastLineEnd ? form.lineEnd : ''), form);
  return { bytes: form.gzip ? gzipSync(bytes) : bytes, kept, rejected, records: rows.length };
}

describe('records that do not fit', function () {
  this.timeout(deep ? 1_200_000 : 60_000);
  const engine = useEngine();

  it('are rejected, and no other, wherever they stand', async () => {
    let rejects = 0;
    await fc.assert(
      fc.asyncProperty(table, dialect, async ({ types, files }, form) => {
        rejects += await assertSetApart(types, files, form);
      }),
      { numRuns: deep ? 4000 : 25 },
    );
    assert.ok(rejects > 20, `only ${rejects} records were rejected`);
  });

  it('are found in any text, or the file is refused', async () => {
    const line = fc.string({
      unit: fc.constantFrom('a', '1', ',', ',', '"', ' ', '\\', '\n'),
      maxLength: 14,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('"', '\\'),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('\n', '\r\n'),
        assertFoundOrRefused,
      ),
      { numRuns: deep ? 3000 : 25 },
    );
  });

  /** Strict reading and reading apart agree: both refuse, or both give the same rows, or what only one gives is told. */
  async function assertFoundOrRefused(
    lines: readonly string[],
    escapes: string,
    width: number,
    lineEnd: string,
  ): Promise<void> {
    const columns = Array.from({ length: width }, (_, index) => ({ name: `c${index}`, type: 'VARCHAR' }));
    const text = [columns.map(({ name }) => name).join(','), ...lines, ''].join('\n');
    const fixture = new LandingFixture({ 'a.csv': text.replaceAll('\n', lineEnd) });
    try {
      fixture.writeContract('a.json', {
        format: 1,
        files: 'a.csv',
        escape: escapes,
        maxRejects: 99,
        columns,
      });
      const strict = await orProblem(readLanding(fixture.landing(), 'a.csv', engine.session()));
      const apart = await orProblem(readApart(fixture.landing(), 'a.csv', engine.session()));
      if (apart instanceof ProblemError) {
        assert.doesNotMatch(apart.message, /do not agree/);
        assert.ok(strict instanceof ProblemError, apart.message);
        return;
      }
      const [{ records = 0, rejected = 0 } = {}] = apart.files;
      assert.equal(apart.rows.length + rejected, records);
      if (strict instanceof ProblemError) assert.ok(rejected > 0, strict.message);
      else assert.deepEqual([apart.rows, rejected], [strict.rows, 0]);
    } finally {
      fixture.remove();
    }
  }

  it('may be longer than any record that is read', async () => {
    const long = 'x'.repeat(16 * 1024 * 1024);
    const fixture = new LandingFixture({ 'a.csv': `a,b\n1,x\n2,${long}\n3,"${long.slice(20)}"\n` });
    try {
      const columns = ['a', 'b'].map((name) => ({ name, type: 'VARCHAR' }));
      fixture.writeContract('a.json', { format: 1, files: 'a.csv', maxRejects: 1, columns });
      const { rows, rejects } = await readApart(fixture.landing(), 'a.csv', engine.session());
      assert.deepEqual(
        rows.map(([a, b]) => [a, b?.length]),
        [
          ['1', 1],
          ['3', long.length - 20],
        ],
      );
      assert.deepEqual(
        rejects.map((each) => [...each.slice(2, 8), each[9]?.length, each[10]]),
        [
          [
            '2',
            '3',
            '8',
            null,
            'too-long',
            '16777219 bytes, more than the 16 MiB that are read',
            2000,
            'true',
          ],
        ],
      );
    } finally {
      fixture.remove();
    }
  });

  it('are not numbered by texts that mean no value', async () => {
    const fixture = new LandingFixture({ 'a.csv': `a,b\n${'1,2\n'.repeat(12)}3\n0,1\n` });
    try {
      const columns = ['a', 'b'].map((name) => ({ name, type: 'BIGINT' }));
      const nullStrings = ['', ...Array.from({ length: 14 }, (_, n) => String(n)), '00000000000000013'];
      fixture.writeContract('a.json', { format: 1, files: 'a.csv', maxRejects: 1, nullStrings, columns });
      const { rows } = await readApart(fixture.landing(), 'a.csv', engine.session());
      assert.deepEqual(
        rows.map((row) => row[3]),
        [...Array.from({ length: 12 }, (_, n) => String(n + 1)), '14'],
      );
    } finally {
      fixture.remove();
    }
  });

  async function assertSetApart(
    types: readonly Type[],
    tables: readonly (readonly Row[])[],
    form: Form,
  ): Promise<number> {
    const ending = form.gzip ? '.csv.gz' : '.csv';
    const printed = tables.map((rows, index) => printFile(`${index}${ending}`, rows, types, form));
    const fixture = new LandingFixture(
      Object.fromEntries(printed.map(({ bytes }, index) => [`${index}${ending}`, bytes])),
    );
    try {
      fixture.writeContract('all.json', {
        format: 1,
        files: '*',
        encoding: form.encoding,
        delimiter: form.delimiter,
        quote: form.quote,
        escape: form.backslash ? '\\' : form.quote,
        maxRejects: 1000,
        columns: types.map((type, index) => ({ name: `c${index}`, type })),
      });
      const { rows, rejects, files } = await readApart(fixture.landing(), '*', engine.session());
      assert.deepEqual(
        rows,
        printed.flatMap(({ kept }) => kept),
      );
      // run, _file, _row, line, byte_offset, column_name, reason, explanation, value, text, text_is_cut
      assert.deepEqual(
        rejects.map((each) => [...each.slice(1, 7), each[9] ?? null]).sort(),
        printed.flatMap(({ rejected }) => rejected).sort(),
      );
      assert.deepEqual(
        files.map(({ records, rejected = 0 }) => [records, rejected]),
        printed.map(({ records, rejected }) => [records, new Set(rejected.map(([, row]) => row)).size]),
      );
      return rejects.length;
    } finally {
      fixture.remove();
    }
  }
});

async function orProblem<T>(work: Promise<T>): Promise<T | ProblemError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}
