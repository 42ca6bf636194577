import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ReadRecord, RecordReader } from '../../../../src/ingest/inspection/recordReader.js';
import { readRecords } from '../../../../src/ingest/records.js';

const dialects = [
  { delimiter: ',', quote: '"', escape: '"' },
  { delimiter: ';', quote: "'", escape: '\\' },
  { delimiter: '\t', quote: '', escape: '' },
];
const text = fc.string({
  unit: fc.constantFrom('a', 'é', ',', ';', '\t', '"', "'", '\\', ' ', '\n', '\r\n', '\r'),
  maxLength: 60,
});
const cuts = fc.array(fc.nat(80), { maxLength: 5 });

interface Found {
  readonly line: number;
  readonly offset: number;
  readonly text: string;
  readonly fields: readonly string[];
  readonly fault: string | undefined;
}

describe('RecordReader', () => {
  for (const dialect of dialects) {
    it(`reads as readRecords does, quoted by ${dialect.quote || 'nothing'}`, () => {
      fc.assert(
        fc.property(text, cuts, (content, at) => {
          const expected = expectedOf(content, dialect);
          const found = readInChunks(content, at, dialect).slice(0, expected.length);
          assert.deepEqual(
            found.map(({ fields, line, fault }) => ({ fields, line, fault })),
            expected,
          );
        }),
        { numRuns: 1000 },
      );
    });
  }

  it('gives exact lines and offsets, whatever the chunks', () => {
    fc.assert(
      fc.property(text, cuts, (content, at) => {
        const bytes = Buffer.from(content);
        for (const { line, offset, text: own } of readInChunks(content, at, {
          delimiter: ',',
          quote: '"',
          escape: '"',
        })) {
          assert.equal(bytes.toString('utf8', offset, offset + Buffer.byteLength(own)), own);
          assert.equal(linesIn(bytes.toString('utf8', 0, offset)) + 1, line);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('counts offsets of UTF-16 in its own bytes', () => {
    const content = 'é,€\n"a\né",b\nc\n';
    const found = readInChunks(content, [3, 9], { delimiter: ',', quote: '"', escape: '"' }, true);
    const offsets = found.map(({ offset }) => Buffer.from(content, 'utf8').length > 0 && offset);
    assert.deepEqual(offsets, [2, 2 + 2 * 4, 2 + 2 * 12]);
  });

  it('counts line ends of each kind and finds the first other one', () => {
    const reader = new RecordReader({ delimiter: ',', quote: '"', escape: '"' }, { record: () => {} });
    reader.push(Buffer.from('a\nb\r'));
    reader.push(Buffer.from('\nc\rd\n"\r\n"\n'));
    reader.finish();
    assert.deepEqual(reader.lineEnds, { lf: 3, crlf: 1, cr: 1 });
    assert.deepEqual(reader.firstOtherEnd, { line: 2, offset: 2 });
  });
});

/** Up to a fault of its quotes, behind which the two may differ. */
function expectedOf(content: string, dialect: (typeof dialects)[0]) {
  const records = [...readRecords(content, dialect)];
  return records.map(({ fields, line, fault }) => ({
    fields: fault === 'a quote that never closes' ? [] : fields,
    line,
    fault,
  }));
}

function readInChunks(
  content: string,
  at: readonly number[],
  dialect: (typeof dialects)[0],
  isUtf16 = false,
): readonly Found[] {
  const found: Found[] = [];
  const record = (each: ReadRecord) => void found.push(copyOf(each, dialect));
  const reader = new RecordReader(dialect, { record }, isUtf16 ? { base: 2, isUtf16 } : {});
  const bytes = Buffer.from(content);
  const places = [0, ...at.filter((place) => place < bytes.length).sort((a, b) => a - b), bytes.length];
  // Characters of UTF-16 arrive whole, for they were decoded.
  const isCut = (place: number) => isUtf16 && ((bytes[place] ?? 0) & 0xc0) === 0x80;
  const whole = places.map((place) => [place, place + 1, place + 2].find((each) => !isCut(each)) ?? place);
  for (const [index, place] of whole.entries()) reader.push(bytes.subarray(place, whole[index + 1] ?? place));
  reader.finish();
  return found;
}

function copyOf(record: ReadRecord, { quote, escape: escapes }: (typeof dialects)[0]): Found {
  const { bytes, start, end, line, offset, fault, starts, ends, hasEscapes } = record;
  const fields = Array.from({ length: record.fields }, (_, field) => {
    const raw = bytes.toString('utf8', starts[field], ends[field]);
    return hasEscapes[field] === 1 ? unescaped(raw, quote, escapes) : raw;
  });
  return { line, offset, fault, fields, text: bytes.toString('utf8', start, end) };
}

function unescaped(raw: string, quote: string, escapes: string): string {
  let plain = '';
  for (let at = 0; at < raw.length; at += 1) {
    if (raw[at] === escapes && (raw[at + 1] === quote || raw[at + 1] === escapes)) at += 1;
    plain += raw[at];
  }
  return plain;
}

function linesIn(content: string): number {
  return content.match(/\r\n|\r|\n/g)?.length ?? 0;
}
