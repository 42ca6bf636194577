import { join } from 'node:path';
import type { Project } from '../../src/app/project.js';
import type { EngineSession } from '../../src/engine/engine.js';
import type { ModelOutcome } from '../../src/protocol/run.js';
import { quoteLiteral } from '../../src/sql/names.js';
import { sharedEngine } from '../support/sharedEngine.js';
import { type TemporaryProject, temporaryProject } from '../support/temporaryProject.js';
import type { Pollution, Way } from './description.js';
import type { Reading } from './judge.js';
import { columnsOf, printPollution, type Truth, usualForm } from './print.js';

export interface Tried {
  readonly pollution: Pollution;
  readonly truth: Truth;
  readonly reading: Reading;
  /** As the run told it; for the log of a failed test. */
  readonly told: string;
}

/** Lands every kind in a project of its own folder, runs the project once, and reads what is in bronze. */
export async function tryOurs(pollutions: readonly Pollution[], way: Way): Promise<readonly Tried[]> {
  const temporary = temporaryProject();
  try {
    const truths = pollutions.map((pollution, index) => land(temporary, pollution, folderOf(index), way));
    temporary.notebook('a', ...pollutions.map((pollution, index) => cellOf(pollution, folderOf(index))));
    return await temporary.use(async (project) => {
      const record = await project.run({ select: [], fullRefresh: false, wait: true });
      const session = await (await sharedEngine()).openSession();
      const tried: Tried[] = [];
      try {
        for (const [index, pollution] of pollutions.entries()) {
          const table = `bronze.${folderOf(index)}`;
          const outcome = record.models.find(({ model }) => model === table);
          if (outcome === undefined)
            throw new Error(`The run says nothing of ${table}: ${record.problems[0]?.message}`);
          const reading = await readingOf({ project, session, run: record.run }, outcome);
          const told = outcome.problems.map(({ message }) => message).join(' ');
          tried.push({ pollution, truth: truths[index] as Truth, reading, told });
        }
      } finally {
        await session.close();
      }
      return tried;
    });
  } finally {
    temporary.remove();
  }
}

function folderOf(index: number): string {
  return `k${String(index + 1).padStart(3, '0')}`;
}

function cellOf({ pattern = '*' }: Pollution, folder: string): string {
  return `CREATE TABLE bronze.${folder} AS SELECT * FROM landing(${quoteLiteral(`${folder}/${pattern}`)})`;
}

function land(temporary: TemporaryProject, pollution: Pollution, folder: string, way: Way): Truth {
  const { files, truth } = printPollution(pollution, way);
  for (const [name, bytes] of files) temporary.write(`data/landing/${folder}/${name}`, bytes);
  if (way !== 'first') {
    const contract = contractOf(pollution, folder, way);
    temporary.write(`contracts/${folder}.json`, JSON.stringify(contract));
  }
  return truth;
}

/** The contract that the truth has, written without a look at the file. */
function contractOf(
  { columns, form, contractForm, contract, pattern = '*' }: Pollution,
  folder: string,
  way: Way,
) {
  const { delimiter, quote, escape: escapes, encoding } = { ...usualForm, ...(contractForm ?? form) };
  const isKnown = encoding === 'utf-16' || encoding === 'latin-1';
  return {
    format: 1,
    files: `${folder}/${pattern}`,
    encoding: isKnown ? encoding : 'utf-8',
    delimiter,
    quote,
    escape: escapes,
    columns: columnsOf(columns),
    ...contract,
    ...(way === 'within' && { maxRejects: 1_000_000 }),
  };
}

interface Run {
  readonly project: Project;
  readonly session: EngineSession;
  readonly run: number;
}

async function readingOf({ project, session, run }: Run, outcome: ModelOutcome): Promise<Reading> {
  const { model, rejected = 0 } = outcome;
  const rejects = rejected === 0 ? [] : await rejectsOf(project, model, run);
  if (outcome.status !== 'built') {
    const [problem] = outcome.problems.filter(({ severity }) => severity === 'error');
    const { code = 'nothing', message = outcome.status, place, hint } = problem ?? {};
    const hasPlace = (place?.file ?? place?.notebook) !== undefined;
    const isExplained = code.startsWith('landing.') && hasPlace && hint !== undefined;
    return { is: 'refused', message: `${code}: ${message}`, line: place?.line, isExplained, rejects };
  }
  const file = join(project.root, 'data', `${model.replace('.', '/')}.parquet`);
  const published = `FROM read_parquet(${quoteLiteral(file)}, hive_partitioning = false)`;
  const columns = (await session.describe(`SELECT * EXCLUDE (_file, _row) ${published}`)) ?? [];
  const { rows } = await session.rows(
    `SELECT _file, _row::INTEGER, COLUMNS(* EXCLUDE (_file, _row))::VARCHAR ${published}`,
  );
  return {
    is: 'read',
    columns,
    rows: rows.map(([path, row, ...values]) => ({
      file: nameOf(path),
      row: Number(row),
      values: values as (string | null)[],
    })),
    rejects,
  };
}

async function rejectsOf(project: Project, model: string, run: number): Promise<Reading['rejects']> {
  const query = `SELECT _file, _row, line, reason, column_name FROM rejects('${model}', run => ${run})`;
  const { rows } = await project.query(query, {});
  return rows.map(([path, row, line, reason, column]) => ({
    file: nameOf(path),
    row: Number(row),
    line: Number(line),
    reason: String(reason),
    column: column === null ? undefined : String(column),
  }));
}

function nameOf(path: unknown): string {
  return String(path).replace(/^[^/]*\//, '');
}
