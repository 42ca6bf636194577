import type { EngineSession } from '../../engine/engine.js';
import { quoteLiteral } from '../../sql/names.js';
import { type TimeFormats, typedColumns } from '../columnType.js';

/** Which of some texts do not have a type, as the strict read decides it. */
export type FindMisfits = (
  type: string,
  formats: TimeFormats,
  texts: readonly string[],
) => Promise<ReadonlySet<string>>;

/** Asks by the SQL that reads landing files. */
export function misfitsByEngine(session: () => Promise<EngineSession>): FindMisfits {
  return async (type, formats, texts) => {
    const [column] = typedColumns([{ name: 'value', type }], formats);
    if (column?.misfit === undefined) return new Set();
    const list = `SELECT unnest(${quoteLiteral(JSON.stringify(texts))}::JSON::VARCHAR[]) AS value`;
    const attempt = column.attempt === undefined ? '' : `, ${column.attempt}`;
    const query = `SELECT value FROM (SELECT *${attempt} FROM (${list})) WHERE ${column.misfit}`;
    const { rows } = await (await session()).rows(query);
    return new Set(rows.map(([text]) => String(text)));
  };
}
