import { apart, type Pollution, row, sales, salesColumns, written } from '../description.js';

const columns = salesColumns;
const isUnreadable = true;
const notes = 'id BIGINT, note VARCHAR';

const swallowed = 'by the grammar the file is well-formed: one value of several lines';

/** Quotes that do not close, close too early, or are no quotes. */
export const quoteKinds: readonly Pollution[] = [
  {
    title: 'a quote that never closes, in the middle',
    columns,
    isUnreadable,
    lines: [...sales(5), written('6,"item,1.5'), ...sales(5, 7)],
    says: /quote that never closes on line 7/,
    line: 7,
  },
  {
    title: 'a quote that never closes, in the last line',
    columns,
    isUnreadable,
    lines: [...sales(9), written('10,"item,1.5')],
    says: /quote that never closes on line 11/,
    line: 11,
  },
  {
    title: 'a quote that never closes behind 1 MB',
    columns,
    isUnreadable,
    lines: [...sales(2200, 1, ' '.padEnd(500, 'x')), written('6,"item,1.5'), ...sales(5, 7)],
    line: 2202,
  },
  {
    title: 'a quote that never closes, and 1 MB below it',
    columns,
    isUnreadable,
    lines: [written('0,"item,1.5'), ...sales(2200, 1, ' '.padEnd(500, 'x'))],
    line: 2,
  },
  {
    title: 'a quote that closes records later, inside a value',
    columns,
    isUnreadable,
    lines: [...sales(3), written('4,"item,1.5'), ...sales(3, 5), written('8,"item" 8,1.5'), ...sales(3, 9)],
    line: 5,
  },
  {
    title: 'a quote that closes records later, at a value’s end',
    columns,
    isUnreadable,
    lines: [...sales(3), written('4,"item,1.5'), ...sales(3, 5), written('8,item",1.5'), ...sales(3, 9)],
    line: 5,
    known: { behind: swallowed, within: swallowed },
  },
  {
    title: 'text behind a closing quote',
    columns: notes,
    lines: [row('1', 'a'), apart('bad-quote', '2,"b"x'), row('3', 'c')],
    says: /text after a closing quote on line 3/,
  },
  {
    title: 'quotes inside a quoted value, not doubled',
    columns,
    lines: [...sales(2), apart('bad-quote', '3,"the "big" one",1.5'), ...sales(2, 4)],
    says: /text after a closing quote on line 4/,
  },
  {
    title: 'a value quoted twice over',
    columns: notes,
    lines: [row('1', 'a'), apart('bad-quote', '2,"b" "c"'), row('3', 'd')],
    says: /text after a closing quote on line 3/,
  },
  {
    title: 'an inch mark inside a value',
    columns: notes,
    lines: [written('1,5" nail', '1', '5" nail'), written('2,6" nail', '2', '6" nail')],
  },
  {
    title: 'quoted delimiters, quotes and line ends',
    columns: notes,
    lines: [row('1', 'a,b\nc'), row('2', 'd"e'), row('3', '\n\n')],
  },
  {
    title: 'quoted CRLF and LF in a file of CRLF',
    columns: notes,
    form: { lineEnd: '\r\n' },
    lines: [row('1', 'a\nb'), row('2', 'c\r\nd')],
  },
  { title: 'everything quoted, numbers too', columns, form: { quoteAll: true }, lines: sales(9) },
  {
    title: 'numbers quoted in some records',
    columns: 'id BIGINT, n BIGINT',
    lines: [row('1', '2'), written('"3","4"', '3', '4')],
  },
  {
    title: 'blanks before and behind quotes',
    columns: notes,
    lines: [written('1, "a,b" ', '1', 'a,b'), row('2', 'c')],
  },
  {
    title: 'backslashes before quotes',
    columns: notes,
    form: { escape: '\\', quoteAll: true },
    lines: [row('1', 'a"b'), row('2', 'c\\')],
  },
  {
    title: 'a backslash at a quoted value’s end',
    columns: 'id BIGINT, path VARCHAR',
    form: { quoteAll: true },
    lines: [row('1', 'C:\\'), row('2', 'D:\\x')],
  },
  {
    title: 'single quotes around delimiters',
    columns: notes,
    form: { quote: "'", escape: "'", quoteAll: true },
    lines: [row('1', 'a,b'), row('2', "it's")],
  },
  {
    title: 'single quotes around plain values',
    columns: notes,
    form: { quote: "'", escape: "'", quoteAll: true },
    lines: [row('1', 'a'), row('2', 'c')],
  },
  { title: 'apostrophes', columns: notes, lines: [row('1', "it's"), row('2', "'n'"), row('3', "O'Neill")] },
  { title: 'two apostrophes, which are text', columns: 'id BIGINT, text VARCHAR', lines: [row('0', "''")] },
  {
    title: 'no quotes, and values that have some',
    columns: notes,
    form: { quote: '', escape: '', delimiter: '\t' },
    lines: [row('1', 'a "b" c'), row('2', 'd" e'), row('3', 'f')],
  },
  { title: 'a quoted header', columns: notes, header: '"id","note"', lines: [row('1', 'a'), row('2', 'b')] },
];
