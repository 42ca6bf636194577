import { gunzipSync, gzipSync } from 'node:zlib';
import { type Pollution, sales, salesColumns } from '../description.js';

const columns = salesColumns;
const isUnreadable = true;
const name = 'b.csv.gz';
const form = { isCompressed: true };
const lines = sales(400, 1, ' '.padEnd(60, 'x'));

/** Compressed files that are cut, damaged, or not what their name says. */
export const compressedKinds: readonly Pollution[] = [
  { title: 'gzip', columns, name, form, lines },
  {
    title: 'gzip in two members',
    columns,
    name,
    form,
    lines: sales(3),
    spoil: inTwo,
  },
  {
    title: 'gzip cut at its end',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => bytes.subarray(0, -20),
    says: /is cut: its compressed data ends too early/,
  },
  {
    title: 'gzip cut in its middle',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => bytes.subarray(0, bytes.length / 2),
  },
  {
    title: 'gzip cut in its checksum',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => bytes.subarray(0, -4),
  },
  {
    title: 'gzip with a damaged checksum',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => flipped(bytes, bytes.length - 6),
    says: /is damaged: it can not be uncompressed/,
  },
  {
    title: 'gzip with a damaged middle',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => flipped(bytes, bytes.length >> 1),
  },
  {
    title: 'gzip and other bytes behind it',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => Buffer.concat([bytes, Buffer.from('and more')]),
  },
  {
    title: 'gzip and a second member cut',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => Buffer.concat([bytes, gzipSync('1,a,1.5\n').subarray(0, 12)]),
  },
  {
    title: 'gzip and zeros behind it',
    columns,
    name,
    form,
    lines,
    spoil: (bytes) => Buffer.concat([bytes, Buffer.alloc(64)]),
    answers: { first: 'loud', behind: 'loud', within: 'loud' },
  },
  {
    title: 'gzip of nothing',
    columns,
    name,
    lines: [],
    isUnreadable,
    spoil: () => gzipSync(''),
    says: /is empty/,
  },
  {
    title: 'an empty file called .gz',
    columns,
    name,
    lines: [],
    isUnreadable,
    spoil: () => Buffer.alloc(0),
    says: /is empty|is cut/,
  },
  {
    title: 'gzip of gzip',
    columns,
    name,
    form,
    lines,
    isUnreadable,
    spoil: (bytes) => gzipSync(bytes),
    says: /is compressed/,
  },
  { title: 'gzip without the ending .gz', columns, form, lines, isUnreadable, says: /is compressed/ },
  {
    title: 'no gzip with the ending .gz',
    columns,
    name,
    lines,
    isUnreadable,
    says: /is damaged: it can not be uncompressed/,
  },
];

/** Compressed in two parts, the cut inside a record. */
function inTwo(bytes: Buffer): Buffer {
  const text = gunzipSync(bytes);
  const middle = text.length >> 1;
  return Buffer.concat([gzipSync(text.subarray(0, middle)), gzipSync(text.subarray(middle))]);
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy[at] ?? 0) ^ 0xff, at);
  return copy;
}
