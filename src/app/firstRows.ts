import { join } from 'node:path';
import { parseTableName } from '../lake/tableName.js';
import type { FirstRowsRequest } from '../protocol/kernel.js';
import { quoteLiteral } from '../sql/names.js';
import { requireLandingPath } from './landingPath.js';

/**
 * The query that shows a table of the lake, what was dropped or rejected from it, or a file of landing as it came:
 * every value as it is written.
 * Throws a ProblemError: `model.name` for what is no lake table, `landing.path` for a path that leaves landing.
 */
export function firstRowsQuery(request: FirstRowsRequest, landingDirectory: string): string {
  if (request.kind === 'landing file') {
    requireLandingPath(request.path);
    const file = quoteLiteral(join(landingDirectory, request.path));
    return `SELECT * FROM read_csv(${file}, all_varchar => true, null_padding => true)`;
  }
  const { layer, table } = parseTableName(request.name);
  const name = `${layer}.${table}`;
  switch (request.kind) {
    case 'table':
      return `SELECT * FROM ${name}`;
    case 'dropped rows':
      return `SELECT * FROM quarantine('${name}')`;
    case 'rejected rows':
      return `SELECT * FROM rejects('${name}'${request.run === undefined ? '' : `, run => ${request.run}`})`;
  }
}
