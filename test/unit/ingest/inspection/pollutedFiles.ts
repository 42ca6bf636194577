import { gzipSync } from 'node:zlib';

/** A small file that something is wrong with, and what an inspection has to say of it. */
export interface PollutedFile {
  readonly what: string;
  readonly content: string | Buffer;
  readonly name?: string;
  readonly readsWell: boolean;
  /** `line:byte reason, effect` of every suspect record. */
  readonly suspects?: readonly string[];
  /** What the findings have to say, in order. */
  readonly findings?: readonly RegExp[];
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const zipped = gzipSync('id,name\n1,a\n2,b,c\n');
const refusedFields = /^The file has \d fields? on line \d/;

export const pollutedFiles: readonly PollutedFile[] = [
  { what: 'an empty file', content: '', readsWell: false, findings: [/^The file is empty/] },
  { what: 'a byte order mark alone', content: '\ufeff', readsWell: false, findings: [/^The file is empty/] },
  {
    what: 'a header without rows',
    content: 'id,name\n',
    readsWell: false,
    findings: [/a header and no row/],
  },
  { what: 'a file that is fine', content: 'id,name\n1,a\n2,b\n', readsWell: true },
  { what: 'a byte order mark', content: '\ufeffid,name\n1,a\n', readsWell: true },
  { what: 'no line end at the end', content: 'id,name\n1,a', readsWell: true },
  { what: 'line ends of old', content: 'id,name\r1,a\r2,b\r', readsWell: true },
  { what: 'a line break in quotes', content: 'id,name\n1,"a\nb"\n2,c\n', readsWell: true },
  { what: 'blank lines', content: 'id,name\n\n1,a\n\n2,b\n', readsWell: true },
  {
    what: 'a short line',
    content: 'id,name,n\n1,a,2\n2,b\n3,c,4\n',
    readsWell: false,
    suspects: ['3:16 number of fields, rejects'],
    findings: [refusedFields],
  },
  {
    what: 'a long line after a line break in quotes',
    content: 'id,name\n1,"a\r\nb"\n2,b,c\n',
    readsWell: false,
    suspects: ['4:17 number of fields, rejects'],
    findings: [refusedFields],
  },
  {
    what: 'a short line behind a byte order mark and two-byte letters',
    content: '\ufeffid,name\nä,ö\nü\n',
    readsWell: false,
    suspects: ['3:17 number of fields, rejects'],
    findings: [/./],
  },
  {
    what: 'a line of blanks',
    content: 'id,name\n1,a\n   \n2,b\n',
    readsWell: false,
    suspects: ['3:12 number of fields, rejects'],
    findings: [refusedFields],
  },
  {
    what: 'a quote that never closes',
    content: 'id,name\n1,a\n2,"b\n3,c\n4,d\n',
    readsWell: false,
    suspects: ['3:12 a quote that never closes, stops'],
    findings: [/a quote that never closes on line 3/],
  },
  {
    what: 'text after a closing quote',
    content: 'id,name\n1,"a"x\n2,b\n',
    readsWell: false,
    suspects: ['2:8 text after a closing quote, rejects'],
    findings: [/text after a closing quote on line 2/],
  },
  { what: 'a quote inside a value', content: 'id,name\n1,5" pipe\n2,b\n', readsWell: true },
  {
    what: 'a NUL byte',
    content: 'id,name\n1,a\n2,b\0\n3,c\n',
    readsWell: false,
    suspects: ['3:12 NUL byte, stops'],
    findings: [/has NUL bytes/],
  },
  {
    what: 'UTF-16 without its mark',
    content: Buffer.from('id,name\n1,a\n', 'utf16le'),
    readsWell: false,
    findings: [/NUL bytes/],
  },
  { what: 'UTF-16', content: utf16('id,näme\n1,a\n2,b\n'), readsWell: true },
  {
    what: 'a long line in UTF-16',
    content: utf16('id,näme\n1,€\n2,b,c\n'),
    readsWell: false,
    suspects: ['3:26 number of fields, rejects'],
    findings: [refusedFields],
  },
  {
    what: 'UTF-16 of the other order',
    content: utf16('id,name\n').swap16(),
    readsWell: false,
    findings: [/big-endian UTF-16/],
  },
  { what: 'Latin-1', content: latin('id,name\n1,caf\xe9\n'), readsWell: true },
  {
    what: 'Windows-1252',
    content: latin('id,name\n1,\x80uro\n'),
    readsWell: false,
    findings: [/Windows-1252/],
  },
  {
    what: 'other bytes further down than the mark says',
    content: Buffer.concat([Buffer.from('\ufeffid,name\n1,ä\n'), latin('2,\xff\xc3\n3,c\n')]),
    readsWell: false,
    suspects: ['3:16 bytes of another encoding, stops'],
    findings: [/begins as UTF-8 and then has other bytes/],
  },
  {
    what: 'mixed line ends',
    content: 'id,name\r\n1,a\n2,b\r\n',
    readsWell: false,
    findings: [/mixed line ends: line 2/],
  },
  {
    what: 'a title line',
    content: 'Report of May\nid,name\n1,a\n2,b\n',
    readsWell: false,
    findings: [/does not begin with its header: line 1 is Report of May/],
  },
  {
    what: 'a title line with delimiters',
    content: 'Report,,\nid,name,n\n1,a,2\n',
    readsWell: false,
    findings: [/does not begin with its header/],
  },
  { what: "Excel's separator line", content: 'sep=;\nid;name\n1;a\n', readsWell: false, findings: [/sep=;/] },
  { what: 'no header', content: '1,a\n2,b\n3,c\n', readsWell: false, findings: [/may have no header/] },
  { what: 'a name twice', content: 'id,ID\n1,2\n', readsWell: false, findings: [/has the column ID twice/] },
  { what: 'a blank name', content: 'id,,x\n1,2,3\n', readsWell: false, findings: [/no name for column 2/] },
  {
    what: 'the header again',
    content: 'id,name\n1,a\nid,name\n2,b\n',
    readsWell: false,
    suspects: ['3:12 header again, look'],
    findings: [/repeats its header on line 3/],
  },
  {
    what: 'a line of units',
    content: 'id,n\nkg,EUR\n1,2\n3,4\n',
    readsWell: false,
    findings: [/second header line, line 2/],
  },
  {
    what: 'a second table of another width',
    content: 'id,n\n1,2\n2,3\n\nname,city,zip\na,b,1\n',
    readsWell: false,
    suspects: ['5:14 another table, rejects', '6:28 number of fields, rejects'],
    findings: [refusedFields],
  },
  {
    what: 'a second table of the same width',
    content: 'id,n\n1,2\n2,3\n\nname,city\na,b\n',
    readsWell: false,
    suspects: ['5:14 another table, look'],
    findings: [/second table from line 5/],
  },
  {
    what: 'a total at the end',
    content: 'id,n\n1,2\n2,3\nTotal,5\n',
    readsWell: true,
    suspects: ['4:13 total line, look'],
  },
  {
    what: 'a short total at the end',
    content: 'id,n,x\n1,2,3\n2,3,4\nTotal:,5\n',
    readsWell: false,
    suspects: ['4:19 total line, rejects'],
    findings: [refusedFields],
  },
  {
    what: 'an Excel file',
    content: latin('PK\x03\x04\x14\0\x06\0'),
    name: 'file.xlsx',
    readsWell: false,
    findings: [/Excel/],
  },
  {
    what: 'an old Excel file',
    content: latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
    readsWell: false,
    findings: [/./],
  },
  { what: 'a Parquet file', content: 'PAR1abcdPAR1', readsWell: false, findings: [/Parquet/] },
  {
    what: 'bytes that are no text',
    content: Buffer.from(Array.from({ length: 99 }, (_, n) => n % 7)),
    readsWell: false,
    findings: [/./],
  },
  {
    what: 'a compressed file without the ending',
    content: zipped,
    readsWell: false,
    findings: [/is compressed/],
  },
  {
    what: 'a compressed file',
    content: zipped,
    name: 'file.csv.gz',
    readsWell: false,
    suspects: ['3:12 number of fields, rejects'],
    findings: [refusedFields],
  },
  {
    what: 'a compressed file that is cut',
    content: zipped.subarray(0, -6),
    name: 'file.csv.gz',
    readsWell: false,
    suspects: ['3:12 number of fields, rejects'],
    findings: [/is cut: its compressed data ends too early/],
  },
  {
    what: 'a compressed file that is damaged',
    content: Buffer.concat([zipped.subarray(0, 10), Buffer.alloc(20, 7)]),
    name: 'file.csv.gz',
    readsWell: false,
    findings: [/is damaged/],
  },
  {
    what: 'two delimiters that fit',
    content: 'a,b;c\n1,2;3\n4,5;6\n',
    readsWell: false,
    findings: [/more than one delimiter/],
  },
  { what: 'semicolons', content: 'id;n\n1;2,5\n2;3,5\n', readsWell: true },
  { what: 'one column with a blank line', content: 'name\na\n\nb\n', readsWell: true },
];
