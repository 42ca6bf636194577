import assert from 'node:assert/strict';
import type { Contract } from '../../../../src/ingest/contractSchema.js';
import { misfitsByEngine } from '../../../../src/ingest/inspection/askEngine.js';
import { useEngine } from '../landingFixture.js';
import { contractOf, inspectContent } from './inspection.js';

const contract = contractOf(['id BIGINT', 'name', 'amount DOUBLE']);

interface Difference {
  readonly what: string;
  readonly content: string | Buffer;
  readonly contract?: Contract;
  readonly differences: readonly string[];
  readonly readsWell?: boolean;
}

const cases: readonly Difference[] = [
  { what: 'nothing', content: 'id,name,amount\n1,a,2.5\n', differences: [], readsWell: true },
  {
    what: 'another order',
    content: 'amount,id,name\n2.5,1,a\n',
    differences: ['The columns stand in another order than in contracts/file.json; they are read by name.'],
    readsWell: true,
  },
  {
    what: 'a column that is missing',
    content: 'id,amount\n1,2.5\n',
    differences: ['The column name of contracts/file.json is missing.'],
  },
  {
    what: 'a column more',
    content: 'id,name,amount,city\n1,a,2.5,Bern\n',
    differences: ['The column city is not in contracts/file.json.'],
  },
  {
    what: 'a new name',
    content: 'id,name,Amount\n1,a,2.5\n',
    differences: [
      'The column Amount is not in contracts/file.json, and amount is missing: it may have a new name.',
    ],
  },
  {
    what: 'columns as the contract lets them vary',
    content: 'ID,note,amount\n1,a,2.5\n',
    contract: {
      ...contract,
      ignore: ['note'],
      columns: contract.columns.map((column, at) => ({
        ...column,
        ...(at === 0 && { alsoNamed: ['ID'] }),
        ...(at === 1 && { optional: true as const }),
      })),
    },
    differences: [],
    readsWell: true,
  },
  {
    what: 'another delimiter',
    content: 'id;name;amount\n1;a;2.5\n2;b;3.5\n',
    differences: ['The delimiter is ;; contracts/file.json says ,.'],
  },
  {
    what: 'another encoding',
    content: Buffer.from('id,name,amount\n1,\xe9,2.5\n', 'latin1'),
    differences: ['The file is latin-1; contracts/file.json says utf-8.'],
  },
  {
    what: 'values of another type',
    content: 'id,name,amount\n1,a,2.5\n2,b,2/5\n3,c,\n4,d,x\n5,e,.5\n',
    differences: ['amount: 2 values are no DOUBLE, the first on line 3: 2/5.'],
  },
  {
    what: 'ASCII under a contract of Latin-1',
    content: 'id,name,amount\n1,a,2.5\n',
    contract: { ...contract, encoding: 'latin-1' },
    differences: [],
    readsWell: true,
  },
  {
    what: 'dates in the format of the contract',
    content: 'd\n31.12.2024\n1.2.2024\n30.02.2024\n',
    contract: contractOf(['d DATE'], { dateFormat: '%d.%m.%Y' }),
    differences: ['d: 1 value is no DATE, the first on line 4: 30.02.2024.'],
  },
  {
    what: 'no header, as the contract says',
    content: '1,a,2.5\n2,b,3\n',
    contract: { ...contract, header: false },
    differences: [],
    readsWell: true,
  },
];

describe('an inspection against a contract', () => {
  const engine = useEngine();
  const findMisfits = misfitsByEngine(() => Promise.resolve(engine.session()));

  for (const { what, content, contract: given = contract, differences, readsWell = false } of cases) {
    it(`tells of ${what}`, async () => {
      const inspection = await inspectContent(content, { contract: given, findMisfits });
      assert.deepEqual(
        inspection.contract.differences.map(({ message }) => message),
        differences,
      );
      assert.equal(inspection.contract.path, 'contracts/file.json');
      assert.equal(inspection.contract.proposed, undefined);
      assert.equal(inspection.readsWell, readsWell);
    });
  }
});
