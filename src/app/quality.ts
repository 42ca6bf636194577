import { join } from 'node:path';
import { ContractStore } from '../ingest/contractStore.js';
import type { PipelineContext } from '../pipeline/context.js';
import { ProblemError, problem } from '../protocol/problem.js';
import type { QualityReport, SourceQuality, TableQuality } from '../protocol/quality.js';
import { suggest } from '../protocol/suggest.js';
import { tableQualities } from './tableQuality.js';

export interface QualityOptions {
  /** As `silver.sales`; none for all. */
  readonly tables?: readonly string[];
  /** How many runs of each table at most; default 10. */
  readonly runs?: number;
}

/** How far back runs are looked for that worked on a table; most of them work on a few. */
const lookedAt = 100;

/** Reads the state of data quality; needs neither engine nor notebooks. Throws a ProblemError `graph.unknown-table`. */
export async function readQuality(
  { lake, root, environment }: Pick<PipelineContext, 'lake' | 'root' | 'environment'>,
  project: string,
  { tables = [], runs = 10 }: QualityOptions,
): Promise<QualityReport> {
  const [manifest, records] = await Promise.all([lake.manifest(), lake.runs.list(Math.max(lookedAt, runs))]);
  const contracts = new ContractStore(join(root, 'contracts'));
  const sourceOf = (pattern: string) => sourceUnder(contracts, pattern);
  const all = tableQualities({ manifest, records, runs, sourceOf });
  return { version: 1, project, environment, tables: wanted(all, tables) };
}

function wanted(all: readonly TableQuality[], names: readonly string[]): readonly TableQuality[] {
  if (names.length === 0) return all;
  const keys = new Set(names.map((name) => name.toLowerCase()));
  const unknown = names.find((name) => all.every((table) => table.name.toLowerCase() !== name.toLowerCase()));
  if (unknown === undefined) return all.filter(({ name }) => keys.has(name.toLowerCase()));
  const close = suggest(
    unknown,
    all.map(({ name }) => name),
  );
  throw new ProblemError(
    problem('graph.unknown-table', `No run has worked on a table ${unknown}.`, {
      hint: close === undefined ? 'Name a table with its layer, as silver.sales.' : `Did you mean ${close}?`,
    }),
  );
}

/** What a broken contract is about is told where it is read. */
function sourceUnder(contracts: ContractStore, pattern: string): SourceQuality {
  try {
    const found = contracts.findFor(pattern, []);
    if (found === undefined) return { pattern };
    const { maxRejects } = found.contract;
    return { pattern, contract: found.path, ...(maxRejects !== undefined && { maxRejects }) };
  } catch (error) {
    if (error instanceof ProblemError) return { pattern };
    throw error;
  }
}
