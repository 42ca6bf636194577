import { EngineError } from '../engine.js';

const blanks = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)`;
const statement = new RegExp(String.raw`^(${blanks}*)(SET|RESET|PRAGMA)${blanks}+("?\w+"?)`, 'i');

/**
 * Keeps a setting inside the session that makes it: `SET x` and `RESET x` become `SET SESSION x` and
 * `RESET SESSION x`, since many settings are otherwise changed for all connections. An assignment by PRAGMA
 * is a SET. Any other text is returned as it is. Throws EngineError for `SET GLOBAL`.
 * The engine itself then refuses a setting that no session can have of its own, as `threads`.
 */
export function inSession(sql: string): string {
  const match = statement.exec(sql);
  if (match === null) return sql;
  const [whole, before = '', keyword = '', name = ''] = match;
  const rest = sql.slice(whole.length);
  switch (keyword.toUpperCase()) {
    case 'SET':
      return isScope(name) || isTimeZone(name, rest)
        ? refuseGlobal(sql, name)
        : `${before}SET SESSION ${name}${rest}`;
    case 'RESET':
      return resetInSession(sql, before, name, rest);
    default:
      return /^\s*=/.test(rest) ? `${before}SET SESSION ${name}${rest}` : sql;
  }
}

/** The engine would go back to the machine's time zone, on which no result may depend. */
function resetInSession(sql: string, before: string, name: string, rest: string): string {
  const setting = name.toUpperCase() === 'SESSION' ? rest : name + rest;
  if (/^[\s"]*timezone[\s";]*$/i.test(setting)) return `${before}SET SESSION TimeZone = 'UTC'`;
  return isScope(name) ? refuseGlobal(sql, name) : `${before}RESET SESSION ${name}${rest}`;
}

function isScope(word: string): boolean {
  return /^(SESSION|LOCAL|GLOBAL|VARIABLE)$/i.test(word);
}

/** `SET TIME ZONE 'x'` has no form with SESSION and is the session's already. */
function isTimeZone(word: string, rest: string): boolean {
  return /^TIME$/i.test(word) && /^\s+ZONE\b/i.test(rest);
}

function refuseGlobal(sql: string, scope: string): string {
  if (!/^GLOBAL$/i.test(scope)) return sql;
  throw new EngineError('A setting can be changed for the own session only, with SET SESSION', {
    type: 'Permission',
    offset: sql.search(/GLOBAL/i),
  });
}
