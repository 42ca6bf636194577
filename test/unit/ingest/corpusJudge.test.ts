import assert from 'node:assert/strict';
import { apart, misfit, row } from '../../corpus/description.js';
import { judge, means, type Reading, type ReadRow } from '../../corpus/judge.js';
import { columnsOf, printPollution } from '../../corpus/print.js';

const pollution = {
  title: 'some',
  columns: 'id BIGINT, v VARCHAR',
  lines: [row('1', 'x'), apart('too-few-fields', '2'), misfit('id', 'z', 'y'), row('4', null)],
};
const { truth } = printPollution({ ...pollution }, 'within');
const rows: readonly ReadRow[] = [
  { file: 'a.csv', row: 1, values: ['7', 'good'] },
  { file: 'b.csv', row: 1, values: ['1', 'x'] },
  { file: 'b.csv', row: 4, values: ['4', null] },
];
const rejects = [
  { file: 'b.csv', row: 2, line: 3, reason: 'too-few-fields', column: undefined },
  { file: 'b.csv', row: 3, line: 4, reason: 'wrong-type', column: 'id' },
];
const read: Reading = { is: 'read', columns: columnsOf(pollution.columns), rows, rejects };
const refused: Reading = { is: 'refused', message: 'no', isExplained: true, rejects: [] };
const [first, second, third] = rows as [ReadRow, ReadRow, ReadRow];

describe('the judge of polluted files', () => {
  it('accepts exactly the truth', () => assert.deepEqual(judge(truth, read, true), { outcome: 'rejected' }));
  it('accepts an error that is explained', () =>
    assert.deepEqual(judge(truth, refused, true), { outcome: 'loud' }));

  for (const [title, reading] of [
    ['a row lost', { ...read, rows: rows.slice(1) }],
    ['a row twice', { ...read, rows: [first, second, second] }],
    ['a row more', { ...read, rows: [...rows, { file: 'b.csv', row: 5, values: ['5', 'x'] }] }],
    ['a value changed', { ...read, rows: [first, { ...second, values: ['1', 'X'] }, third] }],
    ['NULL made a text', { ...read, rows: [first, second, { ...third, values: ['4', 'NULL'] }] }],
    ['rows numbered otherwise', { ...read, rows: [first, second, { ...third, row: 2 }] }],
    ['columns swapped', { ...read, columns: [...read.columns].reverse() }],
    ['another type', { ...read, columns: columnsOf('id VARCHAR, v VARCHAR') }],
    ['a reject untold', { ...read, rejects: rejects.slice(1) }],
    [
      'a reject of another line',
      { ...read, rejects: [rejects[1] as (typeof rejects)[0], { ...rejects[0]!, line: 9 }] },
    ],
    ['an error that explains nothing', { ...refused, isExplained: false }],
    ['an error with half of the rejects', { ...refused, rejects: rejects.slice(1) }],
  ] as const) {
    it(`finds ${title}`, () => assert.equal(judge(truth, reading, true).outcome, 'silently wrong'));
  }

  it('finds that something was read which can not be', () =>
    assert.equal(judge({ ...truth, isUnreadable: true }, read, true).outcome, 'silently wrong'));

  for (const [cell, value, type, isSame] of [
    ['1.50', '1.5', 'DOUBLE', true],
    ['1e5', '100000.0', undefined, true],
    ['-.5', '-0.5', undefined, true],
    ['007', '7', undefined, false],
    ['+1', '1', undefined, false],
    ['12345678901234567890', '1.2345678901234567e+19', undefined, false],
    ['12345678901234567890', '1.2345678901234567e+19', 'DOUBLE', true],
    ['2024-01-05T10:00', '2024-01-05 10:00:00', undefined, true],
    ['2024-01-05 10:00+02:00', '2024-01-05 10:00:00', undefined, false],
    ['TRUE', 'true', undefined, true],
    ['', null, undefined, true],
    [null, '', undefined, false],
  ] as const) {
    it(`says that ${value} ${isSame ? 'means' : 'does not mean'} ${cell}${type === undefined ? '' : ` as ${type}`}`, () =>
      assert.equal(means(cell, value, type), isSame));
  }
});
