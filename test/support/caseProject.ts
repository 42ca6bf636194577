import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../src/app/project.js';
import { repository } from '../rules/imports.js';
import { temporaryProject } from './temporaryProject.js';

/** What a case folder's pipeline must give; kept beside it as `expected.json`. */
export interface CaseResult {
  readonly status: string;
  readonly models: Readonly<Record<string, { readonly status: string; readonly dropped?: number }>>;
  /** Codes with places, in order. */
  readonly problems: readonly string[];
  /** By table: columns with types, and all rows in a total order. */
  readonly tables: Readonly<
    Record<string, { readonly columns: readonly string[]; readonly rows: readonly unknown[] }>
  >;
}

/** Runs the project in `test/cases/<name>` in a copy, and returns what it gave. */
export async function runCase(name: string): Promise<CaseResult> {
  const temporary = temporaryProject(join(repository, 'test/cases', name, 'project'));
  try {
    return await temporary.use(async (project) => {
      const record = await project.run({ select: [], fullRefresh: false, wait: true });
      const outcomes = record.models.map(({ model, status, dropped }) => [
        model,
        { status, ...(dropped ? { dropped } : {}) },
      ]);
      const problems = [...record.problems, ...record.models.flatMap((model) => model.problems)];
      return {
        status: record.status,
        models: Object.fromEntries(outcomes),
        problems: problems.map(({ code, message, place }) => {
          const where = [place?.notebook ?? place?.file, place?.cell, place?.line, place?.column];
          return `${code} at ${where.map((part) => part ?? '-').join(':')}: ${message}`;
        }),
        tables: await readTables(project),
      };
    });
  } finally {
    temporary.remove();
  }
}

async function readTables(project: Project): Promise<CaseResult['tables']> {
  const { tables } = await project.status();
  const published = tables.filter(({ version }) => version !== undefined);
  const read: Record<string, CaseResult['tables'][string]> = {};
  for (const { name } of published) {
    const { columns, rows } = await project.query(`SELECT * FROM ${name} ORDER BY ALL`, {});
    read[name] = { columns: columns.map((column) => `${column.name} ${column.type}`), rows };
  }
  return read;
}

/**
 * The expectation of a case. Where there is none it is written from the result, to be read and committed;
 * never in CI.
 */
export function expectedOf(name: string, result: CaseResult): CaseResult {
  const file = join(repository, 'test/cases', name, 'expected.json');
  if (!existsSync(file)) {
    if (process.env.CI === 'true') throw new Error(`${file} is missing.`);
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as CaseResult;
}
