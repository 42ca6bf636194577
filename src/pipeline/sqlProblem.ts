import type { EngineError } from '../engine/engine.js';
import { type Place, type Problem, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { misspeltKeyword } from '../sql/misspelt.js';
import { tokenAt } from '../sql/tokenAt.js';
import { writtenName } from '../sql/writtenName.js';

/** A text that the engine was given, and how what it says of it becomes a place. */
export interface SqlSource {
  /** As the person wrote it. */
  readonly text: string;
  /** From an offset in what was submitted to one in `text`; absent where that is the text itself. */
  readonly toOriginal?: (offset: number) => number;
  /** Turns a span of `text` into a place. */
  readonly placeOf: (span: Span) => Place;
  /** The columns behind the name of a table or an alias, where they are known. */
  readonly columnsBehind?: (qualifier: string) => readonly string[];
}

/** What a person reads of an engine's error; without a source it has no place. */
export function sqlProblem(error: EngineError, source?: SqlSource): Problem {
  const { type, qualifier, offset: submitted } = error.details;
  const offset = submitted === undefined ? undefined : (source?.toOriginal?.(submitted) ?? submitted);
  if (type === 'Parser') return syntaxProblem(error.message, offset, source);
  const disk = type === 'IO' ? diskHint(error.message) : undefined;
  if (disk !== undefined) return problem('lake.file-system', error.message, { hint: disk });
  const likeliest = proposed(error, source).slice(0, 3);
  // Signatures of a function, as `sum(DOUBLE) -> DOUBLE`, can be read but not put in the place of a name.
  const names = likeliest.filter((candidate) => !candidate.includes(' -> ')).map(writtenName);
  const shown = likeliest.map((name) => (qualifier === undefined ? name : `${qualifier}.${name}`));
  return problem('sql.failed', error.message, {
    ...(shown.length === 0 ? {} : { hint: `Did you mean ${shown.join(', ')}?` }),
    ...(type === 'Out of Memory' ? { hint: 'Raise memory in ratatouille.json.' } : {}),
    ...(names.length === 0 ? {} : { fix: { kind: 'replace', texts: names } }),
    ...(offset === undefined || source === undefined
      ? {}
      : { place: source.placeOf(tokenAt(source.text, offset)) }),
  });
}

/** What to do about a disk that did not take what was written; undefined for any other fault. */
function diskHint(message: string): string | undefined {
  if (/No space left on device|Disk quota exceeded|not enough space on the disk/.test(message)) {
    return 'The disk is full: free some space, then run again.';
  }
  const isTooLarge = message.includes('File too large');
  return isTooLarge
    ? 'The file would be larger than is allowed here, by `ulimit -f` or by the disk’s format.'
    : undefined;
}

function proposed({ details }: EngineError, source?: SqlSource): readonly string[] {
  const { candidates, qualifier, missing } = details;
  if (candidates !== undefined || qualifier === undefined || missing === undefined) return candidates ?? [];
  const close = suggest(missing, source?.columnsBehind?.(qualifier) ?? []);
  return close === undefined ? [] : [close];
}

/** What a person reads of a text that is not SQL: at the misspelt word, where there is one. */
export function syntaxProblem(message: string, offset: number | undefined, source?: SqlSource): Problem {
  if (offset === undefined || source === undefined) return problem('sql.syntax', message);
  const { text, placeOf } = source;
  const misspelt = misspeltKeyword(text, offset);
  if (misspelt === undefined)
    return problem('sql.syntax', message, { place: placeOf(tokenAt(text, offset)) });
  const { span, meant } = misspelt;
  return problem('sql.syntax', `syntax error at or near "${text.slice(span.start, span.end)}"`, {
    hint: `Did you mean ${meant}?`,
    fix: { kind: 'replace', texts: [meant] },
    place: placeOf(span),
  });
}
