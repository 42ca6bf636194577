import type { Json } from '../../protocol/json.js';
import { formatValue } from '../../protocol/wording.js';

/**
 * A value as one line of a table's cell: line breaks as `↵`, and no longer than `limit` characters, of which the
 * last is then `…`. A pair of surrogates is not cut in two.
 */
export function cellText(value: Json, limit = 200): string {
  const text = formatValue(value);
  const cut = text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
  return cut.replace(/\r\n|\r|\n/g, '↵').replaceAll('\t', '⇥');
}
