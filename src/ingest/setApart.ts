import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineSession } from '../engine/engine.js';
import { type Problem, problem } from '../protocol/problem.js';
import { formatCount, formatQuantity } from '../protocol/wording.js';
import type { StoredContract } from './contractStore.js';
import type { FileFit } from './fileKnowledge.js';
import { excerpt, shownPath } from './fileProblem.js';
import { type FoundRejects, findRejects, type SuspectFile } from './findRejects.js';
import type { RejectRequest, Rejects } from './landingSource.js';
import { allowedRejects, describeLimit } from './maxRejects.js';
import { parquetOf, type ReadableFile } from './read.js';
import { loggedRejects } from './rejectTable.js';

/** How many more than the contract allows are written down: a few pages show what is wrong. */
const moreThanAllowed = 1000;
/** Of a share like this, the contract is at fault and not its files. */
const tellingShare = 0.9;
const tellingRecords = 10;
const shownRejects = 3;

/** Files without the records that do not fit. */
export interface SetApart {
  readonly files: readonly ReadableFile[];
  readonly fits: readonly FileFit[];
  /** Values are among what does not fit, so the engine has to leave these records out. */
  readonly hasMisfits: boolean;
  readonly rejects: Rejects;
}

/**
 * Finds the records that do not fit a contract and writes them down. Undefined when all fit. The search goes
 * little further than the contract allows. Throws as {@link findRejects} does.
 */
export async function setApart(
  suspects: readonly SuspectFile[],
  stored: StoredContract,
  request: RejectRequest,
): Promise<SetApart | { readonly fits: readonly FileFit[] }> {
  const { contract } = stored;
  const records = suspects.reduce((sum, suspect) => sum + suspect.records, 0);
  const allowed = allowedRejects(contract.maxRejects, records);
  const { session, directory, signal } = request;
  const bound = allowed + moreThanAllowed;
  const found = await findRejects(suspects, { contract, session, directory, bound, signal });
  const fits = found.counts.map((counts) => ({ contract: stored.hash, ...counts }));
  const rejected = fits.reduce((sum, { misshapen, misfits }) => sum + misshapen + misfits, 0);
  if (rejected === 0) return { fits };
  const hasMisfits = fits.some(({ misfits }) => misfits > 0);
  const file = await written(found.log, hasMisfits, request);
  const rejects = { records: rejected, file };
  if (rejected <= allowed) return { files: found.files, fits, hasMisfits, rejects };
  const refusal = await refuse(stored, { ...found, records, rejected }, file.path, request);
  return { files: found.files, fits, hasMisfits, rejects: { ...rejects, refusal } };
}

async function written(
  log: string,
  hasMisfits: boolean,
  { session, directory, reader, signal }: RejectRequest,
) {
  const folder = join(directory, 'rejects');
  await mkdir(folder);
  const select = loggedRejects(log, hasMisfits, reader?.run);
  const options = signal === undefined ? {} : { signal };
  const { kept } = await session.writeParquet({ select, directory: folder }, options);
  return { path: kept.path, rows: kept.rows };
}

interface Refused extends FoundRejects {
  /** Of all files. */
  readonly records: number;
  readonly rejected: number;
}

async function refuse(
  { contract, path }: StoredContract,
  found: Refused,
  file: string,
  { session, reader }: RejectRequest,
): Promise<Problem> {
  const { counts, isPartial, lookedAt, records, rejected } = found;
  const samples = await firstRejects(session, file);
  const shown = samples.map(({ words }) => words);
  if (rejected > samples.length) shown.push('…');
  const hit = counts.filter(({ misshapen, misfits }) => misshapen + misfits > 0).length;
  const files = hit === 1 ? '' : ` of ${formatCount(hit)} files`;
  const many = `${isPartial ? 'At least ' : ''}${formatQuantity(rejected, 'record')}${files}`;
  const isContract = rejected >= tellingRecords && rejected >= tellingShare * lookedAt;
  const see =
    reader === undefined ? '' : `See them: SELECT * FROM rejects('${reader.table}', run => ${reader.run}). `;
  const [first] = samples;
  const place = first === undefined ? {} : { file: shownPath(first.file), line: first.line };
  if (isContract) {
    return problem('landing.rejects', `Nearly no record fits ${path}: ${shown.join('; ')}.`, {
      hint: `${see}Correct ${path} if these files are to look like this, or give files of another kind a folder of their own.`,
      place,
    });
  }
  const verb = rejected === 1 ? 'does' : 'do';
  const limit = describeLimit(contract.maxRejects, records);
  return problem('landing.rejects', `${many} ${verb} not fit ${path}, which ${limit}: ${shown.join('; ')}.`, {
    hint: `${see}Mend the ${hit === 1 ? 'file' : 'files'}, or set "maxRejects" in ${path} to go on without such records.`,
    place,
  });
}

interface Sample {
  readonly file: string;
  readonly line: number;
  readonly words: string;
}

async function firstRejects(session: EngineSession, file: string): Promise<readonly Sample[]> {
  const { rows } = await session.rows(
    `SELECT _file, line, column_name, explanation FROM ${parquetOf(file, ', file_row_number = true')}
ORDER BY file_row_number LIMIT ${shownRejects}`,
  );
  return rows.map(([path, line, column, explanation]) => {
    const what = excerpt(`${column === null ? '' : `${column} `}${explanation}`);
    const words = `${shownPath(String(path))}:${line}: ${what}`;
    return { file: String(path), line: Number(line), words };
  });
}
