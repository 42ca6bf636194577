import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportOptions, QueryOptions } from '../../../../src/app/project.js';
import { ProblemError, problem } from '../../../../src/protocol/problem.js';
import { type CallOptions, call } from '../commandLine.js';
import { fakeProject } from '../fakeProject.js';

const columns = [
  { name: 'day', type: 'DATE' },
  { name: 'id', type: 'BIGINT' },
  { name: 'id', type: 'DECIMAL(18,2)' },
];
const rows = [
  ['2026-01-05', '9007199254740993', '10.50'],
  ['2026-01-06', 7, null],
];

describe('ratatouille query', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ratatouille-query-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [format, expected] of [
    ['csv', 'day,id,id\n2026-01-05,9007199254740993,10.50\n2026-01-06,7,\n'],
    [
      'ndjson',
      '{"day":"2026-01-05","id":"9007199254740993","id_2":"10.50"}\n{"day":"2026-01-06","id":7,"id_2":null}\n',
    ],
    [
      'json',
      '[\n{"day":"2026-01-05","id":"9007199254740993","id_2":"10.50"},\n{"day":"2026-01-06","id":7,"id_2":null}\n]\n',
    ],
    [
      'markdown',
      '| day | id | id |\n| --- | ---: | ---: |\n| 2026-01-05 | 9007199254740993 | 10.50 |\n| 2026-01-06 | 7 | NULL |\n',
    ],
    [
      'table',
      'day                       id     id\n──────────  ────────────────  ─────\n2026-01-05  9007199254740993  10.50\n2026-01-06                 7   NULL\n',
    ],
    [
      'chart',
      `2026-01-05  ${'█'.repeat(50)}  9007199254740993\n2026-01-06  ${' '.repeat(50)}                 7\n`,
    ],
  ] as const) {
    it(`prints ${format}`, async () => {
      const { code, stdout } = await query(['SELECT 1', '--format', format]);
      assert.equal(code, 0);
      assert.equal(stdout, expected);
    });
  }

  it('prints JSON for --json', async () => {
    assert.equal(JSON.parse((await query(['SELECT 1', '--json'])).stdout).length, 2);
  });

  it('tells which column JSON renames', async () => {
    const { stderr } = await query(['SELECT 1', '--format', 'json']);
    assert.equal(stderr, 'Column 3 is id_2 here, because another is called id.\n');
  });

  it('says how many rows there are', async () => {
    assert.equal((await query(['SELECT 1'])).stderr, '2 rows\n');
  });

  for (const format of ['table', 'csv', 'json', 'ndjson', 'markdown', 'chart']) {
    it(`tells that ${format} is cut`, async () => {
      const { stderr } = await query(['SELECT 1', '--limit', '1', '--format', format]);
      assert.match(stderr, /1 of 2 rows; --limit all shows the rest\./);
    });
  }

  for (const [argv, columnsOfTerminal, limit] of [
    [[], undefined, undefined],
    [[], 80, 40],
    [['--limit', 'all'], 80, undefined],
    [['--limit', '1_000'], 80, 1000],
    [['--format', 'csv'], 80, undefined],
    [['--format', 'markdown'], 80, 40],
    [['--format', 'chart'], 80, 40],
    [['--output', 'rows.txt'], 80, undefined],
  ] as const) {
    it(`asks for ${limit ?? 'all'} rows with [${argv}] at ${columnsOfTerminal} columns`, async () => {
      const terminal = columnsOfTerminal === undefined ? {} : { columns: columnsOfTerminal };
      const { asked } = await query(['SELECT 1', ...argv], terminal);
      assert.equal(asked?.options.limit, limit);
    });
  }

  it('reads its SQL from standard input', async () => {
    const { asked } = await query(['-'], { stdin: 'SELECT ü' });
    assert.equal(asked?.sql, 'SELECT ü');
  });

  it('reads its SQL from a file', async () => {
    writeFileSync(join(folder, 'q.sql'), '\ufeffSELECT 2\n');
    const { asked } = await query(['--file', 'q.sql']);
    assert.equal(asked?.sql, 'SELECT 2\n');
  });

  for (const [argv, message] of [
    [[], 'There is no query.'],
    [['  '], 'The query is empty.'],
    [['SELECT 1', '--file', 'q.sql'], 'There are two queries'],
    [['--file', 'missing.sql'], "missing.sql can't be read"],
    [['SELECT 1', '--format', 'parquet'], 'Parquet is not for a terminal.'],
    [['SELECT 1', '--format', 'parquet', '--output', 'a', '--limit', '1'], '--limit is about printed rows.'],
    [['SELECT 1', '--x', 'day'], '--x and --y name the columns of a chart.'],
    [['SELECT 1', '--format', 'csv', '--json'], "'--json' cannot be used with option '--format"],
    [['SELECT 1', '--limit', '-1'], 'It must be a whole number of at least 0.'],
    [['SELECT 1', '--format', 'chart', '--y', 'revenue'], 'The result has no column revenue.'],
    [['SELECT 1', '--output', 'no/such/folder.csv'], "folder.csv can't be written"],
    [['SELECT 1', '--output', '.'], "can't be written"],
  ] as const) {
    it(`refuses [${argv.join(' ')}]`, async () => {
      const { code, stdout, stderr } = await query(argv);
      assert.equal(code, 2);
      assert.ok(stderr.startsWith('error cli.usage: ') && stderr.includes(message), stderr);
      assert.equal(stdout.replace(/^\{\n {2}"problem"[\s\S]*/, ''), '');
    });
  }

  it('writes a file whole, without colours', async () => {
    writeFileSync(join(folder, 'rows.csv'), 'something longer than what comes\n'.repeat(9));
    const { stdout } = await query(['SELECT 1', '--format', 'csv', '--output', 'rows.csv'], { columns: 80 });
    assert.equal(stdout, '');
    assert.match(readFileSync(join(folder, 'rows.csv'), 'utf8'), /^day,id,id\n.*\n.*\n$/);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.unfinished')),
      [],
    );
  });

  it('lets the engine write Parquet', async () => {
    let seen: ExportOptions | undefined;
    const { parts } = fakeProject({
      exportQuery: async (_sql, options) => {
        seen = options;
        return { rows: 12_000 };
      },
    });
    const argv = ['query', 'SELECT 1', '--format', 'parquet', '--output', 'a.parquet'];
    const { stderr } = await call(argv, { parts, directory: folder });
    assert.equal(seen?.file, join(folder, 'a.parquet'));
    assert.equal(stderr, 'Wrote 12,000 rows to a.parquet.\n');
    assert.equal(existsSync(join(folder, 'a.parquet')), false);
  });

  it('marks the token of its own text that is wrong', async () => {
    const place = { line: 2, column: 3 };
    const { parts } = fakeProject({
      query: () => Promise.reject(new ProblemError(problem('sql.syntax', 'No.', { place }))),
    });
    const { code, stderr } = await call(['query', 'SELECT\n  FORM x'], { parts });
    assert.equal(code, 2);
    assert.equal(stderr, 'error sql.syntax: No.\n  line 2, column 3\n  2 │   FORM x\n    │   ^^^^\n');
  });

  async function query(argv: readonly string[], options: CallOptions = {}) {
    let asked: { readonly sql: string; readonly options: QueryOptions } | undefined;
    const { parts } = fakeProject({
      query: async (sql, queryOptions) => {
        asked = { sql, options: queryOptions };
        return { columns, rows: rows.slice(0, queryOptions.limit), total: rows.length };
      },
    });
    const result = await call(['query', ...argv], { directory: folder, ...options, parts });
    return { ...result, asked };
  }
});
