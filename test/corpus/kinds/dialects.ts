import {
  apart,
  blank,
  type Form,
  type Pollution,
  row,
  sales,
  salesColumns,
  written,
} from '../description.js';

const columns = salesColumns;
const isUnreadable = true;
const loud = { first: 'loud', behind: 'loud', within: 'loud' } as const;
const byHand = { first: 'loud' } as const;
const delimited = (delimiter: string): Partial<Form> => ({ delimiter });

/** Delimiters and line ends. */
export const dialectKinds: readonly Pollution[] = [
  {
    title: 'semicolons and decimal commas',
    columns: 'id BIGINT, price VARCHAR',
    form: delimited(';'),
    lines: [row('1', '1,50'), row('2', '2,75')],
  },
  {
    title: 'semicolons, and commas in all values',
    columns: 'id BIGINT, a VARCHAR, b VARCHAR',
    form: delimited(';'),
    lines: [row('1', 'x, y', 'z'), row('2', 'u, v', 'w')],
  },
  {
    title: 'tabs',
    columns: 'id BIGINT, note VARCHAR',
    name: 'b.tsv',
    form: delimited('\t'),
    lines: [row('1', 'a,b'), row('2', 'c;d')],
  },
  {
    title: 'pipes',
    columns: 'id BIGINT, note VARCHAR',
    name: 'b.txt',
    form: delimited('|'),
    lines: [row('1', 'a'), row('2', 'b')],
  },
  { title: 'colons', columns, form: delimited(':'), lines: sales(5), answers: byHand },
  { title: 'carets', columns, form: delimited('^'), lines: sales(5), answers: byHand },
  { title: 'tildes', columns, form: delimited('~'), lines: sales(5), answers: byHand },
  {
    title: 'the unit separator of ASCII',
    columns,
    form: delimited('\u001f'),
    lines: sales(5),
    answers: byHand,
  },
  {
    title: 'blanks',
    columns: 'id BIGINT, name VARCHAR, amount DOUBLE',
    form: delimited(' '),
    lines: [row('1', 'ann', '1.5'), row('2', 'ben', '2.5')],
    answers: byHand,
  },
  {
    title: 'columns of a fixed width',
    columns,
    isUnreadable,
    header: 'id     name      amount',
    lines: [written('1      ann       1.5'), written('2      ben       2.5')],
  },
  {
    title: 'two characters between values',
    columns,
    form: delimited('||'),
    lines: sales(5),
    isUnreadable,
    contractForm: delimited('|'),
  },
  {
    title: 'two delimiters that both fit',
    columns: 'a BIGINT, b;c VARCHAR',
    isUnreadable,
    header: 'a,b;c',
    lines: [written('1,2;3')],
    contractForm: delimited(';'),
    good: ['1', '2'],
    says: /more than one delimiter: , \(2 columns\), ; \(2 columns\)/,
  },
  {
    title: 'a delimiter that changes in the middle',
    columns,
    lines: [...sales(5), apart('too-few-fields', '6;item;6.25'), apart('too-few-fields', '7;item;7.25')],
    line: 7,
  },
  { title: 'CRLF', columns, form: { lineEnd: '\r\n' }, lines: sales(5) },
  {
    title: 'CRLF and no line end at the end',
    columns,
    form: { lineEnd: '\r\n', isEnded: false },
    lines: sales(5),
  },
  { title: 'CR alone', columns, form: { lineEnd: '\r' }, lines: sales(5) },
  {
    title: 'CRLF, then LF',
    columns,
    lines: sales(5),
    above: '',
    spoil: (bytes) => Buffer.from(String(bytes).replace('\n', '\r\n')),
    answers: loud,
    says: /mixed line ends: line 2/,
    line: 2,
  },
  {
    title: 'LF, then CRLF',
    columns,
    lines: sales(5),
    spoil: (bytes) => Buffer.from(String(bytes).replace(/\n$/, '\r\n')),
    answers: loud,
    says: /mixed line ends: line 6/,
    line: 6,
  },
  {
    title: 'CRLF behind 1 MB of LF',
    columns,
    lines: sales(2200, 1, ' '.padEnd(500, 'x')),
    spoil: (bytes) => Buffer.from(String(bytes).replace(/\n$/, '\r\n')),
    answers: loud,
    line: 2201,
  },
  {
    title: 'CR in a value',
    columns: 'a BIGINT, b VARCHAR, c BIGINT',
    isUnreadable,
    lines: [row('0', 'z', '0'), written('1,x\ry,2'), row('3', 'w', '4')],
  },
  {
    title: 'CRCRLF',
    columns,
    lines: sales(5),
    spoil: (bytes) => Buffer.from(String(bytes).replaceAll('\n', '\r\r\n')),
    isUnreadable,
  },
  {
    title: 'CRLF and blank lines',
    columns,
    form: { lineEnd: '\r\n' },
    lines: [blank(), ...sales(3), blank(), ...sales(3, 4), blank()],
  },
];
