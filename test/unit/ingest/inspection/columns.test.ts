import assert from 'node:assert/strict';
import fc from 'fast-check';
import { misfitsByEngine } from '../../../../src/ingest/inspection/askEngine.js';
import type { ColumnInspection, FileInspection } from '../../../../src/protocol/inspection.js';
import { useEngine } from '../landingFixture.js';
import { contractOf, inspectContent } from './inspection.js';

const types = [
  'BOOLEAN',
  'INTEGER',
  'BIGINT',
  'DOUBLE',
  'DECIMAL(6,2)',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'VARCHAR',
];
const value = fc.constantFrom(
  '',
  '1',
  '007',
  '-0',
  '1.5',
  '.5',
  '1e3',
  '12345678901',
  'true',
  't',
  '2024-02-29',
  '2023-02-29',
  '10:30',
  '24:00',
  '2024-01-01 10:30',
  '2024-01-01T10:30:00.5',
  'N/A',
  'NULL',
  'Berlin',
  ' 5',
  '5 ',
);

const number = fc.stringMatching(/^-?[0-9]{1,11}(\.[0-9]{1,4})?(e[0-9])?$/);

describe('columns of an inspection', () => {
  const engine = useEngine();
  const findMisfits = misfitsByEngine(() => Promise.resolve(engine.session()));

  it('add up to the well-formed records, under a contract', async () => {
    const rows = fc.array(fc.array(value, { minLength: 8, maxLength: 10 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (records) => {
        const contract = contractOf(
          types.map((type, index) => `c${index} ${type}`),
          { nullStrings: ['', 'NULL'] },
        );
        const header = contract.columns.map(({ name }) => name).join(',');
        const content = [header, ...records.map((fields) => fields.join(','))].join('\n');
        const inspection = await inspectContent(content, { contract, findMisfits });
        assert.equal(inspection.records.total, records.length);
        assertSums(inspection);
      }),
      { numRuns: 50 },
    );
  });

  it('judge numbers as the strict read does', async () => {
    const numbers = ['INTEGER', 'BIGINT', 'DOUBLE', 'DECIMAL(6,2)', 'DECIMAL(2,2)'];
    const texts = [...new Set(fc.sample(number, 500))];
    const rows = texts.map((text) => numbers.map(() => text).join(','));
    const contract = contractOf(numbers.map((type, index) => `c${index} ${type}`));
    const content = `c0,c1,c2,c3,c4\n${rows.join('\n')}\n`;
    const { columns } = await inspectContent(content, { contract, findMisfits });
    const expected = numbers.map(async (type) => (await findMisfits(type, {}, texts)).size);
    assert.deepEqual(
      columns.map(({ misfits }) => misfits),
      await Promise.all(expected),
    );
  });

  it('add up without a contract, whatever the file is like', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', '-', ';', 'é', '\0'),
      maxLength: 80,
    });
    await fc.assert(
      fc.asyncProperty(text, async (content) => assertSums(await inspectContent(content, { findMisfits }))),
      { numRuns: 150 },
    );
  });

  it('name the first value that does not fit', async () => {
    const content = 'id,n\n1,5\n2,"a\nb"\n3,x\n';
    const { columns } = await inspectContent(content, { contract: contractOf(['id BIGINT', 'n BIGINT']) });
    assert.deepEqual(columns[1]?.firstMisfit, { line: 3, byte: 9, text: 'a\nb' });
    assert.deepEqual(countsOf(columns[1]), { fits: 1, nulls: 0, misfits: 2 });
  });

  it('tell a type that only the beginning of a long file has', async () => {
    const content = `n,d\n${'1,2024-01-01\n'.repeat(400_000)}x,soon\n`;
    const { columns, decisions, contract, readsWell } = await inspectContent(content, { findMisfits });
    assert.deepEqual(
      columns.map(({ type, decidedBy, judgedType }) => [type, decidedBy, judgedType]),
      [
        ['VARCHAR', 'widened', 'BIGINT'],
        ['VARCHAR', 'widened', 'DATE'],
      ],
    );
    assert.match(
      decisions[0]?.question ?? '',
      /but 1 value further down is none, the first on line 400,002: x/,
    );
    assert.match(contract.proposed ?? '', /"n", "type": "VARCHAR"/);
    assert.equal(readsWell, true);
  });

  it('give the least and the greatest value as they are written', async () => {
    const content =
      'n,x,d,t\n10,-1.50,2024-02-01,2024-01-01 10:00:00.2\n9,1e3,2023-12-31,2024-01-01T10:00:00.1\n9007199254740992,2.5,2024-01-01,2024-01-01 09:00\n9007199254740993,2.5,2024-01-01,2024-01-01 09:00\n';
    const { columns } = await inspectContent(content, { findMisfits });
    assert.deepEqual(
      columns.map(({ least, greatest }) => [least, greatest]),
      [
        ['9', '9007199254740993'],
        ['-1.50', '1e3'],
        ['2023-12-31', '2024-02-01'],
        ['2024-01-01 09:00', '2024-01-01 10:00:00.2'],
      ],
    );
  });

  it('leave what does not fit out of the range', async () => {
    const contract = contractOf(['n DECIMAL(6,2)', 'id']);
    const { columns } = await inspectContent('n,id\n1.50,a\n9.999,b\n2.5,c\n', { contract });
    assert.deepEqual([columns[0]?.least, columns[0]?.greatest, columns[0]?.misfits], ['1.50', '2.5', 1]);
  });

  it('count the spellings of no value', async () => {
    const { columns, decisions } = await inspectContent('id,n\n1,5\n2,N/A\n3,\n4,N/A\n5,-\n6,7\n7,8\n8,9\n');
    assert.deepEqual(columns[1]?.nullSpellings, [
      { text: '', count: 1 },
      { text: 'N/A', count: 2 },
      { text: '-', count: 1 },
    ]);
    assert.deepEqual(
      decisions[0]?.choices[0],
      'Write "nullStrings": ["", "N/A", "-"] and the type BIGINT in the contract.',
    );
  });

  it('tell day from month where one date shows it', async () => {
    const told = await inspectContent('d\n"01/02/2024"\n"13/02/2024"\n');
    assert.deepEqual(told.columns[0]?.dateForms, [{ form: '31/12/2024', count: 2, ambiguous: false }]);
    const open = await inspectContent('d\n"01/02/2024"\n"03/02/2024"\n');
    assert.deepEqual(open.columns[0]?.dateForms, [{ form: '31/12/2024', count: 2, ambiguous: true }]);
    assert.match(open.decisions[0]?.question ?? '', /31\/12\/2024 or 12\/31\/2024/);
  });

  it('tell of dates that are written in two ways', async () => {
    const { columns, decisions } = await inspectContent('d\n"13.02.2024"\n"2024-02-14"\n"02.15.2024"\n');
    assert.deepEqual(columns[0]?.dateForms.map(({ form }) => form).sort(), [
      '12.31.2024',
      '2024-12-31',
      '31.12.2024',
    ]);
    assert.match(decisions.at(-1)?.question ?? '', /3 ways/);
  });

  it('count what is odd about texts', async () => {
    const content =
      'code,amount,city,at\n007,"1,50",Bern,2024-01-01T10:00Z\n010,"2.000,00", Bern,2024-01-01T10:00+01\n+5,"1,234",bern ,x\n123456789012345678901,"9,1",Basel,y\n';
    const { columns } = await inspectContent(content, { findMisfits });
    const odd = columns.flatMap(({ name, oddities }) =>
      oddities.map(({ kind, count }) => `${name}: ${count} ${kind}`),
    );
    assert.deepEqual(odd.sort(), [
      'amount: 1 thousands separators',
      'amount: 3 decimal commas',
      'at: 2 offsets from UTC',
      'city: 1 blanks after',
      'city: 1 blanks before',
      'code: 1 plus signs',
      'code: 1 too many digits',
      'code: 2 leading zeros',
    ]);
  });

  it('find spellings that differ by case alone', async () => {
    const { columns } = await inspectContent('city,n\nBern,1\nBERN,2\nBern,3\nBasel,4\n');
    assert.deepEqual(columns[0]?.oddities, [{ kind: 'spellings by case', count: 1, examples: ['BERN'] }]);
    assert.equal(columns[0]?.distinctTexts, 3);
  });

  it('give up telling many texts apart', async () => {
    const rows = Array.from({ length: 300 }, (_, number) => `text ${number}\n`);
    const { columns } = await inspectContent(`name\n${rows.join('')}`);
    assert.deepEqual([columns[0]?.distinctTexts, columns[0]?.fits], [undefined, 300]);
  });
});

function assertSums({ columns, records }: FileInspection): void {
  assert.equal(records.total, records.wellFormed + records.suspect);
  for (const column of columns) {
    const { fits, nulls, misfits } = countsOf(column);
    assert.equal(fits + nulls + misfits, records.wellFormed, column.name);
    assert.equal(column.firstMisfit === undefined, misfits === 0);
  }
}

function countsOf(column: ColumnInspection | undefined) {
  const { fits = 0, nulls = 0, misfits = 0 } = column ?? {};
  return { fits, nulls, misfits };
}
