import { type Pollution, sales, salesColumns } from '../description.js';

const columns = salesColumns;
const loud = { first: 'loud', behind: 'loud', within: 'loud' } as const;

/** Names of files, and which files a pattern means. */
export const nameKinds: readonly Pollution[] = [
  {
    title: 'brackets in a name',
    columns,
    name: 'b[1].csv',
    lines: sales(2),
    beside: [{ name: 'b1.csv', lines: sales(2, 5) }],
  },
  {
    title: 'stars and question marks in a name',
    columns,
    name: 'b*?.csv',
    lines: sales(2),
    beside: [{ name: 'bxy.csv', lines: sales(2, 5) }],
  },
  {
    title: 'braces in a name',
    columns,
    name: 'b{1,2}.csv',
    lines: sales(2),
    beside: [{ name: 'b1.csv', lines: sales(2, 5) }],
  },
  { title: 'quotes in a name', columns, name: `b'"c.csv`, lines: sales(2) },
  { title: 'blanks, per cent and Unicode in a name', columns, name: 'b 50% ä日😀.csv', lines: sales(2) },
  { title: 'two points in a name', columns, name: 'b..c.csv', lines: sales(2) },
  { title: 'a name of 200 characters', columns, name: `b${'x'.repeat(195)}.csv`, lines: sales(2) },
  { title: 'a name in capitals', columns, name: 'B.CSV', lines: sales(2) },
  {
    title: 'brackets in a folder’s name',
    columns,
    pattern: '**',
    name: 'c[1]/b.csv',
    lines: sales(2),
    beside: [{ name: 'c1/b.csv', lines: sales(2, 5) }],
  },
  { title: 'a folder like a partition', columns, pattern: '**', name: 'id=99/b.csv', lines: sales(2) },
  {
    title: 'one name in two folders',
    columns,
    pattern: '**',
    name: 'may/b.csv',
    lines: sales(2),
    beside: [{ name: 'june/b.csv', lines: sales(2) }],
  },
  {
    title: 'files that are not finished or hidden',
    columns,
    lines: sales(2),
    litter: {
      '.hidden.csv': 'x',
      '~$b.csv': 'x',
      'b.csv.part': 'x',
      'b.csv.tmp': 'x',
      '_b.csv': 'x',
      'b.csv~': 'x',
      'c.csv.crdownload': 'x',
    },
  },
  {
    title: 'a file of another kind',
    columns,
    lines: sales(2),
    litter: { 'readme.md': '# x' },
    answers: loud,
    says: /is not a file that landing\(\) reads/,
  },
  {
    title: 'a pattern that means some files',
    columns,
    pattern: '{a,b,c}.csv',
    lines: sales(2),
    litter: { 'd.csv': 'x' },
  },
];
