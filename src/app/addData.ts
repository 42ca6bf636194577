import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Graph } from '../graph/graph.js';
import { contractHash, printContract } from '../ingest/contract.js';
import type { Contract } from '../ingest/contractSchema.js';
import { ContractStore } from '../ingest/contractStore.js';
import { describeDialect } from '../ingest/incoming/describeDialect.js';
import { type IncomingFile, lookAtIncoming } from '../ingest/incoming/incomingFile.js';
import { firstIncomingRows, readWhole } from '../ingest/incoming/readIncoming.js';
import { copyIntoLanding, requireFreeFolder } from '../ingest/incoming/store.js';
import type { PipelineContext } from '../pipeline/context.js';
import { openSession } from '../pipeline/openSession.js';
import type { AddDataRequest, AddedData, DataPreview } from '../protocol/addData.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { quoteLiteral } from '../sql/names.js';

/** How many rows a person gets to judge a file by. */
const previewRows = 20;

/** What adding data needs of an opened project. */
export interface AddDataParts {
  readonly context: PipelineContext;
  readonly graph: Graph;
  readonly signal: AbortSignal;
}

/** What a file would become, without writing anything. Throws a ProblemError `data.…`. */
export async function lookAtData(parts: AddDataParts, request: AddDataRequest): Promise<DataPreview> {
  const { context, signal } = parts;
  const incoming = await lookAt(parts, request);
  const session = await openSession(context);
  try {
    const { columns, rows } = await firstIncomingRows(incoming, session, previewRows, signal);
    const { bytes, landingPath, pattern, contract } = incoming;
    return {
      file: request.file,
      bytes,
      landingPath,
      pattern,
      table: tableOf(incoming),
      dialect: describeDialect(contract, landingPath),
      contract: printContract(contract),
      // The contract's types: the engine reads some of them by way of others.
      columns: columns.map(({ name }, at) => contract.columns[at] ?? { name, type: 'VARCHAR' }),
      rows,
    };
  } finally {
    await session.close();
  }
}

/**
 * Copies a file into landing and writes its contract, after reading it to its end. The original is only read.
 * After a failure landing is as it was. Throws a ProblemError `data.…`.
 */
export async function addData(parts: AddDataParts, request: AddDataRequest): Promise<AddedData> {
  const { context, signal } = parts;
  const { landing } = context.lake.layout;
  const incoming = await lookAt(parts, request);
  const copy = await copyIntoLanding(landing, incoming);
  try {
    const { contract, widened } = await readCopy(context, incoming, copy.path, signal);
    signal.throwIfAborted();
    const stored = storeContract(context.root, incoming, contract);
    await copy.finish();
    return {
      path: `data/landing/${incoming.landingPath}`,
      pattern: incoming.pattern,
      contract: stored,
      table: tableOf(incoming),
      cell: cellText(incoming),
      widened,
    };
  } catch (error) {
    await copy.abandon();
    throw error;
  }
}

async function lookAt(
  { context, graph }: AddDataParts,
  { file, name }: AddDataRequest,
): Promise<IncomingFile> {
  const { landing } = context.lake.layout;
  const incoming = await lookAtIncoming(file, name);
  await refuseLandedFile(landing, incoming);
  const node = graph.nodes.get(tableOf(incoming));
  if (node !== undefined) throw tableExists(incoming, node.model.position);
  await requireFreeFolder(landing, incoming);
  return incoming;
}

async function readCopy(context: PipelineContext, incoming: IncomingFile, copy: string, signal: AbortSignal) {
  const session = await openSession(context);
  try {
    return await readWhole(incoming, copy, session, signal);
  } finally {
    await session.close();
  }
}

/** Writes the contract, or keeps the one that says the same. Returns its path relative to the project. */
function storeContract(root: string, { pattern, landingPath }: IncomingFile, contract: Contract): string {
  const contracts = new ContractStore(join(root, 'contracts'));
  const known = contracts.findFor(pattern, [landingPath]);
  if (known === undefined) return contracts.create(contract).path;
  if (known.hash === contractHash(contract)) return known.path;
  throw new ProblemError(
    problem(
      'data.exists',
      `${known.path} is about landing('${pattern}') already, and this file looks different.`,
      {
        hint: 'Choose another name for the table, or remove that contract if nothing needs it.',
        place: { file: known.path },
      },
    ),
  );
}

function tableOf({ table }: IncomingFile): string {
  return `bronze.${table}`;
}

/** The cell that builds the table of a file. */
function cellText(incoming: IncomingFile): string {
  const [, fileName = ''] = incoming.landingPath.split('/');
  return [
    `-- @description: The rows of ${fileName}, as they came`,
    `CREATE OR REPLACE TABLE ${tableOf(incoming)} AS`,
    `SELECT * FROM landing(${quoteLiteral(incoming.pattern)});`,
  ].join('\n');
}

async function refuseLandedFile(landing: string, { file, table }: IncomingFile): Promise<void> {
  const root = await realpath(landing).catch(() => landing);
  const path = relative(root, await realpath(file))
    .split(sep)
    .join('/');
  if (path.startsWith('../') || /^([A-Za-z]:|\/)/.test(path)) return;
  throw new ProblemError(
    problem('data.exists', `data/landing/${path} is in the project already.`, {
      hint: `Read it in a cell of a notebook: CREATE OR REPLACE TABLE bronze.${table} AS SELECT * FROM landing(${quoteLiteral(path)});`,
    }),
  );
}

function tableExists(incoming: IncomingFile, { notebook, cell }: { notebook: string; cell: number }) {
  return new ProblemError(
    problem('data.exists', `${notebook} builds a table ${tableOf(incoming)} already, in cell ${cell}.`, {
      hint: `Choose another name for the table. If the rows belong to that table, copy the file to the files it reads, in data/landing.`,
      place: { notebook, cell },
    }),
  );
}
