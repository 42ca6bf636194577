import { join } from 'node:path';
import { blankLinesCount } from '../ingest/blankLines.js';
import { ContractStore } from '../ingest/contractStore.js';
import { readHeader } from '../ingest/header.js';
import { locateRecord } from '../ingest/locateRecord.js';
import type { PipelineContext } from '../pipeline/context.js';
import { requireLandingPath } from './landingPath.js';

/**
 * The line on which a record of a landing file begins, from 1; undefined where the file has no such record any more
 * or no contract says how it is read. The number is that of `_row`: header and blank lines not counted. Throws a
 * ProblemError `landing.path` for a path that leaves landing, `landing.file` for a file that can't be read.
 */
export async function locateRow(
  { root, lake }: Pick<PipelineContext, 'root' | 'lake'>,
  { path, row }: { readonly path: string; readonly row: number },
): Promise<number | undefined> {
  requireLandingPath(path);
  const [stored] = new ContractStore(join(root, 'contracts')).reading(path);
  if (stored === undefined) return undefined;
  const { contract } = stored;
  const file = { path, absolute: join(lake.layout.landing, path) };
  const header = await readHeader(file, contract, stored.path);
  const record = row + (contract.header ? 1 : 0);
  const blanksCount = blankLinesCount(contract, header.order.length);
  return (await locateRecord({ ...file, header }, contract, record, blanksCount))?.line;
}
