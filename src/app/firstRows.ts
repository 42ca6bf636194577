import { join } from 'node:path';
import { parseTableName } from '../lake/tableName.js';
import type { FirstRowsRequest } from '../protocol/kernel.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { quoteLiteral } from '../sql/names.js';

/**
 * The query that shows a table of the lake, what was dropped from it, or a file of landing as it came: every value
 * as it is written.
 * Throws a ProblemError: `model.name` for what is no lake table, `landing.path` for a path that leaves landing.
 */
export function firstRowsQuery(request: FirstRowsRequest, landingDirectory: string): string {
  if (request.kind !== 'landing file') {
    const { layer, table } = parseTableName(request.name);
    const name = `${layer}.${table}`;
    return request.kind === 'table' ? `SELECT * FROM ${name}` : `SELECT * FROM quarantine('${name}')`;
  }
  if (request.path.split(/[\\/]/).includes('..')) {
    throw new ProblemError(
      problem('landing.path', `“${request.path}” is not in data/landing.`, {
        hint: 'Choose a file in the Landing folder.',
      }),
    );
  }
  const file = quoteLiteral(join(landingDirectory, request.path));
  return `SELECT * FROM read_csv(${file}, all_varchar => true, null_padding => true)`;
}
