import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatRunSummary } from '../../../src/cli/print/runSummary.js';
import { plainStyle } from '../../../src/cli/style.js';
import { plainFiles } from '../../support/generations.js';
import { endings, problemFrom, problems, projectForEach, rows, runOnce, statuses } from './runs.js';

const table = (name: string, select: string): string => `CREATE TABLE ${name} AS ${select}`;

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'ok', type: 'BOOLEAN' },
  { name: 'note', type: 'VARCHAR' },
];
const good = '1,true,a\n2,no,b\n';
/** One good record and four that do not fit, two of whose values are wrong. */
const dirty = 'id,ok,note\n1,true,a\n2,true\n3,maybe,c\nx,y!,d\n5,true,"e"e\n6,false,f\n';
/** `_row` and `reason` of each, in order. */
const found = [
  [2, 'too-few-fields'],
  [3, 'wrong-type'],
  [4, 'wrong-type'],
  [4, 'wrong-type'],
  [5, 'bad-quote'],
];

describe('records that do not fit', () => {
  const project = projectForEach((temporary) => {
    temporary.write('data/landing/t/a.csv', dirty);
    temporary.write('data/landing/t/b.csv', `id,ok,note\n${good}`);
    temporary.notebook('a', table('bronze.t', "SELECT * FROM landing('t/*.csv')"));
  });
  const allow = (maxRejects?: number | string) =>
    project().write('contracts/t.json', JSON.stringify({ format: 1, files: 't/*.csv', maxRejects, columns }));
  const query = (sql: string) => project().use((opened) => rows(opened, sql));
  const reasons = (call: string) => query(`SELECT _row, reason FROM ${call} ORDER BY _file, _row`);

  describe('beyond what the contract allows', () => {
    it('keep the table from being published, and are told', async () => {
      allow();
      const { models } = await runOnce(project());
      const [{ status, rejected, problems: told } = assert.fail()] = models;
      assert.deepEqual([status, rejected, plainFiles(project().root)], ['failed', 4, []]);
      assert.deepEqual(
        told.map(({ code, message, hint, place }) => ({ code, message, hint, place })),
        [
          {
            code: 'landing.rejects',
            message:
              '4 records do not fit contracts/t.json, which allows none: data/landing/t/a.csv:3: 2 fields where 3 belong; data/landing/t/a.csv:4: ok "maybe" is no BOOLEAN; data/landing/t/a.csv:5: id "x" is no BIGINT; ….',
            hint: 'See them: SELECT * FROM rejects(\'bronze.t\', run => 1). Mend the file, or set "maxRejects" in contracts/t.json to go on without such records.',
            place: { file: 'data/landing/t/a.csv', line: 3 },
          },
        ],
      );
    });

    it('are kept as rows of their run', async () => {
      allow(3);
      await runOnce(project());
      assert.deepEqual(await reasons("rejects('bronze.t', run => 1)"), found);
      assert.deepEqual(await reasons("rejects('bronze.t', run => 'all')"), found);
      assert.deepEqual(await reasons("rejects('bronze.t')"), []);
    });

    it('are said to be the contract’s fault where nearly none fits', async () => {
      allow(20);
      project().write('data/landing/t/a.csv', `id,ok,note\n${'1;true;a\n'.repeat(3000)}`);
      assert.match(
        problems(await runOnce(project())).join(),
        /^landing\.rejects Nearly no record fits contracts\/t\.json: data\/landing\/t\/a\.csv:2: 1 field where 3 belong; /,
      );
      assert.deepEqual(await query("SELECT count(*) FROM rejects('bronze.t', run => 1)"), [[1021]]);
    });

    it('are rejects too where the first look proposed the contract', async () => {
      const many = Array.from({ length: 200_000 }, (_, id) => `${id},some text that fills the sample\n`).join(
        '',
      );
      project().write('data/landing/u/a.csv', `id,note\n${many}7\n8,x,y\nno number,z\n`);
      project().notebook('a', table('bronze.t', "SELECT * FROM landing('u/*.csv')"));
      assert.match(
        problems(await runOnce(project())).join(),
        /^landing\.rejects 2 records do not fit contracts\/u\.json, which allows none: data\/landing\/u\/a\.csv:200002: 1 field where 2 belong; /,
      );
      assert.deepEqual(await reasons("rejects('bronze.t', run => 1)"), [
        [200_001, 'too-few-fields'],
        [200_002, 'too-many-fields'],
      ]);
    });

    it('do not hide what no limit allows', async () => {
      allow(1000);
      project().write('data/landing/t/a.csv', `${dirty}7,true,"open\n`);
      assert.match(
        problems(await runOnce(project())).join(),
        /^landing\.file data\/landing\/t\/a\.csv ends inside a quote that opens on line 8\.$/,
      );
      project().write('data/landing/t/a.csv', `${dirty}7,true,"say "no" to\nit"\n`);
      assert.match(problems(await runOnce(project())).join(), /may end there or on line 9\.$/);
    });

    it('stay told when another attempt fails', async () => {
      allow();
      project().notebook('b', table('silver.t', "FROM rejects('bronze.t')"));
      assert.deepEqual(statuses(await runOnce(project())), { 'bronze.t': 'failed', 'silver.t': 'blocked' });
      await runOnce(project());
      assert.deepEqual(await query("SELECT DISTINCT run FROM rejects('bronze.t', run => 'all') ORDER BY 1"), [
        [1],
        [2],
      ]);
    });
  });

  describe('within what the contract allows', () => {
    beforeEach(() => allow(4));

    it('are left out, counted and kept', async () => {
      const { models } = await runOnce(project());
      const [{ status, rejected, equation } = assert.fail()] = models;
      assert.deepEqual(
        [status, rejected, equation],
        ['built', 4, { in: 8, out: 4, quarantined: 0, rejected: 4, holds: true }],
      );
      assert.deepEqual(await reasons("rejects('bronze.t')"), found);
      assert.deepEqual(await query("SELECT _row, note FROM bronze.t WHERE _file = 't/a.csv' ORDER BY 1"), [
        [1, 'a'],
        [6, 'f'],
      ]);
    });

    it('are described so that a person finds them', async () => {
      await runOnce(project());
      const sql = "SELECT * FROM rejects('bronze.t') WHERE _row = 4 AND column_name = 'ok'";
      assert.deepEqual(await query(sql), [
        [1, 't/a.csv', 4, 5, 37, 'ok', 'wrong-type', '"y!" is no BOOLEAN', 'y!', 'x,y!,d', false],
      ]);
    });

    it('cost nothing when nothing changed', async () => {
      await runOnce(project());
      const record = await runOnce(project());
      assert.deepEqual(
        record.models.map(({ status, rejected }) => [status, rejected]),
        [['skipped', 4]],
      );
      assert.match(formatRunSummary(record, plainStyle), /^Still to be seen to: bronze\.t: 4 rejected\.$/m);
    });

    it('are found again from what is known of their files', async () => {
      await runOnce(project());
      project().write('data/landing/t/c.csv', `id,ok,note\n${good}`);
      await runOnce(project());
      assert.deepEqual(await reasons("rejects('bronze.t')"), found);
      assert.deepEqual(await query('SELECT count(*) FROM bronze.t'), [[6]]);
    });

    it('are gone with a mended file', async () => {
      await runOnce(project());
      project().write('data/landing/t/a.csv', `id,ok,note\n${good}`);
      await runOnce(project());
      assert.deepEqual(await reasons("rejects('bronze.t')"), []);
      assert.deepEqual(await reasons("rejects('bronze.t', run => 1)"), found);
    });

    it('can be a share of all', async () => {
      allow('50%');
      assert.deepEqual(statuses(await runOnce(project())), { 'bronze.t': 'built' });
      allow('49.9%');
      assert.match(
        problems(await runOnce(project())).join(),
        /which allows 49\.9% of 8 records, which is 3: /,
      );
    });

    it('are built again only when less is allowed', async () => {
      await runOnce(project());
      allow(5);
      assert.deepEqual(endings(await runOnce(project())), { 'bronze.t': 'skipped: unchanged since run 1' });
      allow(3);
      const plan = await project().use((opened) => opened.plan({ select: [], fullRefresh: false }));
      assert.equal(plan.entries[0]?.reason, 'contracts/t.json allows 3, and 4 records did not fit');
    });

    for (const [title, record, reason] of [
      ['an empty field too many', '2,true,b,', 'too-many-fields'],
      ['a quote that opens again', '2,true,"a" "b"', 'bad-quote'],
    ] as const) {
      it(`are noticed for ${title}, which the engine takes silently`, async () => {
        project().write('data/landing/t/a.csv', `id,ok,note\n1,true,a\n${record}\n`);
        await runOnce(project());
        assert.deepEqual(await reasons("rejects('bronze.t')"), [[2, reason]]);
      });
    }

    it('are told by status', async () => {
      await runOnce(project());
      const { tables } = await project().use((opened) => opened.status());
      assert.deepEqual(
        tables.map(({ name, rejected }) => [name, rejected]),
        [['bronze.t', 4]],
      );
    });

    it('are the same whatever a model reads of them', async () => {
      project().write('data/landing/t/a.csv', 'id,ok,note\n1,maybe,a\n2,true,b\n');
      project().notebook('a', table('bronze.t', "SELECT note, _file, _row FROM landing('t/*.csv')"));
      await runOnce(project());
      assert.deepEqual(await reasons("rejects('bronze.t')"), [[1, 'wrong-type']]);
      assert.deepEqual(await query('SELECT count(*) FROM bronze.t'), [[3]]);
    });

    it('are on their own line where blank ones are no records', async () => {
      const one = { format: 1, files: 'u/*', maxRejects: 1, nullStrings: ['NA'] };
      const contract = { ...one, columns: [{ name: 'n', type: 'BIGINT' }] };
      project().write('contracts/u.json', JSON.stringify(contract));
      project().write('data/landing/u/c.csv', 'n\n1\n\n2\noops\n4\n');
      project().notebook('a', table('bronze.t', "SELECT * FROM landing('u/*') WHERE n < 1000"));
      const { models } = await runOnce(project());
      assert.deepEqual(await query("SELECT _row, line, text FROM rejects('bronze.t')"), [[3, 5, 'oops']]);
      const { in: read, out, filtered, rejected } = models[0]?.equation ?? assert.fail();
      assert.deepEqual([read, out, filtered, rejected], [4, 3, 0, 1]);
    });

    it('are left out below a temporary table', async () => {
      const few = "CREATE TEMP TABLE few AS SELECT id + 0 AS id FROM landing('t/*.csv')";
      project().notebook('a', few, table('bronze.t', 'FROM few'));
      await runOnce(project());
      assert.deepEqual(await query('SELECT id FROM bronze.t ORDER BY 1'), [[1], [1], [2], [6]]);
      assert.deepEqual(await reasons("rejects('bronze.t')"), found);
    });

    it('are left out of a query of the files', async () => {
      const sql = "SELECT _row FROM landing('t/*.csv') WHERE _file = 't/a.csv' ORDER BY 1";
      assert.deepEqual(await query(sql), [[1], [6]]);
    });

    it('of two patterns are kept together', async () => {
      project().write('data/landing/u/c.csv', 'n,m\n1,2\n3\n');
      const two = [
        { name: 'n', type: 'BIGINT' },
        { name: 'm', type: 'BIGINT' },
      ];
      project().write(
        'contracts/u.json',
        JSON.stringify({ format: 1, files: 'u/*', maxRejects: 1, columns: two }),
      );
      const select =
        "SELECT id, _file, _row FROM landing('t/*.csv') UNION ALL SELECT n, _file, _row FROM landing('u/*')";
      project().notebook('a', table('bronze.t', select));
      const { models } = await runOnce(project());
      assert.equal(models[0]?.rejected, 5);
      assert.deepEqual(await reasons("rejects('bronze.t')"), [...found, [2, 'too-few-fields']]);
    });

    it('build what reads them', async () => {
      project().notebook('b', table('silver.bad', "SELECT _row, reason FROM rejects('bronze.t')"));
      assert.deepEqual(statuses(await runOnce(project())), { 'bronze.t': 'built', 'silver.bad': 'built' });
      assert.deepEqual(statuses(await runOnce(project())), {
        'bronze.t': 'skipped',
        'silver.bad': 'skipped',
      });
      project().write('data/landing/t/a.csv', `id,ok,note\n${good}`);
      assert.deepEqual(statuses(await runOnce(project())), { 'bronze.t': 'built', 'silver.bad': 'built' });
      assert.deepEqual(await query('FROM silver.bad'), []);
    });

    it('go along with a renamed and a restored table', async () => {
      await runOnce(project());
      project().write('data/landing/t/a.csv', `id,ok,note\n${good}`);
      await runOnce(project());
      project().notebook('a', table('bronze.u', "SELECT * FROM landing('t/*.csv')"));
      await project().use((opened) => opened.rename({ from: 'bronze.t', to: 'bronze.u' }, {}));
      assert.deepEqual(await reasons("rejects('bronze.u', run => 1)"), found);
      await project().use((opened) => opened.restore('bronze.u', { version: 1 }));
      assert.deepEqual(await reasons("rejects('bronze.u')"), found);
    });

    it('leave nothing in staging', async () => {
      await runOnce(project());
      allow();
      await runOnce(project());
      const left = readdirSync(join(project().root, '.ratatouille/staging'), {
        recursive: true,
        withFileTypes: true,
      });
      assert.deepEqual(
        left.filter((entry) => entry.isFile()),
        [],
      );
      assert.equal(existsSync(join(project().root, '.ratatouille/rejects/bronze/t')), true);
    });
  });

  describe('are asked for', () => {
    for (const [call, said] of [
      ["rejects('bronze.gone')", 'graph.unknown-table There are no rejects of bronze.gone.'],
      ["quarantine('bronze.gone')", 'graph.unknown-table There is no quarantine of bronze.gone.'],
      ["rejects('nonsense')", 'graph.unknown-table There are no rejects of nonsense.'],
      [
        "rejects('bronze.t', run => 9)",
        'graph.unknown-table Run 9 is not kept, so nobody knows what it rejected.',
      ],
      [
        "rejects('bronze.t', run => 1 + 1)",
        "sql.failed rejects() takes a table's name in quotes, and perhaps a run.",
      ],
      [
        "rejects('bronze.t', runs => 1)",
        "sql.failed rejects() takes a table's name in quotes, and perhaps a run.",
      ],
    ] as const) {
      it(`wrongly by ${call}`, async () => {
        allow(4);
        await runOnce(project());
        const { code, message } = await project().use((opened) =>
          problemFrom(opened.query(`FROM ${call}`, {})),
        );
        assert.equal(`${code} ${message}`, said);
      });
    }

    it('of a run that rejected nothing', async () => {
      project().write('data/landing/t/a.csv', `id,ok,note\n${good}`);
      allow();
      await runOnce(project());
      assert.deepEqual(
        await query("SELECT typeof(_row), typeof(reason) FROM rejects('bronze.t', run => 1)"),
        [],
      );
      assert.deepEqual(await query("SELECT max(line) FROM rejects('bronze.t')"), [[null]]);
    });

    it('of quarantined rows by run too', async () => {
      project().write('data/landing/t/a.csv', `id,ok,note\n${good}`);
      allow();
      project().notebook('b', `-- @check: id > 1 | drop\n${table('silver.s', 'FROM bronze.t')}`);
      await runOnce(project());
      project().write('data/landing/t/b.csv', 'id,ok,note\n7,true,x\n');
      await runOnce(project());
      const ids = (run: string) => query(`SELECT id FROM quarantine('silver.s'${run}) ORDER BY 1`);
      assert.deepEqual(
        [await ids(''), await ids(', run => 1'), await ids(", run => 'all'")],
        [[[1]], [[1], [1]], [[1], [1], [1]]],
      );
    });
  });
});
