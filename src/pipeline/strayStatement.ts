import { asLayer, layers } from '../protocol/layer.js';
import { type Place, type Problem, problem, warning } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { Cursor } from '../sql/cursor.js';

/** First words of the statements of DuckDB 1.5 that are neither a query nor a definition. */
const verbs = [
  ...[
    'abort',
    'alter',
    'analyze',
    'attach',
    'begin',
    'call',
    'checkpoint',
    'comment',
    'commit',
    'copy',
    'create',
  ],
  ...[
    'deallocate',
    'delete',
    'detach',
    'drop',
    'end',
    'execute',
    'explain',
    'export',
    'force',
    'from',
    'import',
  ],
  ...[
    'insert',
    'install',
    'load',
    'merge',
    'pragma',
    'prepare',
    'reset',
    'rollback',
    'select',
    'set',
    'start',
  ],
  ...[
    'table',
    'truncate',
    'update',
    'use',
    'vacuum',
    'values',
    'with',
    'describe',
    'desc',
    'summarize',
    'show',
  ],
  ...['pivot', 'pivot_wider', 'pivot_longer', 'unpivot'],
];

/** What may stand between CREATE and the kind of what is created. */
const modifiers = [
  'or',
  'replace',
  'temp',
  'temporary',
  'local',
  'global',
  'persistent',
  'unlogged',
  'recursive',
  'unique',
];
const kinds = [
  'table',
  'view',
  'macro',
  'function',
  'type',
  'schema',
  'sequence',
  'index',
  'secret',
  'trigger',
];

/**
 * What is wrong with a statement that looks like a model or a query with a word misspelt. A run executes models
 * alone, so nothing else would tell: the table would silently stay what it was. Undefined for every other one.
 * @param text a statement that was classified as `other`.
 * @param placeOf turns a span of `text` into a place.
 */
export function strayStatement(text: string, placeOf: (span: Span) => Place): Problem | undefined {
  const cursor = new Cursor(text);
  const word = (known: readonly string[], what: string): Problem | undefined => {
    const found = cursor.keyword();
    const token = cursor.peek();
    if (token === undefined || known.includes(found)) return undefined;
    const written = text.slice(token.start, token.end);
    const meant = suggest(written, known);
    return problem('sql.syntax', `There is no ${what} ${written}.`, {
      hint:
        meant === undefined
          ? 'Write a statement of SQL, or make the cell Markdown.'
          : `Did you mean ${meant.toUpperCase()}?`,
      place: placeOf(token),
    });
  };
  const unknown = word(verbs, 'statement');
  if (unknown !== undefined || cursor.keyword() !== 'create') return unknown;
  cursor.advance();
  while (modifiers.includes(cursor.keyword())) cursor.advance();
  const misspelt = word([...modifiers, ...kinds], 'CREATE');
  if (misspelt !== undefined) return misspelt;
  const isTable = cursor.take('table') || cursor.take('view');
  const name = isTable ? cursor.takeName() : undefined;
  return name === undefined ? undefined : tableOutsideTheLake(name, placeOf);
}

function tableOutsideTheLake(
  { parts, span }: { readonly parts: readonly string[]; readonly span: Span },
  placeOf: (span: Span) => Place,
): Problem | undefined {
  const [schema, name] = parts.length > 1 ? parts.slice(-2) : [undefined, parts[0]];
  if (schema === undefined) {
    return warning('model.form', `${name} is in no layer, so a run does not build it.`, {
      hint: `Write its layer, as silver.${name}, or make it TEMP for this notebook alone.`,
      place: placeOf(span),
    });
  }
  const meant = asLayer(schema) === undefined ? suggest(schema, layers) : undefined;
  if (meant === undefined) return undefined;
  return problem('model.form', `There is no layer ${schema}.`, {
    hint: `Did you mean ${meant}.${name}?`,
    place: placeOf(span),
  });
}
