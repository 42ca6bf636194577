import assert from 'node:assert/strict';
import type { Fingerprint, TableEntry, VersionInput } from '../../../src/lake/manifest.js';
import { type DecisionInput, decide, inputChange } from '../../../src/pipeline/decide.js';

const fingerprint: Fingerprint = {
  sql: 's',
  session: 'se',
  inputs: 'i',
  contracts: 'co',
  checks: 'ch',
  engine: 'DuckDB 1.5.5; storage 2; UTC',
};

const landing = (files: Readonly<Record<string, string>>): VersionInput => ({
  kind: 'landing',
  pattern: 'a/*.csv',
  files: Object.entries(files).map(([path, sha256]) => ({ path, sha256, bytes: 1, records: 1 })),
});
const table = (version: number, name = 'bronze.a'): VersionInput => ({
  kind: 'table',
  name,
  version,
  run: 7,
});
const file = (sha256: string, path = 'rates.csv'): VersionInput => ({ kind: 'file', path, sha256 });

function entry(form: 'table' | 'view', inputs: readonly VersionInput[]): TableEntry {
  const version = {
    version: 3,
    run: 41,
    fingerprint,
    inputs,
    files: [],
    quarantine: [],
    columns: [],
    rows: 0,
    bytes: 0,
    publishedAt: '',
    sql: '',
    checks: [],
  };
  return {
    name: 'silver.a',
    form,
    version,
    earlier: [],
    tags: [],
    columnDescriptions: {},
    notebook: 'a',
    cell: 1,
  };
}

interface Case extends Partial<Omit<DecisionInput, 'fingerprint'>> {
  readonly print?: Partial<Fingerprint>;
}

/** What is decided when only this differs from a table that is up to date: `action: reason`. */
function decision({ print = {}, ...changed }: Case): string {
  const form = changed.form ?? 'table';
  const { action, reason } = decide({
    current: entry(form, [table(1)]),
    form,
    inputs: [table(1)],
    rebuiltUpstream: [],
    volatile: [],
    volatileChecks: [],
    fullRefresh: false,
    ...changed,
    fingerprint: { ...fingerprint, ...print },
  });
  return `${action}: ${reason}`;
}

const cases: readonly (readonly [Case, string])[] = [
  [{}, 'skip: unchanged since run 41'],
  [{ current: undefined }, 'build: it was never built'],
  [{ current: undefined, fullRefresh: true }, 'build: it was never built'],
  [{ current: entry('view', []) }, 'build: it was a view before'],
  [{ current: entry('table', []), form: 'view' }, 'build: it was a table before'],
  [{ damage: 'data.parquet is missing', fullRefresh: true }, 'build: data.parquet is missing'],
  [{ fullRefresh: true }, 'build: full refresh'],
  [{ volatile: ['now', 'random'] }, 'build: it uses now, which changes by itself'],
  [{ volatile: ['now'], form: 'view' }, 'skip: unchanged since run 41'],
  [{ volatileChecks: ['fresh'] }, 'skip: unchanged since run 41; each run judges its check of fresh'],
  [{ volatileChecks: ['fresh'], print: { checks: 'x' } }, 'judge: its checks changed'],
  [{ print: { sql: 'x' } }, 'build: its SQL changed'],
  [{ print: { sql: 'x' }, form: 'view' }, 'build: its SQL changed'],
  [{ print: { session: 'x' } }, 'build: a session statement it uses changed'],
  [{ print: { contracts: 'x' } }, 'build: the contract of its files changed'],
  [{ print: { engine: 'DuckDB 2; storage 2; UTC' } }, 'build: the engine changed: DuckDB 2; storage 2; UTC'],
  [{ rebuiltUpstream: ['bronze.a', 'bronze.b'] }, 'build: bronze.a is rebuilt'],
  [{ rebuiltUpstream: ['bronze.a'], form: 'view' }, 'skip: unchanged since run 41'],
  [{ print: { inputs: 'x' }, inputs: [table(2)] }, 'build: bronze.a has version 2 now, it was built from 1'],
  [{ print: { inputs: 'x' }, inputs: [table(2)], form: 'view' }, 'skip: unchanged since run 41'],
  [{ print: { checks: 'x' } }, 'judge: its checks changed'],
  [{ print: { checks: 'x', sql: 'x' } }, 'build: its SQL changed'],
  [{ print: { checks: 'x' }, volatile: ['now'] }, 'build: it uses now, which changes by itself'],
];

type Inputs = readonly VersionInput[];
const changes: readonly (readonly [Inputs, Inputs, string])[] = [
  [[table(1)], [table(4)], 'bronze.a has version 4 now, it was built from 1'],
  [[table(1)], [table(1), table(1, 'bronze.b')], 'it reads bronze.b now'],
  [[table(1), table(2, 'bronze.b')], [table(2, 'bronze.b')], 'it no longer reads bronze.a'],
  [[], [landing({ 'a/1.csv': 'x' })], "it reads landing('a/*.csv') now"],
  [[landing({ 'a/1.csv': 'x' })], [landing({ 'a/1.csv': 'x', 'a/2.csv': 'y' })], 'a/2.csv is new in a/*.csv'],
  [[landing({ 'a/1.csv': 'x' })], [landing({ 'a/1.csv': 'y' })], 'a/1.csv is changed in a/*.csv'],
  [
    [landing({ 'a/1.csv': 'x', 'a/2.csv': 'y' })],
    [landing({ 'a/2.csv': 'y' })],
    'a/1.csv is removed in a/*.csv',
  ],
  [
    [landing({ 'a/1.csv': 'x', 'a/2.csv': 'y' })],
    [landing({ 'a/2.csv': 'z', 'a/3.csv': 'n', 'a/4.csv': 'n' })],
    '2 files are new, a/2.csv is changed, a/1.csv is removed in a/*.csv',
  ],
  [[file('x')], [file('y')], 'rates.csv changed'],
  [[file('x')], [file('x'), file('x', 'more.csv')], 'it reads more.csv now'],
  [[file('x', 'bronze.a')], [table(1)], 'bronze.a changed'],
  [[table(1), table(1, 'bronze.b')], [table(1, 'bronze.b'), table(1)], 'its inputs changed'],
];

describe('decide', () => {
  for (const [changed, expected] of cases) {
    it(`${JSON.stringify(changed, (key, value) => (key === 'current' ? value?.form : value))} → ${expected}`, () => {
      assert.equal(decision(changed), expected);
    });
  }
});

describe('inputChange', () => {
  for (const [before, now, expected] of changes) {
    it(expected, () => assert.equal(inputChange(before, now), expected));
  }
});
