import type { FindingEffect, SuspectReason } from '../../protocol/inspection.js';
import { formatCount, formatQuantity } from '../../protocol/wording.js';

/** What each reason means for a run, whatever the columns are. */
export const effectOfReason: Readonly<Record<SuspectReason, FindingEffect>> = {
  'number of fields': 'rejects',
  'text after a closing quote': 'rejects',
  'a quote that never closes': 'stops',
  'NUL byte': 'stops',
  'bytes of another encoding': 'stops',
  'very long record': 'stops',
  'header again': 'rejects',
  'another table': 'rejects',
  'total line': 'rejects',
};

const sentences: Readonly<Record<Exclude<SuspectReason, 'number of fields'>, string>> = {
  'text after a closing quote': 'has text behind the quote that closes a value',
  'a quote that never closes':
    'opens a quote that never closes; the lines below are read as if it were whole',
  'NUL byte': 'has a NUL byte, which no text has',
  'bytes of another encoding': 'has bytes of another encoding',
  'very long record': 'begins a record of more than 16 MiB',
  'header again': 'repeats the header',
  'another table': 'seems to begin another table',
  'total line': 'seems to be a total',
};

/** What is wrong with a record, as a sentence; `width` is the number of fields that belong. */
export function describeSuspect(
  { line, fields }: { readonly line: number; readonly fields: number },
  reason: SuspectReason,
  width: number,
): string {
  const subject = `Line ${formatCount(line)}`;
  if (reason !== 'number of fields') return `${subject} ${sentences[reason]}.`;
  return `${subject} has ${formatQuantity(fields, 'field')} where ${formatCount(width)} belong.`;
}
