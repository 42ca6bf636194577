import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dialect } from '../../../src/ingest/contractSchema.js';
import type { LineEnd } from '../../../src/ingest/header.js';
import { type RecordCount, RecordScanner } from '../../../src/ingest/recordScanner.js';
import { readRecords } from '../../../src/ingest/records.js';

const standard: Dialect = { delimiter: ',', quote: '"', escape: '"' };

interface Case {
  readonly dialect?: Dialect;
  readonly lineEnd?: LineEnd;
  readonly blankLinesCount?: boolean;
  readonly columns?: number;
  readonly wanted?: number;
  /** Where the text is cut into chunks. */
  readonly cuts?: readonly number[];
}

function scan(text: string, options: Case = {}): { scanner: RecordScanner; count: RecordCount } {
  const {
    dialect = standard,
    lineEnd = '\n',
    blankLinesCount = false,
    columns = 9,
    wanted,
    cuts = [],
  } = options;
  const scanner = new RecordScanner({
    dialect,
    lineEnd,
    blankLinesCount,
    columns,
    ...(wanted && { wanted }),
  });
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => Math.min(cut, bytes.length)))].sort((a, b) => a - b);
  let start = 0;
  for (const end of [...ends, bytes.length]) {
    scanner.push(bytes.subarray(start, end));
    start = end;
  }
  return { scanner, count: scanner.end() };
}

const cuts = fc.array(fc.oneof(fc.nat(60), fc.nat(2000)), { maxLength: 8 });
const dialects = fc.constantFrom(
  standard,
  { delimiter: ';', quote: '"', escape: '\\' },
  { delimiter: ',', quote: "'", escape: "'" },
  { delimiter: ',', quote: '', escape: '' },
);
const long = 'a'.repeat(300);
const text = fc.string({
  unit: fc.constantFrom('a', 'é', ',', ';', '"', "'", ' ', '\\', '\n', '\n', long),
  maxLength: 60,
});

describe('the scan of records', () => {
  for (const [title, content, options, records] of [
    ['lines', 'a,b\n1,2\n', {}, 2],
    ['a last line without an end', 'a,b\n1,2', {}, 2],
    ['no blank lines', '\na,b\n\n\n1,2\n\n', {}, 2],
    ['blank lines of one column', 'a\n\n1\n', { blankLinesCount: true }, 3],
    ['quoted line ends', 'a,"b\n\nc"\n1,2\n', {}, 2],
    ['doubled quotes', 'a,"b""\n""c"\n1,2\n', {}, 2],
    ['quotes inside plain values', 'a,5" x\n1,6" y\n', {}, 2],
    ['blanks before quotes', 'a,  "b\n"\n  "1\n",2\n', {}, 2],
    ['backslashes before quotes', 'a,"b\\"\n"\n1,"\\\\"\n', { dialect: { ...standard, escape: '\\' } }, 2],
    ['CRLF', 'a,b\r\n\r\n1,"2\r\n"\r\n', { lineEnd: '\r\n' }, 2],
    ['CR', 'a,b\r\r1,"2\r"\r', { lineEnd: '\r' }, 2],
    ['nothing', '', {}, 0],
  ] as const) {
    it(`counts ${title}`, () => {
      const { count } = scan(content, options);
      assert.deepEqual(
        [count.records, count.mixedLine, count.openQuoteLine],
        [records, undefined, undefined],
      );
    });
  }

  it('counts the same however the bytes are cut', () => {
    fc.assert(
      fc.property(text, dialects, fc.boolean(), cuts, (content, dialect, blankLinesCount, at) => {
        const whole = scan(content, { dialect, blankLinesCount });
        const inParts = scan(content, { dialect, blankLinesCount, cuts: at });
        assert.deepEqual(inParts.count, whole.count);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts what the reader of records reads', () => {
    fc.assert(
      fc.property(text, dialects, (content, dialect) => {
        const records = [...readRecords(content, dialect)];
        fc.pre(records.every(({ fault }) => fault === undefined));
        assert.equal(scan(content, { dialect, blankLinesCount: true }).count.records, records.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('places records on the lines the reader names', () => {
    fc.assert(
      fc.property(text, dialects, fc.nat(8), cuts, (content, dialect, index, at) => {
        const records = [...readRecords(content, dialect)];
        const record = records[index];
        fc.pre(record !== undefined && records.every(({ fault }) => fault === undefined));
        const { scanner } = scan(content, { dialect, blankLinesCount: true, wanted: index + 1, cuts: at });
        const found = Buffer.from(content).subarray(scanner.place?.offset).toString();
        assert.equal(scanner.place?.line, record.line);
        assert.ok(found.startsWith(record.text));
      }),
      { numRuns: 2000 },
    );
  });

  for (const [title, content, lineEnd, line] of [
    ['LF among CRLF', 'a\r\nb\nc\r\n', '\r\n', 2],
    ['CRLF among LF', 'a\nb\r\nc\n', '\n', 2],
    ['CR among LF', 'a\nb\rc\n', '\n', 2],
    ['CR among CRLF', 'a\r\nb\rc\r\n', '\r\n', 2],
    ['LF among CR', 'a\rb\nc\r', '\r', 2],
    ['a last CR among LF', 'a\nb\r', '\n', 2],
  ] as const) {
    it(`finds ${title}, however cut`, () => {
      for (let cut = 0; cut <= content.length; cut += 1) {
        assert.equal(scan(content, { lineEnd, cuts: [cut] }).count.mixedLine, line, `cut at ${cut}`);
      }
    });
  }

  it('takes no quoted line end for a mixed one', () => {
    assert.equal(scan('a,"b\r\nc\rd"\n1,2\n').count.mixedLine, undefined);
    assert.equal(scan('a,"b\nc\rd"\r\n1,2\r\n', { lineEnd: '\r\n' }).count.mixedLine, undefined);
  });

  for (const [title, content, line] of [
    ['an empty field', 'a,b\n1,2\n1,2,\n', 3],
    ['many empty fields', 'a,b\n,,,\n', 2],
    ['an empty quoted field', 'a,b\n1,2,""\n', 2],
    ['one after a quoted line end', 'a,b\n"1\n",2,\n', 2],
    ['one at the end', 'a,b\n1,2,', 2],
  ] as const) {
    it(`finds ${title} too many, however cut`, () => {
      for (let cut = 0; cut <= content.length; cut += 1) {
        assert.equal(scan(content, { columns: 2, cuts: [cut] }).count.wideLine, line, `cut at ${cut}`);
      }
    });
  }

  it('finds no field too many in whole records', () => {
    assert.equal(scan('a,b\n,\n1,\n"1,2",","\n\n1,2', { columns: 2 }).count.wideLine, undefined);
    assert.equal(scan('a,b\r\n,\r\n1,\r\n', { columns: 2, lineEnd: '\r\n' }).count.wideLine, undefined);
  });

  for (const [title, content, line] of [
    ['a quote that opens again', 'a,b\n1,"2" "3"\n', 2],
    ['one far behind', `a,b\n1,"2"${' '.repeat(600)}"3"\n`, 2],
    ['no quote in a quote', 'a,b\n"1 ""2""","3" \n', undefined],
    ['no next value', `a,b\n"1"  ,"2"\n"3"${' '.repeat(600)}\n"4","5"\n`, undefined],
  ] as const) {
    it(`finds ${title}, however cut`, () => {
      for (let cut = 0; cut <= content.length; cut += 1)
        assert.equal(scan(content, { cuts: [cut] }).count.reopenedLine, line, `cut at ${cut}`);
    });
  }

  it('names the line of a quote that never closes', () => {
    assert.equal(scan('a,b\n1,"2\n3"\n4,"5\n6\n').count.openQuoteLine, 4);
  });

  it('measures the longest record', () => {
    assert.equal(scan('a\n1,"2\n345"\n', { cuts: [4] }).count.longest, 10);
  });
});
