import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { LandingFixture, problemOf, readLanding, useEngine } from './landingFixture.js';

const contract = {
  format: 1,
  files: 't/*',
  columns: [
    { name: 'id', type: 'BIGINT' },
    { name: 'price', type: 'DECIMAL(8,2)' },
    { name: 'day', type: 'DATE' },
    { name: 'at', type: 'TIMESTAMP' },
    { name: 'hour', type: 'TIME' },
    { name: 'note', type: 'VARCHAR' },
  ],
};
const header = 'id,price,day,at,hour,note';
const good = '1,2.50,2024-01-05,2024-01-05 10:00:00,10:00,x';

/** The line given as the third of a file: what the message says of it. */
const refusedLines: readonly [string, string, RegExp][] = [
  ['a fraction in BIGINT', '1.5,2,2024-01-05,,,x', /the id "1\.5", which is no BIGINT on line 3: 1\.5,2/],
  ['a small exponent in BIGINT', '5e-05,2,,,,x', /the id "5e-05", which is no BIGINT/],
  ['leading zeros in BIGINT', '007,2,,,,x', /the id "007", which is no BIGINT/],
  ['too many digits for BIGINT', '9223372036854775808,2,,,,x', /which is no BIGINT/],
  ['an underscore in BIGINT', '1_000,2,,,,x', /the id "1_000", which is no BIGINT/],
  ['an exponent in BIGINT', '1e3,2,,,,x', /the id "1e3", which is no BIGINT/],
  ['an underscore in DECIMAL', '1,1_0,,,,x', /the price "1_0", which is no DECIMAL/],
  ['seven decimals in TIME', '1,2,,,10:00:00.1234567,x', /which is no TIME/],
  ['decimals beyond the scale', '1,2.505,,,,x', /the price "2\.505", which is no DECIMAL\(8,2\)/],
  ['digits beyond the precision', '1,12345678.5,,,,x', /which is no DECIMAL/],
  ['a time of day in DATE', '1,2,2024-01-05 10:00:00,,,x', /the day .* which is no DATE/],
  ['infinity in DATE', '1,2,infinity,,,x', /which is no DATE/],
  ['a day that is not', '1,2,2024-02-30,,,x', /which is no DATE/],
  ['an offset in TIMESTAMP', '1,2,,2024-01-05T10:00:00+02:00,,x', /the at .* which is no TIMESTAMP/],
  ['a short offset in TIMESTAMP', '1,2,,2024-01-05 10:00+02,,x', /which is no TIMESTAMP/],
  ['an offset in TIME', '1,2,,,10:00:00+02,x', /the hour .* which is no TIME/],
  ['a missing field', '1,2,,,x', /has 5 fields where 6 belong on line 3: 1,2,,,x/],
  ['a field too many', '1,2,,,,x,y', /has 7 fields where 6 belong on line 3/],
  ['empty fields too many', '1,2,,,,x,,', /has more than 6 fields on line 3/],
  ['an unquoted comma before an empty field', '1,2,,,,,', /has more than 6 fields on line 3/],
  ['an unclosed quote', '1,2,,,,"x', /ends inside a quote that opens on line 3/],
  ['text after a quote', '1,2,,,,"x"y', /quote that does not close where its value ends on line 3/],
  ['another line end', `${good}\r`, /mixed line ends: line 3/],
];

describe('files under a contract', () => {
  const engine = useEngine();
  let fixture: LandingFixture;
  afterEach(() => fixture.remove());

  const under = (own: object, files: Readonly<Record<string, string | Buffer>>) => {
    fixture = new LandingFixture(files);
    fixture.writeContract('t.json', { ...contract, ...own });
    return fixture.landing({ frozen: true });
  };
  const read = (own: object, files: Readonly<Record<string, string | Buffer>>) =>
    readLanding(under(own, files), 't/*', engine.session());
  const rowsOf = async (own: object, text: string | Buffer) =>
    (await read(own, { 't/a.csv': text })).rows.map((row) => row.slice(0, -2));

  it('reads what fits in its types', async () => {
    const files = { 't/a.csv': `${header}\n${good}\n-2,-.5,,2024-01-05T10:00,10:00:00.5,\n0,7,,,,\n` };
    const { rows } = await read({}, files);
    assert.deepEqual(rows, [
      ['1', '2.50', '2024-01-05', '2024-01-05 10:00:00', '10:00:00', 'x', 't/a.csv', '1'],
      ['-2', '-0.50', null, '2024-01-05 10:00:00', '10:00:00.5', null, 't/a.csv', '2'],
      ['0', '7.00', null, null, null, null, 't/a.csv', '3'],
    ]);
  });

  for (const [title, line, message] of refusedLines) {
    it(`refuses ${title}`, async () => {
      const files = {
        't/a.csv': `${header}\n${good}\n`,
        't/b.csv': `${header}\n${good}\n${line}\n${good}\n`,
      };
      const problem = await problemOf(() => read({}, files));
      assert.equal(problem.code, 'landing.file');
      assert.match(problem.message, message);
      assert.equal(problem.cause, undefined);
      assert.deepEqual(problem.place, { file: 'data/landing/t/b.csv', line: 3 });
    });
  }

  it('names the text line after quoted and blank lines', async () => {
    const text = `${header}\n1,2,,,,"a\nb\nc"\n\n1,2,,,,x\n1.5,2,,,,x\n`;
    const problem = await problemOf(() => read({}, { 't/a.csv': text }));
    assert.equal(problem.place?.line, 7);
  });

  it('names the line that lacks a field after quoted and blank lines', async () => {
    const text = `${header}\r\n1,2,,,,"a\r\nb"\r\n\r\n1,2\r\n`;
    const problem = await problemOf(() => read({}, { 't/a.csv.gz': gzipSync(text) }));
    assert.equal(problem.place?.line, 5);
  });

  for (const [title, first, message] of [
    [
      'lacks a column',
      'id,price,day,at,note',
      /1 of 2 files differs from contracts\/t\.json: The column hour is missing in data\/landing\/t\/b\.csv\.$/,
    ],
    ['has a column besides', `${header},more`, /The column more is new, of type VARCHAR, in .*b\.csv\.$/],
    ['renames a column', 'id,price,day,at,hour,notes', /notes is new: it is probably note/],
    ['has a column twice', 'id,price,day,at,hour,ID', /the column ID twice/],
    ['changes the case of a name', 'ID,price,day,at,hour,note', /id is missing, and ID is new/],
    [
      'begins with a title',
      `Report,,,,,\n${header}`,
      /line 1 is Report,,,,,, the table seems to begin on line 2/,
    ],
    [
      'begins with a plain title',
      `Report\n${header}`,
      /line 1 is Report, the table seems to begin on line 2/,
    ],
    ['begins as Excel likes it', `sep=,\n${header}`, /begins with the line sep=,, which/],
    [
      'has another delimiter',
      header.replaceAll(',', ';'),
      /t\/b\.csv is separated by semicolons where contracts\/t\.json says comma\.$/,
    ],
    [
      'has another delimiter and other columns',
      'id;price;day;at;hour;notes',
      /is separated by semicolons where contracts\/t\.json says comma\./,
    ],
    ['has no header', good, /does not have the columns/],
  ] as const) {
    it(`refuses a file that ${title}`, async () => {
      const files = { 't/a.csv': `${header}\n`, 't/b.csv': `${first}\n${good}\n` };
      const problem = await problemOf(() => read({}, files));
      assert.match(problem.message, message);
      assert.deepEqual(problem.place, { file: 'data/landing/t/b.csv', line: 1 });
    });
  }

  it('reads reordered columns by name', async () => {
    const { rows } = await read({}, { 't/a.csv': 'note,hour,at,day,price,id\nx,,,,2,1\n' });
    assert.deepEqual(rows, [['1', '2.00', null, null, null, 'x', 't/a.csv', '1']]);
  });

  it('refuses UTF-8 under a Latin-1 contract', async () => {
    const text = `${header}\n${'1,2,,,,x\n'.repeat(10_000)}1,2,,,,ö\n`;
    const problem = await problemOf(() => read({ encoding: 'latin-1' }, { 't/a.csv': text }));
    assert.match(problem.message, /is not Latin-1 but UTF-8/);
  });

  it('refuses Latin-1 under a UTF-8 contract', async () => {
    const text = Buffer.from(`${header}\n${'1,2,,,,x\n'.repeat(10_000)}1,2,,,,Käse\n`, 'latin1');
    const problem = await problemOf(() => read({}, { 't/a.csv': text }));
    assert.match(problem.message, /is not UTF-8: 1,2,,,,Käse/);
  });

  it('refuses NUL bytes far down', async () => {
    const text = `${header}\n${'1,2,,,,x\n'.repeat(10_000)}1,2,,,,\0\n`;
    const problem = await problemOf(() => read({}, { 't/a.csv': text }));
    assert.match(problem.message, /has a NUL byte, the first after 90033 bytes/);
  });

  it('reads by position without a header', async () => {
    const own = { header: false, columns: contract.columns.slice(0, 2) };
    assert.deepEqual(await rowsOf(own, '1,2\n3,4\n'), [
      ['1', '2.00'],
      ['3', '4.00'],
    ]);
  });

  it('takes dates in the format that is given', async () => {
    const columns = [
      { name: 'day', type: 'DATE' },
      { name: 'at', type: 'TIMESTAMP' },
    ];
    const own = { columns, dateFormat: '%d.%m.%Y', timestampFormat: '%d.%m.%Y %H:%M' };
    assert.deepEqual(await rowsOf(own, 'day,at\n05.01.2024,05.01.2024 10:30\n'), [
      ['2024-01-05', '2024-01-05 10:30:00'],
    ]);
    const problem = await problemOf(() => rowsOf(own, 'day,at\n2024-01-05,\n'));
    assert.match(problem.message, /the day "2024-01-05", which is no DATE/);
  });

  it('refuses an underscore in DOUBLE', async () => {
    const own = {
      columns: [
        { name: 'n', type: 'DOUBLE' },
        { name: 'note', type: 'VARCHAR' },
      ],
    };
    assert.deepEqual(await rowsOf(own, 'n,note\n1e3,\n+.5,\n,x\n'), [
      ['1000.0', null],
      ['0.5', null],
      [null, 'x'],
    ]);
    const problem = await problemOf(() => rowsOf(own, 'n,note\n1,\n1_0,\n'));
    assert.match(problem.message, /the n "1_0", which is no DOUBLE on line 3/);
  });

  it('takes the texts that mean no value', async () => {
    const own = { nullStrings: ['', 'NA'], columns: contract.columns.slice(0, 2) };
    assert.deepEqual(await rowsOf(own, 'id,price\nNA,\n1,NA\n'), [
      [null, null],
      ['1', null],
    ]);
  });

  it('takes quotes for text where there are none', async () => {
    const own = {
      quote: '',
      escape: '',
      delimiter: ';',
      columns: [
        { name: 'a', type: 'VARCHAR' },
        { name: 'b', type: 'VARCHAR' },
      ],
    };
    assert.deepEqual(await rowsOf(own, 'a;b\n"x;5" nail\n'), [['"x', '5" nail']]);
  });

  it('refuses an empty file beside good ones', async () => {
    const problem = await problemOf(() => read({}, { 't/a.csv': `${header}\n${good}\n`, 't/b.csv': '' }));
    assert.match(problem.message, /b\.csv is empty/);
  });

  it('is cancelled by its signal', async () => {
    const landing = under({}, { 't/a.csv': `${header}\n${good}\n` });
    const abort = new AbortController();
    const source = await landing.open('t/*', { signal: abort.signal });
    abort.abort();
    assert.equal((await problemOf(() => source.finish())).code, 'sql.cancelled');
    assert.equal(
      (await problemOf(() => landing.open('t/*', { signal: abort.signal }))).code,
      'sql.cancelled',
    );
  });

  it('reads files that have no rows', async () => {
    const { rows, files } = await read({}, { 't/a.csv': `${header}\n`, 't/b.csv': header });
    assert.deepEqual([rows, files.map(({ records }) => records)], [[], [0, 0]]);
  });
});
