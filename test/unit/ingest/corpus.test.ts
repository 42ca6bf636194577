import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { LandingFixture, problemOf, readLanding, useEngine } from './landingFixture.js';

type Files = Readonly<Record<string, string | Buffer>>;

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const sizedRows = Array.from({ length: 400 }, (_, index) => `${index},${'x'.repeat(100)}`).join('\n');
const gz = gzipSync(`id,text\n${sizedRows}\n`);
const long = 'x'.repeat(3_000_000);

/** Read under `t/*`: title, files, columns, rows without `_file` and `_row` (`null` is NULL). */
const readable: readonly [string, Files, string, readonly (readonly (string | null)[])[]][] = [
  [
    'plain',
    { 'a.csv': 'id,name\n1,x\n2,y\n' },
    'id BIGINT, name VARCHAR',
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  [
    'no last line end',
    { 'a.csv': 'id,name\n1,x\n2,y' },
    'id BIGINT, name VARCHAR',
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  [
    'CRLF',
    { 'a.csv': 'id,name\r\n1,x\r\n2,y\r\n' },
    'id BIGINT, name VARCHAR',
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  [
    'CR',
    { 'a.csv': 'id,name\r1,x\r2,y\r' },
    'id BIGINT, name VARCHAR',
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  ['a byte order mark', { 'a.csv': '\ufeffid,name\n1,ä\n' }, 'id BIGINT, name VARCHAR', [['1', 'ä']]],
  [
    'UTF-16',
    { 'a.csv': utf16('id,name\n1,ä€\n2,"x\ny"\n') },
    'id BIGINT, name VARCHAR',
    [
      ['1', 'ä€'],
      ['2', 'x\ny'],
    ],
  ],
  ['Latin-1', { 'a.csv': latin1('id,name\n1,Käse\n') }, 'id BIGINT, name VARCHAR', [['1', 'Käse']]],
  ['a Latin-1 header', { 'a.csv': latin1('id,größe\n1,2\n') }, 'id BIGINT, größe BIGINT', [['1', '2']]],
  [
    'ASCII beside UTF-8',
    { 'a.csv': 'id,n\n1,a\n', 'b.csv': 'id,n\n2,ö\n' },
    'id BIGINT, n VARCHAR',
    [
      ['1', 'a'],
      ['2', 'ö'],
    ],
  ],
  ['gzip', { 'a.csv.gz': gzipSync('id,n\n1,a\n') }, 'id BIGINT, n VARCHAR', [['1', 'a']]],
  [
    'gzip in two members',
    { 'a.csv.gz': Buffer.concat([gzipSync('id,n\n1,a\n'), gzipSync('2,b\n')]) },
    'id BIGINT, n VARCHAR',
    [
      ['1', 'a'],
      ['2', 'b'],
    ],
  ],
  [
    'semicolons and decimal commas',
    { 'a.csv': 'id;price\n1;1,50\n2;2,75\n' },
    'id BIGINT, price VARCHAR',
    [
      ['1', '1,50'],
      ['2', '2,75'],
    ],
  ],
  [
    'tabs',
    { 'a.tsv': 'id\tnote\n1\ta,b\n2\tc;d\n' },
    'id BIGINT, note VARCHAR',
    [
      ['1', 'a,b'],
      ['2', 'c;d'],
    ],
  ],
  ['pipes', { 'a.txt': 'id|note\n1|a\n' }, 'id BIGINT, note VARCHAR', [['1', 'a']]],
  [
    'quoted delimiters and line ends',
    { 'a.csv': 'id,note\n1,"a,b\nc"\n2,"d""e"\n' },
    'id BIGINT, note VARCHAR',
    [
      ['1', 'a,b\nc'],
      ['2', 'd"e'],
    ],
  ],
  [
    'CRLF with quoted LF',
    { 'a.csv': 'id,note\r\n1,"a\nb"\r\n2,"c\r\nd"\r\n' },
    'id BIGINT, note VARCHAR',
    [
      ['1', 'a\nb'],
      ['2', 'c\r\nd'],
    ],
  ],
  [
    'an inch mark inside a value',
    { 'a.csv': 'id,note\n1,5" nail\n2,6" nail\n' },
    'id BIGINT, note VARCHAR',
    [
      ['1', '5" nail'],
      ['2', '6" nail'],
    ],
  ],
  ['blanks before a quote', { 'a.csv': 'id,note\n1, "a,b"\n' }, 'id BIGINT, note VARCHAR', [['1', 'a,b']]],
  [
    'backslash escapes',
    { 'a.csv': 'id,note\n1,"a\\"b"\n2,"c\\\\"\n' },
    'id BIGINT, note VARCHAR',
    [
      ['1', 'a"b'],
      ['2', 'c\\'],
    ],
  ],
  [
    'single quotes',
    { 'a.csv': "id,note\n'1','a,b'\n'2','c'\n" },
    'id BIGINT, note VARCHAR',
    [
      ['1', 'a,b'],
      ['2', 'c'],
    ],
  ],
  [
    'single quotes without delimiters in them',
    { 'a.csv': "'id','note'\n'1','a'\n'2','c'\n" },
    'id BIGINT, note VARCHAR',
    [
      ['1', 'a'],
      ['2', 'c'],
    ],
  ],
  [
    'two apostrophes, which are text',
    { 'a.csv': "id,text\n0,''\n" },
    'id BIGINT, text VARCHAR',
    [['0', "''"]],
  ],
  [
    'blank lines',
    { 'a.csv': 'id,n\n\n1,a\n\n2,b\n\n' },
    'id BIGINT, n VARCHAR',
    [
      ['1', 'a'],
      ['2', 'b'],
    ],
  ],
  ['one column', { 'a.csv': 'name\nanna\nben\n' }, 'name VARCHAR', [['anna'], ['ben']]],
  ['one column with a blank line', { 'a.csv': 'id\n1\n\n3\n' }, 'id BIGINT', [['1'], [null], ['3']]],
  [
    'leading zeros',
    { 'a.csv': 'zip,n\n00123,1\n45678,2\n' },
    'zip VARCHAR, n BIGINT',
    [
      ['00123', '1'],
      ['45678', '2'],
    ],
  ],
  [
    'a plus before digits',
    { 'a.csv': 'phone,n\n+436641,1\n' },
    'phone VARCHAR, n BIGINT',
    [['+436641', '1']],
  ],
  [
    'very long numbers',
    { 'a.csv': 'id,x\n12345678901234567890,0.12345678901234567\n' },
    'id VARCHAR, x VARCHAR',
    [['12345678901234567890', '0.12345678901234567']],
  ],
  [
    'eighteen digits',
    { 'a.csv': 'id,x\n123456789012345678,1.5\n' },
    'id BIGINT, x DOUBLE',
    [['123456789012345678', '1.5']],
  ],
  [
    'dates and times',
    { 'a.csv': 'd,t,s\n2024-02-29,10:30,2024-01-05T10:00:00.25\n,,\n' },
    'd DATE, t TIME, s TIMESTAMP',
    [
      ['2024-02-29', '10:30:00', '2024-01-05 10:00:00.25'],
      [null, null, null],
    ],
  ],
  ['days before months', { 'a.csv': 'd,n\n01/02/2024,1\n' }, 'd VARCHAR, n BIGINT', [['01/02/2024', '1']]],
  [
    'offsets from UTC',
    { 'a.csv': 's,n\n2024-01-05T10:00:00+02:00,1\n' },
    's VARCHAR, n BIGINT',
    [['2024-01-05T10:00:00+02:00', '1']],
  ],
  [
    'infinite dates',
    { 'a.csv': 'd,n\n2024-01-05,1\ninfinity,2\n' },
    'd VARCHAR, n BIGINT',
    [
      ['2024-01-05', '1'],
      ['infinity', '2'],
    ],
  ],
  [
    'impossible dates',
    { 'a.csv': 'd,n\n2024-01-05,1\n2024-02-30,2\n' },
    'd VARCHAR, n BIGINT',
    [
      ['2024-01-05', '1'],
      ['2024-02-30', '2'],
    ],
  ],
  [
    'booleans',
    { 'a.csv': 'ok,yes\ntrue,yes\nFALSE,no\n' },
    'ok BOOLEAN, yes VARCHAR',
    [
      ['true', 'yes'],
      ['false', 'no'],
    ],
  ],
  [
    'types that widen over files',
    { 'a.csv': 'x,y\n1,1\n', 'b.csv': 'x,y\n2.5,a\n' },
    'x DOUBLE, y VARCHAR',
    [
      ['1.0', '1'],
      ['2.5', 'a'],
    ],
  ],
  [
    'other column orders',
    { 'a.csv': 'id,a,b\n1,x,y\n', 'b.csv': 'b,id,a\ny2,2,x2\n' },
    'id BIGINT, a VARCHAR, b VARCHAR',
    [
      ['1', 'x', 'y'],
      ['2', 'x2', 'y2'],
    ],
  ],
  [
    'a file without rows beside others',
    { 'a.csv': 'id,n\n', 'b.csv': 'id,n\n1,a\n' },
    'id BIGINT, n VARCHAR',
    [['1', 'a']],
  ],
  [
    'a line of 3 MB',
    { 'a.csv': `id,n\n1,${long}\n2,b\n` },
    'id BIGINT, n VARCHAR',
    [
      ['1', long],
      ['2', 'b'],
    ],
  ],
  [
    'names that need quotes',
    { 'a.csv': `a'b,c"d,e f\n1,2,3\n` },
    `a'b BIGINT, c"d BIGINT, e f BIGINT`,
    [['1', '2', '3']],
  ],
  ['blanks around names', { 'a.csv': 'id , n\n1,a\n' }, 'id BIGINT, n VARCHAR', [['1', 'a']]],
  [
    'brackets in file names',
    { 'a1.csv': 'id,n\n1,a\n', 'a[1].csv': 'id,n\n2,b\n', "it's.csv": 'id,n\n3,c\n' },
    'id BIGINT, n VARCHAR',
    [
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
    ],
  ],
  [
    'brackets in folder names',
    { 'b1/a.csv': 'id,n\n1,a\n', 'b[1]/a.csv': 'id,n\n2,b\n', 'b?/a.csv': 'id,n\n3,c\n' },
    'id BIGINT, n VARCHAR',
    [
      ['1', 'a'],
      ['3', 'c'],
      ['2', 'b'],
    ],
  ],
  [
    'a column named like a folder',
    { 'year=1999/a.csv': 'id,year\n1,2024\n2,2025\n' },
    'id BIGINT, year BIGINT',
    [
      ['1', '2024'],
      ['2', '2025'],
    ],
  ],
];

/** Title, files, what the message says, the line it names. */
const refused: readonly [string, Files, RegExp, number?][] = [
  ['an empty file', { 'a.csv': '' }, /a\.csv is empty/, 1],
  ['only a header', { 'a.csv': 'id,n\n' }, /has a header and no row/],
  ['an empty compressed file', { 'a.csv.gz': '' }, /is empty|is cut/],
  [
    'a missing field',
    { 'a.csv': 'a,b,c\n1,2,3\n4,5\n6,7,8\n' },
    /has 2 fields on line 3 where 3 belong.*: 4,5/,
    3,
  ],
  ['a field too many', { 'a.csv': 'a,b\n1,2\n3,4,5\n' }, /has 3 fields on line 3 where 2 belong/, 3],
  ['a delimiter at a line end', { 'a.csv': 'a,b\n1,2,\n3,4\n' }, /has 3 fields on line 2 where 2 belong/, 2],
  ['a missing field after quoted line ends', { 'a.csv': 'a,b,c\n1,"2\n2\n2",3\n4,5\n' }, /on line 5/, 5],
  [
    'two lines of different width',
    { 'a.csv': 'a,b,c\n1,2\n' },
    /has 2 fields on line 2 where 3 belong|no delimiter/,
  ],
  ['a quote that never closes', { 'a.csv': 'a,b\n1,"2\n3,4\n5,6\n' }, /quote that never closes on line 2/, 2],
  ['text after a quote', { 'a.csv': 'a,b\n1,"2"x\n3,4\n' }, /text after a closing quote on line 2/, 2],
  [
    'a title line',
    { 'a.csv': 'Sales of May\na,b\n1,2\n3,4\n5,6\n' },
    /line 1 is Sales of May.*begin on line 2/,
    1,
  ],
  [
    'a title line with the commas of the table',
    { 'a.csv': 'Report of Jan,,\nid,name,v\n1,a,2\n2,b,3\n' },
    /line 1 is Report of Jan,,.*begin on line 2/,
    1,
  ],
  [
    'two title lines with the commas of the table',
    { 'a.csv': 'Report of Jan,,\n,,\nid,name,v\n1,a,2\n' },
    /line 1 is Report of Jan,,.*begin on line 3/,
    1,
  ],
  ['blank names above values', { 'a.csv': 'a,,\n1,x,3\n' }, /no name for column 2/, 1],
  [
    'the separator line of Excel',
    { 'a.csv': 'sep=;\nid;name\n1;a\n2;b\n' },
    /begins with the line sep=;, which is for Excel alone/,
    1,
  ],
  ['a preamble', { 'a.csv': '# by till 4\n# v2\na,b,c\n1,2,3\n3,4,5\n5,6,7\n' }, /begin on line 3/, 1],
  ['a blank first line', { 'a.csv': '\na,b\n1,2\n' }, /begins with a blank line/, 1],
  ['a duplicate name', { 'a.csv': 'a,b,A\n1,2,3\n' }, /the column A twice|the column a twice/, 1],
  ['a blank name', { 'a.csv': 'a,,c\n1,2,3\n' }, /no name for column 2/, 1],
  ['a column _row', { 'a.csv': 'a,_Row\n1,2\n' }, /has a column _Row, which landing\(\) adds/, 1],
  ['no header, numbers', { 'a.csv': '1,x\n2,y\n' }, /may have no header.* 1$|value 1\./, 1],
  [
    'no header, texts',
    { 'a.csv': 'Paris,France\nLyon,France\nBonn,Germany\n' },
    /may have no header: France/,
    1,
  ],
  [
    'units below the header',
    { 'a.csv': 'weight,price\nkg,EUR\n1.5,2.5\n3.5,4.5\n' },
    /second header line, line 2: kg,EUR/,
    2,
  ],
  ['a header repeated', { 'a.csv': 'a,b\n1,2\na,b\n3,4\n' }, /repeats its header on line 3/, 3],
  [
    'two delimiters that fit',
    { 'a.csv': 'a,b;c\n1,2;3\n' },
    /more than one delimiter: , \(2 columns\), ; \(2 columns\)/,
  ],
  [
    'one column with commas in it',
    { 'a.csv': 'note\nx\na, b\nc\nd\n' },
    /no delimiter that splits every line alike; line 3/,
    3,
  ],
  [
    'a comma forgotten in a short file',
    { 'a.csv': 'a,b\n1,2\n3 4\n' },
    /has 1 field on line 3 where 2 belong/,
    3,
  ],
  ['mixed line ends', { 'a.csv': 'a,b\r\n1,2\n3,4\r\n' }, /mixed line ends: line 2/, 2],
  ['LF, then CRLF', { 'a.csv': 'a,b\n1,2\r\n3,4\n' }, /mixed line ends: line 2/, 2],
  ['a bare CR in a value', { 'a.csv': 'a,b\n1,x\ry,z\n3,4\n' }, /mixed line ends|fields on line/],
  ['NUL bytes', { 'a.csv': 'a,b\n1,x\0y\n' }, /NUL bytes/],
  ['big-endian UTF-16', { 'a.csv': utf16('a,b\n1,2\n').swap16() }, /is big-endian UTF-16/],
  ['an emoji in UTF-16', { 'a.csv': utf16('a,b\n1,😀\n') }, /UTF-16/],
  ['Windows-1252', { 'a.csv': latin1('a,b\n1,\x80\n') }, /Windows-1252/],
  [
    'UTF-8 beside Latin-1',
    { 'a.csv': 'a,b\n1,ä\n', 'b.csv': latin1('a,b\n1,ä\n') },
    /b\.csv is latin-1 and .*a\.csv is utf-8/,
  ],
  ['a zip file', { 'a.csv': 'PK\x03\x04 and so on' }, /is a zip or Excel file/],
  ['gzip without its ending', { 'a.csv': gz }, /is compressed/],
  ['no gzip with its ending', { 'a.csv.gz': 'a,b\n1,2\n' }, /is damaged: it can not be uncompressed/],
  [
    'a cut gzip',
    { 'a.csv.gz': gz.subarray(0, gz.length - 20) },
    /is cut: its compressed data ends too early/,
  ],
  ['a damaged gzip', { 'a.csv.gz': damaged(gz) }, /is damaged: it can not be uncompressed/],
  ['another column in file 11', elevenFiles(), /f11\.csv .*not have the same columns: extra/, 1],
];

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy.at(-6) ?? 0) ^ 0xff, copy.length - 6);
  return copy;
}

function elevenFiles(): Files {
  const names = Array.from({ length: 10 }, (_, index) => `f${String(index + 1).padStart(2, '0')}.csv`);
  return {
    ...Object.fromEntries(names.map((name) => [name, 'id,n\n1,a\n'])),
    'f11.csv': 'id,n,extra\n1,a,b\n',
  };
}

describe('the first look at files', () => {
  const engine = useEngine();
  let fixture: LandingFixture;
  afterEach(() => fixture.remove());

  const folder = (files: Files) => {
    fixture = new LandingFixture(
      Object.fromEntries(Object.entries(files).map(([name, data]) => [`t/${name}`, data])),
    );
    return fixture.landing();
  };

  for (const [title, files, columns, rows] of readable) {
    it(`reads ${title}`, async () => {
      const read = await readLanding(folder(files), 't/**', engine.session());
      assert.equal(read.columns.join(', '), columns);
      assert.deepEqual(
        read.rows.map((row) => row.slice(0, -2)),
        rows,
      );
      assert.equal(
        read.files.reduce((sum, { records }) => sum + records, 0),
        rows.length,
      );
      assert.deepEqual(lineageOf(read.rows), lineageOf(numbered(read.rows)));
    });

    it(`reads ${title} again by its contract`, async () => {
      const first = await readLanding(folder(files), 't/**', engine.session());
      const again = await readLanding(fixture.landing({ frozen: true }), 't/**', engine.session());
      assert.deepEqual(again, first);
    });
  }

  for (const [title, files, message, line] of refused) {
    it(`refuses ${title}`, async () => {
      const problem = await problemOf(() => readLanding(folder(files), 't/**', engine.session()));
      assert.equal(problem.code, 'landing.file');
      assert.match(problem.message, message);
      assert.match(problem.place?.file ?? '', /^data\/landing\/t\//);
      assert.ok(problem.hint);
      if (line !== undefined) assert.equal(problem.place?.line, line);
    });
  }
});

type Rows = readonly (readonly (string | null)[])[];

const lineageOf = (rows: Rows) => rows.map((row) => row.slice(-2));

/** The rows with `_row` counted anew in each file. */
function numbered(rows: Rows): Rows {
  const counts = new Map<string | null | undefined, number>();
  return rows.map((row) => {
    const file = row.at(-2);
    counts.set(file, (counts.get(file) ?? 0) + 1);
    return [...row.slice(0, -1), String(counts.get(file))];
  });
}
