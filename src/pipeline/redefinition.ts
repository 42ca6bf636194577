import type { Replacement } from '../sql/rewrite.js';

/** What makes a statement replace what it defines: run again it means what it says now. None where it does already. */
export function redefinition(sql: string): readonly Replacement[] {
  const create =
    /^create\s+(?!or\s+replace\b)(?=(temp\w*\s+)?(macro|function|type|table|view)\b(?!\s+if\b))/i;
  const found = create.exec(sql)?.[0];
  return found === undefined ? [] : [{ span: { start: 0, end: found.length }, text: 'CREATE OR REPLACE ' }];
}
