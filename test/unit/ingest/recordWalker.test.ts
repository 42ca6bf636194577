import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dialect } from '../../../src/ingest/contractSchema.js';
import type { LineEnd } from '../../../src/ingest/header.js';
import { RecordScanner } from '../../../src/ingest/recordScanner.js';
import { readRecords } from '../../../src/ingest/records.js';
import { RecordWalker, type UnclearEnd } from '../../../src/ingest/recordWalker.js';

const standard: Dialect = { delimiter: ',', quote: '"', escape: '"' };

interface Case {
  readonly dialect?: Dialect;
  readonly lineEnd?: LineEnd;
  readonly blankLinesCount?: boolean;
  readonly cuts?: readonly number[];
}

interface Walked {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly unclearEnd: UnclearEnd | undefined;
}

/** Walks over a text that is cut into chunks at some places. */
function walk(
  text: string,
  { dialect = standard, lineEnd = '\n', blankLinesCount = true, cuts = [] }: Case = {},
): Walked {
  const found: Readonly<Record<string, unknown>>[] = [];
  const options = { dialect, lineEnd, blankLinesCount, inCharacters: false };
  const walker = new RecordWalker(options, (record) => {
    const { recordLine: line, offset, fields, badQuote } = record;
    found.push({ line, offset, fields, badQuote, text: record.bytes().toString() });
  });
  const bytes = Buffer.from(text);
  let start = 0;
  for (const end of [...new Set(cuts.map((cut) => Math.min(cut, bytes.length)))].sort((a, b) => a - b)) {
    walker.push(bytes.subarray(start, end));
    start = end;
  }
  if (walker.unclearEnd === undefined) walker.push(bytes.subarray(start));
  walker.end();
  return { records: found, unclearEnd: walker.unclearEnd };
}

const text = fc.string({
  unit: fc.constantFrom('a', 'é', ',', ';', '"', "'", ' ', '\\', '\n', '\n'),
  maxLength: 40,
});
const dialects = fc.constantFrom(
  standard,
  { delimiter: ';', quote: '"', escape: '\\' },
  { delimiter: ',', quote: "'", escape: "'" },
  { delimiter: ',', quote: '', escape: '' },
);
const cuts = fc.array(fc.nat(60), { maxLength: 6 });
const crlf = (content: string) => content.replaceAll('\n', '\r\n');

/** A quote that is open at the end stops a file before it is walked. */
const endsWell = (content: string, dialect: Dialect) => {
  const scanner = new RecordScanner({ dialect, lineEnd: '\n', blankLinesCount: true, columns: 99 });
  scanner.push(Buffer.from(content));
  return scanner.end().openQuoteLine === undefined;
};

describe('the walk over records', () => {
  it('sees what the reader of records reads', () => {
    fc.assert(
      fc.property(text, dialects, cuts, (content, dialect, at) => {
        const records = [...readRecords(content, dialect)];
        fc.pre(records.every(({ fault }) => fault === undefined));
        assert.deepEqual(
          walk(content, { dialect, cuts: at }).records.map((record) => [
            record.line,
            record.fields,
            record.text,
          ]),
          records.map((record) => [record.line, record.fields.length, record.text]),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('sees the same however the bytes are cut, and wherever lines end', () => {
    fc.assert(
      fc.property(text, dialects, fc.boolean(), cuts, (content, dialect, blankLinesCount, at) => {
        fc.pre(endsWell(content, dialect));
        const whole = walk(content, { dialect, blankLinesCount });
        assert.deepEqual(walk(content, { dialect, blankLinesCount, cuts: at }), whole);
        const other = walk(crlf(content), { dialect, blankLinesCount, cuts: at, lineEnd: '\r\n' });
        const shapes = ({ records, unclearEnd }: Walked) => [
          records.map(({ line, fields, badQuote }) => [line, fields, badQuote]),
          unclearEnd,
        ];
        assert.deepEqual(shapes(other), shapes(whole));
      }),
      { numRuns: 2000, examples: [['"\n"a\n', standard, false, [4]]] },
    );
  });

  it('counts what the scan of records counts', () => {
    fc.assert(
      fc.property(text, dialects, fc.boolean(), (content, dialect, blankLinesCount) => {
        const scanner = new RecordScanner({ dialect, lineEnd: '\n', blankLinesCount, columns: 99 });
        scanner.push(Buffer.from(content));
        const { records, openQuoteLine } = scanner.end();
        const walked = walk(content, { dialect, blankLinesCount });
        fc.pre(openQuoteLine === undefined && walked.unclearEnd === undefined);
        assert.equal(walked.records.length, records);
      }),
      { numRuns: 2000 },
    );
  });

  it('places each record by its line and its first byte', () => {
    const { records } = walk('é,"x\n"\n\n1,2\n', { blankLinesCount: false });
    assert.deepEqual(
      records.map(({ line, offset }) => [line, offset]),
      [
        [1, 0],
        [4, 9],
      ],
    );
  });

  for (const [title, content, spoilt] of [
    ['text after a closing quote', 'a,b\n1,"2"x\n3,"4"\n', [false, true, false]],
    ['a quote that opens again', 'a,b\n1,"2" "3"\n4,5\n', [false, true, false]],
    ['quotes in quotes', 'a,b\n"say "hi" now",1\n2,3\n', [false, true, false]],
    ['blanks after a closing quote', 'a,b\n"1" ,"2" \n', [false, false]],
    ['one after the other', 'a,b\n1,"2"x\n3,"4"y\n5,"6"\n', [false, true, true, false]],
  ] as const) {
    it(`finds ${title}`, () => {
      const { records, unclearEnd } = walk(content);
      assert.deepEqual([records.map(({ badQuote }) => badQuote), unclearEnd], [spoilt, undefined]);
    });
  }

  for (const [title, content, line, otherLine] of [
    ['value goes on in the next line', 'a,b\n1,"say "hi" to\nall"\n2,3\n', 2, 3],
    ['value goes on further down', 'a,b\n1,"2"x\n3,4\nall",5\n', 2, 4],
    ['quote was never closed', 'a,b\n1,"2\n3,4\n5,"6"\n', 2, 4],
  ] as const) {
    it(`can not tell where a record ends whose ${title}`, () => {
      assert.deepEqual(walk(content).unclearEnd, { line, otherLine });
    });
  }
});
