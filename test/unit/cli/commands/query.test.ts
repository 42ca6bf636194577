import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { ExportOptions, QueryOptions } from '../../../../src/app/project.js';
import { unwritable } from '../../../../src/cli/writeFault.js';
import { ProblemError, problem } from '../../../../src/protocol/problem.js';
import { type CallOptions, call, startCall } from '../commandLine.js';
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

  for (const [format, expected] of [
    ['table', 'n\n─\n1\n2\n30\n'],
    ['markdown', '| n |\n| ---: |\n| 1 |\n| 2 |\n| 30 |\n'],
    ['csv', 'n\n1\n2\n30\n'],
    ['json', '[\n{"n":1},\n{"n":2},\n{"n":30}\n]\n'],
    ['ndjson', '{"n":1}\n{"n":2}\n{"n":30}\n'],
  ] as const) {
    it(`writes ${format} before it asks for the next rows`, async () => {
      const writtenBefore: string[] = [];
      const text: string[] = [];
      const write = (chunk: Buffer, _encoding: string, done: () => void) => {
        text.push(String(chunk));
        done();
      };
      const output = new Writable({ write });
      async function* blocks() {
        for (const block of [[[1], [2]], [], [[30]]]) {
          writtenBefore.push(text.join(''));
          yield block;
        }
      }
      const answer = { columns: [{ name: 'n', type: 'INTEGER' }], total: 3, count: 3, blocks: blocks() };
      const { parts } = fakeProject({ readQuery: (_sql, _options, read) => read(answer) });
      await call(['query', 'SELECT 1', '--format', format], { parts, stdout: output });
      assert.equal(text.join(''), expected);
      assert.match(writtenBefore[2] ?? '', /2/);
    });
  }

  it('prints an empty JSON array for no rows', async () => {
    const { stdout } = await query(['SELECT 1', '--json', '--limit', '0']);
    assert.equal(stdout, '[]\n');
  });

  it('refuses a chart of more bars than anybody looks at', async () => {
    const many = Array.from({ length: 10_001 }, (_, at) => ['2026-01-05', at, null]);
    const { parts } = fakeProject({ query: async () => ({ columns, rows: many, total: many.length }) });
    const { code, stderr } = await call(['query', 'SELECT 1', '--format', 'chart'], { parts });
    assert.equal(code, 2);
    assert.match(stderr, /^error cli\.usage: A chart of 10,001 rows .*\n {2}try: Group the rows/);
  });

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
    [['--file', 'missing.sql'], "missing.sql can't be read: there is no such file."],
    [['--file', '.'], ". can't be read: it is a folder."],
    [['SELECT 1', '--format', 'parquet'], 'Parquet is not for a terminal.'],
    [['SELECT 1', '--format', 'parquet', '--output', 'a', '--limit', '1'], '--limit is about printed rows.'],
    [['SELECT 1', '--x', 'day'], '--x and --y name the columns of a chart.'],
    [['SELECT 1', '--format', 'csv', '--json'], "'--json' cannot be used with option '--format"],
    [['SELECT 1', '--limit', '-1'], 'It must be a whole number of at least 0.'],
    [['SELECT 1', '--format', 'chart', '--y', 'revenue'], 'The result has no column revenue.'],
    [['SELECT 1', '--format', 'chart', '--y', 'day'], 'Column day has no numbers for the bars of a chart.'],
    [
      ['SELECT 1', '--output', 'no/such/folder.csv'],
      "folder.csv can't be written: there is no folder no/such.",
    ],
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

  for (const place of [
    'data/landing/a.csv',
    'data/bronze/a.csv',
    'data/silver/a.csv',
    'data/Gold/a.parquet',
    '.ratatouille/a.csv',
    'notebooks/a.ratnb',
    'contracts/a.json',
    'ratatouille.json',
  ]) {
    it(`refuses to write to ${place}`, async () => {
      const root = projectFolder();
      const { code, stderr, asked } = await query(['SELECT 1', '--output', place], { directory: root }, root);
      assert.equal(code, 2);
      assert.match(stderr, /^error lake\.write-refused: .* is the project's own\.\n {2}try: /);
      assert.deepEqual([asked, readFileSync(join(root, 'notebooks/a.ratnb'), 'utf8')], [undefined, 'mine']);
    });
  }

  it('refuses Parquet among the files of the project', async () => {
    const root = projectFolder();
    const argv = ['query', 'SELECT 1', '--format', 'parquet', '--output', 'data/gold/a.parquet'];
    const { stderr } = await call(argv, { parts: fakeProject({ root }).parts, directory: root });
    assert.match(stderr, /^error lake\.write-refused: /);
  });

  for (const [title, to] of [
    ['a file', 'notebooks/a.ratnb'],
    ['a file that is not there yet', 'data/gold/new.csv'],
  ] as const) {
    it(`refuses a link to ${title} of the project`, async function () {
      if (process.platform === 'win32') this.skip();
      const root = projectFolder();
      symlinkSync(join(root, to), join(root, 'link'));
      const { stderr } = await query(['SELECT 1', '--output', 'link'], { directory: root }, root);
      assert.match(stderr, /^error lake\.write-refused: /);
      assert.equal(readFileSync(join(root, 'notebooks/a.ratnb'), 'utf8'), 'mine');
    });
  }

  for (const format of ['csv', 'parquet'] as const) {
    it(`writes ${format} to where a link leads`, async function () {
      if (process.platform === 'win32') this.skip();
      const root = projectFolder();
      symlinkSync('real', join(root, 'link'));
      await query(['SELECT 1', '--format', format, '--output', 'link'], { directory: root }, root);
      assert.ok(lstatSync(join(root, 'link')).isSymbolicLink());
      assert.ok(lstatSync(join(root, 'real')).isFile());
    });

    it(`writes ${format} through a pipe`, async function () {
      if (process.platform === 'win32') this.skip();
      const root = projectFolder();
      const pipe = join(root, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const writing = query(['SELECT 1', '--format', format, '--output', 'pipe'], { directory: root }, root);
      const [text, { stderr }] = await Promise.all([readFile(pipe, 'utf8'), writing]);
      assert.match(text, format === 'csv' ? /^day,id,id\n.*\n.*\n$/ : /^PAR1$/);
      assert.equal(stderr, 'Wrote 2 rows to pipe.\n');
      assert.ok(lstatSync(pipe).isFIFO());
    });
  }

  it('stops waiting for the reader of a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const root = projectFolder();
    execFileSync('mkfifo', [join(root, 'pipe')]);
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { parts } = fakeProject({
      query: async () => {
        asked();
        return { columns, rows, total: rows.length };
      },
    });
    const running = startCall(['query', 'SELECT 1', '--output', 'pipe'], { parts, directory: root });
    await isAsked;
    running.interrupt();
    assert.equal((await running.result).code, 130);
  });

  for (const format of ['csv', 'json', 'ndjson', 'markdown', 'table', 'chart', 'parquet'] as const) {
    it(`says how many rows of ${format} it wrote`, async () => {
      const { stderr } = await query(['SELECT 1', '--format', format, '--output', 'rows.out']);
      assert.equal(stderr.split('\n')[0], 'Wrote 2 rows to rows.out.');
      assert.doesNotMatch(stderr, /^2 rows$/m);
    });
  }

  it('calls a full disk by its name', () => {
    const { problem: full } = unwritable('a.csv', Object.assign(new Error('ENOSPC: x'), { code: 'ENOSPC' }));
    assert.equal(full.code, 'cli.output');
    assert.equal(full.message, "a.csv can't be written: there is no space left on its disk.");
    assert.match(full.hint ?? '', /^Make room, /);
  });

  it('says which run builds a table that was never built', async () => {
    const never = problem('graph.never-built', 'gold.x was never built.', {
      hint: 'Run the cell that builds it first.',
      fix: { kind: 'build', model: 'gold.x' },
    });
    const { parts } = fakeProject({ query: () => Promise.reject(new ProblemError(never)) });
    const { stderr } = await call(['query', 'FROM gold.x'], { parts });
    assert.match(stderr, /\n {2}try: ratatouille run \+gold\.x\n$/);
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

  /** A project of its own, in which nothing must be overwritten. */
  function projectFolder(): string {
    const root = mkdtempSync(join(folder, 'project-'));
    for (const name of ['landing', 'bronze', 'silver', 'gold', 'Gold'])
      mkdirSync(join(root, 'data', name), { recursive: true });
    for (const name of ['.ratatouille', 'notebooks', 'contracts']) mkdirSync(join(root, name));
    writeFileSync(join(root, 'notebooks/a.ratnb'), 'mine');
    return root;
  }

  async function query(argv: readonly string[], options: CallOptions = {}, root = '/lake') {
    let asked: { readonly sql: string; readonly options: QueryOptions } | undefined;
    const { parts } = fakeProject({
      root,
      exportQuery: async (_sql, { file }) => {
        writeFileSync(file, 'PAR1');
        return { rows: 2 };
      },
      query: async (sql, queryOptions) => {
        asked = { sql, options: queryOptions };
        return { columns, rows: rows.slice(0, queryOptions.limit), total: rows.length };
      },
    });
    const result = await call(['query', ...argv], { directory: folder, ...options, parts });
    return { ...result, asked };
  }
});
