import { quoteIdentifier, quoteLiteral } from '../sql/names.js';
import { typedColumns } from './columnType.js';
import type { Contract } from './contractSchema.js';
import { type ReadableFile, textsOf } from './read.js';
import { keptCharacters } from './rejectLog.js';

/** A column of {@link misfitsOf} beside `_file` and `_row`: one struct for each value. */
export const misfitColumn = 'misfit';

/**
 * A query for the values that do not have their columns' types, of the first `limit` records that have such a
 * value, in the order of the files: `_file`, `_row`, and a struct of
 * `position`, `column_name`, `value` and `type`. Undefined where every text fits.
 */
export function misfitsOf(
  files: readonly ReadableFile[],
  contract: Contract,
  limit: number,
): string | undefined {
  const columns = typedColumns(contract.columns, contract);
  const attempts = columns.flatMap(({ attempt }) => attempt ?? []);
  const misfits = columns.flatMap(({ misfit }, index) => {
    const column = contract.columns[index];
    return misfit === undefined || column === undefined ? [] : [{ ...column, misfit }];
  });
  if (misfits.length === 0) return undefined;
  const structs = misfits.map(
    ({ name, type, misfit }, index) =>
      `CASE WHEN ${misfit} THEN {'position': ${index}, 'column_name': ${quoteLiteral(name)}, 'type': ${quoteLiteral(type)}, ` +
      `'value': left(${quoteIdentifier(name)}, ${keptCharacters})} END`,
  );
  const texts = textsOf(files, contract);
  return (
    `SELECT _file, _row, unnest(list_filter([${structs.join(', ')}], lambda each: each IS NOT NULL)) AS ${misfitColumn}\n` +
    `FROM (SELECT * FROM (SELECT ${['*', ...attempts].join(', ')} FROM (\n${texts}\n))\n` +
    `WHERE ${misfits.map(({ misfit }) => misfit).join(' OR ')}\nORDER BY _file, _row LIMIT ${limit})`
  );
}
