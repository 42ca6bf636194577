import type { OpenOptions, Project } from '../../../src/app/project.js';
import type { Parts } from '../../../src/cli/parts.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import type { ModelOutcome, PlanReport, RunRecord } from '../../../src/protocol/run.js';
import type { StatusReport } from '../../../src/protocol/status.js';

export interface FakeProject {
  readonly parts: Partial<Parts>;
  /** How it was opened, and with `close` at the end whether it was closed. */
  readonly calls: unknown[];
}

/** A project that answers what a test gives it; what a test does not give is not to be called. */
export function fakeProject(answers: Partial<Project>): FakeProject {
  const calls: unknown[] = [];
  const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was called`));
  const project: Project = {
    root: '/lake',
    name: 'test',
    landingDirectory: '/lake/data/landing',
    logger: silentLogger,
    plan: unexpected('plan'),
    run: unexpected('run'),
    query: unexpected('query'),
    readQuery: (sql, options, read) =>
      project.query(sql, options).then(({ columns, total, rows }) => {
        const blocks = (async function* () {
          yield rows;
        })();
        return read({ columns, total, count: rows.length, blocks });
      }),
    exportQuery: unexpected('exportQuery'),
    status: unexpected('status'),
    check: unexpected('check'),
    quality: unexpected('quality'),
    clean: unexpected('clean'),
    keptTables: unexpected('keptTables'),
    restore: unexpected('restore'),
    rename: unexpected('rename'),
    patternMeant: unexpected('patternMeant'),
    drift: unexpected('drift'),
    acceptDrift: unexpected('acceptDrift'),
    lookAtData: unexpected('lookAtData'),
    addData: unexpected('addData'),
    appendCell: unexpected('appendCell'),
    sourceLine: async () => undefined,
    close: async () => void calls.push('close'),
    ...answers,
  };
  const openProject = async ({ logger = silentLogger, ...options }: OpenOptions) => {
    calls.push(options);
    return { ...project, logger: answers.logger ?? logger };
  };
  return { parts: { openProject }, calls };
}

export const builtModel: ModelOutcome = {
  model: 'silver.sales',
  form: 'table',
  status: 'built',
  reason: 'its SQL changed',
  version: 3,
  rows: 1204,
  elapsedMs: 1300,
  problems: [],
};

export const succeededRun: RunRecord = {
  format: 1,
  run: 42,
  environment: 'prod',
  startedAt: '2026-01-05T08:00:00.000Z',
  elapsedMs: 1500,
  status: 'succeeded',
  selection: [],
  models: [builtModel],
  problems: [],
};

export const smallPlan: PlanReport = {
  entries: [
    {
      model: 'bronze.sales',
      form: 'table',
      action: 'skip',
      reason: 'unchanged since run 41',
      notebook: 'notebooks/01_sales.ratnb',
      cell: 2,
      inputs: ["landing('sales/*.csv')"],
      problems: [],
    },
    {
      model: 'silver.sales',
      form: 'table',
      action: 'build',
      reason: 'its SQL changed',
      notebook: 'notebooks/01_sales.ratnb',
      cell: 3,
      inputs: ['bronze.sales'],
      problems: [],
    },
  ],
  orphans: [],
  problems: [],
};

export const smallStatus: StatusReport = {
  format: 1,
  project: 'Sales',
  environment: 'prod',
  generation: 7,
  landing: [{ path: 'sales/2026-01-05.csv', bytes: 1_234_567 }],
  tables: [
    {
      name: 'silver.sales',
      layer: 'silver',
      form: 'table',
      state: 'stale',
      reason: 'its SQL changed',
      rows: 1204,
      bytes: 20_480,
      version: 3,
      run: 41,
      path: 'data/silver/sales.parquet',
    },
  ],
  lastRun: succeededRun,
  problems: [],
};
