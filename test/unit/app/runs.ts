import assert from 'node:assert/strict';
import type { Project, RunOptions } from '../../../src/app/project.js';
import { type Problem, ProblemError } from '../../../src/protocol/problem.js';
import type { RunRecord } from '../../../src/protocol/run.js';
import { type TemporaryProject, temporaryProject } from '../../support/temporaryProject.js';

/** A temporary project for the tests of one `describe`: a fresh one each time, removed afterwards. */
export function projectForEach(
  prepare: (project: TemporaryProject) => void = () => {},
): () => TemporaryProject {
  let project: TemporaryProject | undefined;
  beforeEach(() => {
    project = temporaryProject();
    prepare(project);
  });
  afterEach(() => project?.remove());
  return () => project ?? assert.fail('There is no project outside a test.');
}

/** Runs the whole project, or what the options say. */
export function run(project: Project, options: Partial<RunOptions> = {}): Promise<RunRecord> {
  return project.run({ select: [], fullRefresh: false, wait: true, ...options });
}

/** Opens a project, runs it and closes it, as the terminal does. */
export function runOnce(temporary: TemporaryProject, options: Partial<RunOptions> = {}): Promise<RunRecord> {
  return temporary.use((project) => run(project, options));
}

/** How each model ended: `built: its SQL changed`. */
export function endings(record: RunRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    record.models.map(({ model, status, reason }) => [model, `${status}: ${reason}`]),
  );
}

/** How each model ended, in one word. */
export function statuses(record: RunRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(record.models.map(({ model, status }) => [model, status]));
}

/** All problems of a run in one list: `code message`. */
export function problems(record: RunRecord): readonly string[] {
  return allProblems(record).map(({ code, message }) => `${code} ${message}`);
}

/** The same without warnings. */
export function errors(record: RunRecord): readonly string[] {
  const found = allProblems(record).filter(({ severity }) => severity === 'error');
  return found.map(({ code, message }) => `${code} ${message}`);
}

function allProblems(record: RunRecord): readonly Problem[] {
  return [...record.problems, ...record.models.flatMap((model) => model.problems)];
}

/** The rows of a query. */
export async function rows(project: Project, sql: string): Promise<readonly unknown[]> {
  return (await project.query(sql, {})).rows;
}

/** The problem that a call rejects with. */
export async function problemFrom(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof ProblemError, `Rejected with ${String(error)}`);
  return error.problem;
}
