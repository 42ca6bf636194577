import assert from 'node:assert/strict';
import type { ContractChange } from '../../../../src/protocol/drift.js';
import { LandingFixture, problemOf, readLanding, useEngine } from '../landingFixture.js';
import { finderOf } from './driftFixture.js';

const contract = {
  format: 1,
  files: 't/*',
  columns: [
    { name: 'id', type: 'BIGINT' },
    { name: 'price', type: 'DOUBLE' },
    { name: 'note', type: 'VARCHAR' },
  ],
};
const a = 'id,price,note\n1,1.5,x\n2,2.5,y\n';

/** A second file; what the report says: kind, column, new name, and the label of the first choice. */
const recognised: readonly [string, string | Buffer, readonly (readonly (string | undefined)[])[]][] = [
  [
    'a new column with its type',
    'id,price,note,day\n3,1,z,2024-01-05\n',
    [['added', 'day', undefined, 'Add day DATE to the contract; it is empty for the other files']],
  ],
  [
    'a missing column',
    'id,note\n3,z\n',
    [['missing', 'price', undefined, 'Let files lack price; it is empty for them']],
  ],
  [
    'a column in another case',
    'ID,price,note\n3,1,z\n',
    [['renamed', 'id', 'ID', 'Read ID as id; the lake keeps the name id']],
  ],
  [
    'a name that is alike',
    'id,prices,note\n3,1,z\n',
    [['renamed', 'price', 'prices', 'Read prices as price; the lake keeps the name price']],
  ],
  [
    'another name at its place',
    'id,amount,note\n3,1.5,z\n',
    [['renamed', 'price', 'amount', 'Read amount as price; the lake keeps the name price']],
  ],
  [
    'another name at its place, beside a new column',
    'id,amount,note,shop\n3,1.5,z,S1\n',
    [
      ['renamed', 'price', 'amount', 'Read amount as price; the lake keeps the name price'],
      ['added', 'shop', undefined, 'Add shop VARCHAR to the contract; it is empty for the other files'],
    ],
  ],
  [
    'texts at the place of numbers as another column',
    'id,colour,note\n3,red,z\n',
    [
      ['added', 'colour', undefined, 'Add colour VARCHAR to the contract; it is empty for the other files'],
      ['missing', 'price', undefined, 'Let files lack price; it is empty for them'],
    ],
  ],
  [
    'texts under a name like that of numbers as another column',
    'id,prices,note\n3,red,z\n',
    [
      ['added', 'prices', undefined, 'Add prices VARCHAR to the contract; it is empty for the other files'],
      ['missing', 'price', undefined, 'Let files lack price; it is empty for them'],
    ],
  ],
  [
    'another order beside a new column',
    'note,id,price,n\nz,3,1,7\n',
    [
      ['added', 'n', undefined, 'Add n BIGINT to the contract; it is empty for the other files'],
      ['reordered', undefined, undefined, undefined],
    ],
  ],
  [
    'another encoding of some files',
    Buffer.from('id,price,note\n3,1,\xe9\n', 'latin1'),
    [['encoding', undefined, undefined, undefined]],
  ],
  [
    'another delimiter of some files',
    'id;price;note\n3;1;z\n',
    [['delimiter', undefined, undefined, undefined]],
  ],
  [
    'decimals where whole numbers were',
    'id,price,note\n1.5,1,z\n2.5,1,z\n',
    [['type', 'id', undefined, 'Read id as DOUBLE from now on']],
  ],
  [
    'many texts where numbers were',
    `id,price,note\n${'3,cheap,z\n'.repeat(12)}`,
    [['type', 'price', undefined, 'Read price as VARCHAR from now on']],
  ],
  ['nothing in two bad texts', 'id,price,note\n3,cheap,z\n4,dear,z\n', []],
  [
    'nothing in many bad values among more good ones',
    `id,price,note\n${'3,cheap,z\n'.repeat(12)}${'3,1,z\n'.repeat(28)}`,
    [],
  ],
  [
    'other columns where names stand at other places',
    'colour,price,weight\nred,1,7\n',
    [
      ['added', 'colour', undefined, 'Add colour VARCHAR to the contract; it is empty for the other files'],
      ['added', 'weight', undefined, 'Add weight BIGINT to the contract; it is empty for the other files'],
      ['missing', 'id', undefined, 'Let files lack id; it is empty for them'],
      ['missing', 'note', undefined, 'Let files lack note; it is empty for them'],
    ],
  ],
];

describe('drift of files from their contract', () => {
  const engine = useEngine();
  let fixture: LandingFixture;
  afterEach(() => fixture.remove());

  const under = (files: Readonly<Record<string, string | Buffer>>, own: object = {}) => {
    fixture = new LandingFixture(files);
    fixture.writeContract('t.json', { ...contract, ...own });
    return finderOf(fixture, engine.session());
  };
  const read = () => readLanding(fixture.landing({ frozen: true }), 't/*', engine.session());

  for (const [title, b, expected] of recognised) {
    it(`is seen as ${title}`, async () => {
      const { differences } = await under({ 't/a.csv': a, 't/b.csv': b }).find('t/*');
      const found = differences.map(({ kind, column, newName, choices }) => [
        kind,
        column,
        newName,
        choices[0]?.label,
      ]);
      assert.deepEqual(found, expected);
    });
  }

  it('stops a run and tells of all files', async () => {
    const b = 'id,price,note,n\n3,1,z,1\n';
    under({ 't/a.csv': a, 't/b.csv': b, 't/c.csv': b, 't/d.csv': 'id,note\n3,z\n' });
    const { code, message, hint } = await problemOf(read);
    assert.equal(code, 'landing.drift');
    assert.match(
      message,
      /^3 of 4 files differ from contracts\/t\.json: The column n is new, of type BIGINT/,
    );
    assert.match(
      message,
      /b\.csv and 1 more file\. The column price is missing in data\/landing\/t\/d\.csv\.$/,
    );
    assert.match(hint ?? '', /ratatouille accept "t\/\*"\. .*: ratatouille accept "t\/\*" --ignore n\./);
  });

  it('takes a new column for text when its values further down are', async () => {
    const b = `id,price,note,n\n${'1,1,z,7\n'.repeat(20_000)}3,1,z,x\n`;
    const { differences } = await under({ 't/a.csv': a, 't/b.csv': b }).find('t/*');
    assert.match(differences[0]?.message ?? '', /of type VARCHAR/);
  });

  it('takes no two new names for one column', async () => {
    const finder = under({ 't/a.csv': a, 't/b.csv': 'id,prices,pricey,note\n3,1,2,z\n' });
    const { differences } = await finder.find('t/*');
    assert.deepEqual(differences.map(({ kind }) => kind).sort(), ['added', 'renamed']);
  });

  it('lets a contract change its encoding when all files did', async () => {
    const finder = under({ 't/b.csv': Buffer.from('id,price,note\n3,1,\xe9\n', 'latin1') });
    const [difference] = (await finder.find('t/*')).differences;
    await finder.accept({ pattern: 't/*', changes: difference?.choices[0]?.changes ?? [] });
    assert.deepEqual((await read()).rows, [['3', '1.0', 'é', 't/b.csv', '1']]);
  });

  it('refuses a type that values do not have, and writes nothing', async () => {
    const finder = under({ 't/a.csv': a });
    const before = fixture.contract('t.json');
    const changes: ContractChange[] = [{ kind: 'set type', column: 'price', type: 'BIGINT' }];
    const { code, message } = await problemOf(() => finder.accept({ pattern: 't/*', changes }));
    assert.deepEqual([code, fixture.contract('t.json')], ['landing.drift', before]);
    assert.match(message, /price can not be read as BIGINT: data\/landing\/t\/a\.csv has "1\.5"/);
  });

  it('writes nothing over a contract that was changed meanwhile', async () => {
    const finder = under({ 't/a.csv': a, 't/b.csv': 'id,note\n3,z\n' });
    const changes: ContractChange[] = [{ kind: 'make optional', column: 'price' }];
    const confirm = async () => {
      fixture.writeContract('t.json', { ...contract, maxRejects: 7 });
      return true;
    };
    const { code } = await problemOf(() => finder.accept({ pattern: 't/*', changes }, confirm));
    assert.equal(code, 'landing.contract');
    assert.match(fixture.contract('t.json'), /"maxRejects":7/);
  });

  it('names a column that the contract does not have', async () => {
    const changes: ContractChange[] = [{ kind: 'set type', column: 'pri', type: 'BIGINT' }];
    const { message } = await problemOf(() => under({ 't/a.csv': a }).accept({ pattern: 't/*', changes }));
    assert.equal(message, 'contracts/t.json has no column pri.');
  });

  it('refuses a file that has a column under two names', async () => {
    const columns = contract.columns.map((each) => ({ ...each, alsoNamed: [`${each.name}_old`] }));
    under({ 't/a.csv': 'id,id_old,price,note\n1,2,3,z\n' }, { columns });
    const { code, message } = await problemOf(read);
    assert.equal(code, 'landing.file');
    assert.match(message, /has the columns id and id_old, which are one in contracts\/t\.json/);
  });

  it('sets records apart by the fields of their own file', async () => {
    const columns = contract.columns.map((each) => ({ ...each, optional: true }));
    under({ 't/a.csv': a, 't/b.csv': 'more,id\nq,5\nq,6,7\n' }, { columns, ignore: ['more'], maxRejects: 1 });
    const source = await fixture.landing().open('t/*');
    const apart = await source.setApart({ session: engine.session(), directory: fixture.root });
    const { rows } = await engine
      .session()
      .rows(`SELECT id, price, _row FROM (${apart?.select}) WHERE id = 5`);
    assert.deepEqual([apart?.rejects?.records, rows], [1, [[5, null, 1]]]);
  });
});
