import { either, type Pollution, row, sales, salesColumns } from '../description.js';

const columns = salesColumns;
const isUnreadable = true;
const texts = 'id BIGINT, n VARCHAR';
const loud = { first: 'loud', behind: 'loud', within: 'loud' } as const;
const latin1 = (text: string) => Buffer.from(text, 'latin1');
/** The bytes with one text in them replaced. */
const replaced = (from: string, to: Buffer) => (bytes: Buffer) => {
  const at = bytes.indexOf(from);
  return Buffer.concat([bytes.subarray(0, at), to, bytes.subarray(at + Buffer.byteLength(from))]);
};

/** Bytes that are not the characters they seem to be. */
export const encodingKinds: readonly Pollution[] = [
  {
    title: 'UTF-8 with its mark',
    columns: texts,
    form: { isMarked: true },
    lines: [row('1', 'ä'), row('2', '€')],
  },
  {
    title: 'UTF-8 with its mark twice',
    columns: texts,
    form: { isMarked: true },
    above: '\ufeff',
    lines: [row('1', 'ä')],
  },
  {
    title: 'UTF-16, little-endian, with its mark',
    columns: texts,
    form: { encoding: 'utf-16', isMarked: true },
    lines: [row('1', 'ä€'), row('2', 'x\ny')],
  },
  {
    title: 'UTF-16 with an emoji',
    columns: texts,
    form: { encoding: 'utf-16', isMarked: true },
    lines: [row('1', '😀')],
    answers: loud,
    says: /UTF-16/,
  },
  {
    title: 'UTF-16, big-endian, with its mark',
    columns: texts,
    form: { encoding: 'utf-16be', isMarked: true },
    lines: [row('1', 'ä')],
    answers: loud,
    says: /is big-endian UTF-16/,
  },
  {
    title: 'UTF-16, little-endian, without its mark',
    columns: texts,
    form: { encoding: 'utf-16' },
    lines: [row('1', 'a')],
    answers: loud,
    says: /NUL/,
  },
  {
    title: 'UTF-16, big-endian, without its mark',
    columns: texts,
    form: { encoding: 'utf-16be' },
    lines: [row('1', 'a')],
    answers: loud,
    says: /NUL/,
  },
  {
    title: 'UTF-16 cut inside a character',
    columns: texts,
    isUnreadable,
    form: { encoding: 'utf-16', isMarked: true },
    lines: [row('1', 'ab')],
    spoil: (bytes) => bytes.subarray(0, -1),
  },
  {
    title: 'Latin-1',
    columns: texts,
    form: { encoding: 'latin-1' },
    lines: [row('1', 'Käse'), row('2', 'Größe')],
  },
  {
    title: 'Latin-1 behind 1 MB of ASCII',
    columns,
    form: { encoding: 'latin-1' },
    lines: [...sales(2200, 1, ' '.padEnd(500, 'x')), row('0', 'Käse', '1.5')],
  },
  {
    title: 'a header in Latin-1',
    columns: 'id BIGINT, größe BIGINT',
    form: { encoding: 'latin-1' },
    lines: [row('1', '2')],
  },
  {
    title: 'Windows-1252 with curly quotes and €',
    columns: texts,
    form: { encoding: 'windows-1252' },
    lines: [row('1', '“ja” – 5 €'), row('2', 'it’s')],
    answers: loud,
    says: /Windows-1252/,
  },
  {
    title: 'Windows-1252 with € behind 6 MB',
    columns,
    form: { encoding: 'windows-1252' },
    lines: [...sales(12_000, 1, ' '.padEnd(500, 'x')), row('0', '5 €', '1.5')],
    answers: loud,
    isLarge: true,
  },
  {
    title: 'UTF-8 and Latin-1 in one file',
    columns: texts,
    isUnreadable,
    lines: [row('1', 'Käse'), row('2', 'Brot'), row('3', 'BAER')],
    spoil: replaced('BAER', latin1('Bär')),
  },
  {
    title: 'UTF-8 and Latin-1 in one file, behind a Latin-1 contract',
    columns: texts,
    isUnreadable,
    contractForm: { encoding: 'latin-1' },
    lines: [row('1', 'Käse'), row('3', 'BAER')],
    spoil: replaced('BAER', latin1('Bär')),
  },
  {
    title: 'one byte that is no UTF-8',
    columns: texts,
    isUnreadable,
    lines: [row('1', 'Käse'), row('2', 'BAD')],
    spoil: replaced('BAD', Buffer.from([0xff])),
  },
  {
    title: 'a character cut in the middle',
    columns: texts,
    isUnreadable,
    lines: [row('1', 'Käse €'), row('2', 'BAD')],
    spoil: replaced('BAD', Buffer.from([0xe2, 0x82])),
  },
  {
    title: 'a file that ends inside a character',
    columns: texts,
    isUnreadable,
    form: { isEnded: false },
    lines: [row('1', 'Käse'), row('2', 'x€')],
    spoil: (bytes) => bytes.subarray(0, -1),
  },
  {
    title: 'NUL bytes in a value',
    columns: texts,
    isUnreadable,
    lines: [row('1', 'a'), row('2', 'x\0y')],
    says: /NUL bytes/,
  },
  {
    title: 'NUL bytes at the end, as a disk leaves them',
    columns,
    isUnreadable,
    lines: sales(5),
    spoil: (bytes) => Buffer.concat([bytes, Buffer.alloc(512)]),
    says: /NUL bytes/,
  },
  {
    title: 'ASCII beside UTF-8',
    columns: texts,
    lines: [row('1', 'a')],
    beside: [{ name: 'c.csv', lines: [row('2', 'ö')] }],
  },
  {
    title: 'UTF-8 beside Latin-1',
    columns: texts,
    lines: [row('1', 'ä')],
    beside: [{ name: 'c.csv', lines: [row('2', 'ä')], form: { encoding: 'latin-1' } }],
    answers: loud,
    says: /c\.csv is latin-1 and .*b\.csv is utf-8/,
  },
  {
    title: 'emoji, right-to-left, combining and wide characters',
    columns: texts,
    lines: [
      row('1', '😀👩‍👩‍👧'),
      row('2', 'مرحبا'),
      row('3', 'e\u0301'),
      row('4', '日本語'),
      row('5', '\u202eabc'),
    ],
  },
  {
    title: 'blanks that do not break, and none that shows',
    columns: texts,
    lines: [row('1', '\u00a0a\u00a0'), row('2', 'b\u200bc'), row('3', '\u3000')],
  },
  {
    title: 'numbers with blanks that do not break',
    columns: 'id BIGINT, n VARCHAR',
    lines: [row('1', '1\u00a0000'), row('2', '5\u00a0')],
  },
  {
    title: 'control characters in a value',
    columns: texts,
    lines: [row('1', 'a\u0007b'), row('2', 'c\u001bd')],
  },
  {
    title: 'a zip file called .csv',
    columns: texts,
    isUnreadable,
    lines: [],
    spoil: () => Buffer.from('PK\x03\x04 and so on'),
    says: /is a zip or Excel file/,
  },
  {
    title: 'a web page called .csv',
    columns: texts,
    isUnreadable,
    lines: [],
    spoil: () => Buffer.from('<!DOCTYPE html>\n<html>\n<body>\n<h1>Sign in</h1>\n</body>\n</html>\n'),
    says: /web page|XML/,
    line: 1,
  },
  {
    title: 'JSON called .csv',
    columns: texts,
    isUnreadable,
    lines: [],
    spoil: () => Buffer.from('[\n{"id": 1, "n": "a"},\n{"id": 2, "n": "b"}\n]\n'),
    says: /JSON/,
    line: 1,
  },
  {
    title: 'lines of JSON called .csv',
    columns: texts,
    isUnreadable,
    lines: [],
    spoil: () => Buffer.from('{"id": 1, "n": "a"}\n{"id": 2, "n": "b"}\n'),
    says: /JSON/,
    line: 1,
  },
  {
    title: 'a line separator of Unicode in a value',
    columns: texts,
    lines: [row('1', 'a\u2028b'), row('2', either('c\u0085d'))],
  },
];
