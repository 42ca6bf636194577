import type { ContractChange, DriftDifference, DriftReport } from '../../protocol/drift.js';
import { usageError } from '../usage.js';

/** What a person says of single columns; every other difference is taken up in its likeliest way. */
export interface DriftWishes {
  /** Names of columns that are not to be read. */
  readonly ignore?: readonly string[];
  /** `column=TYPE`. */
  readonly cast?: readonly string[];
  /** Names that only look like a renamed column. */
  readonly new?: readonly string[];
}

/**
 * What a contract has to say so that files fit as a person wishes; nothing where no change makes them fit. Throws
 * a usage error for a wish that is about no difference.
 */
export function chosenChanges(report: DriftReport, wishes: DriftWishes): readonly ContractChange[] {
  const { ignore = [], new: separate = [] } = wishes;
  requireKnown(report, '--ignore', ignore);
  requireKnown(report, '--new', separate);
  const { differences } = report;
  const isHopeless = differences.some(({ kind, choices }) => kind !== 'reordered' && choices.length === 0);
  if (isHopeless) return [];
  const chosen = differences.flatMap((difference) => choiceFor(difference, { ignore, new: separate }));
  return withTypes(chosen, castsOf(wishes.cast ?? []));
}

function choiceFor(
  difference: DriftDifference,
  { ignore, new: separate }: Required<Pick<DriftWishes, 'ignore' | 'new'>>,
): readonly ContractChange[] {
  const name = nameInFiles(difference);
  const option = name === undefined ? undefined : ignore.includes(name) ? '--ignore' : '--new';
  const isWished = name !== undefined && [...ignore, ...separate].includes(name);
  const wished = isWished
    ? difference.choices.find(({ options }) => options[0] === option)
    : difference.choices[0];
  return (wished ?? difference.choices[0])?.changes ?? [];
}

/** A cast replaces the type of what is added or changed anyway, or is a change of its own. */
function withTypes(
  changes: readonly ContractChange[],
  casts: ReadonlyMap<string, string>,
): readonly ContractChange[] {
  const left = new Map(casts);
  const typed = changes.map((change) => {
    const type = 'type' in change ? casts.get(change.column) : undefined;
    if (type === undefined || !('type' in change)) return change;
    left.delete(change.column);
    return { ...change, type };
  });
  return [...typed, ...[...left].map(([column, type]) => ({ kind: 'set type' as const, column, type }))];
}

function castsOf(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.lastIndexOf('=');
      if (at <= 0)
        throw usageError(`--cast ${text} has no type.`, 'Write the column, =, and a type, as amount=DOUBLE.');
      return [text.slice(0, at), text.slice(at + 1).toUpperCase()];
    }),
  );
}

function requireKnown({ differences }: DriftReport, option: string, names: readonly string[]): void {
  const known = differences.flatMap((difference) => nameInFiles(difference) ?? []);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw usageError(
    `${option} ${unknown}: no new column of the files is called so.`,
    known.length === 0 ? 'The files have no new columns.' : `New in the files: ${known.join(', ')}.`,
  );
}

function nameInFiles({ kind, column, newName }: DriftDifference): string | undefined {
  if (kind === 'renamed') return newName;
  return kind === 'added' ? column : undefined;
}
