import type { DelimiterCandidate } from '../../protocol/inspection.js';
import type { Dialect } from '../contractSchema.js';
import { delimiters } from '../dialect.js';
import { type CsvRecord, readRecords } from '../records.js';

const mostRecords = 1000;
const mostFaults = 50;
const quoting = { quote: '"', escape: '"' };

/** How the beginning of a text looks under each delimiter, the likeliest first. */
export function candidatesOf(text: string, dialect: Dialect | undefined): readonly DelimiterCandidate[] {
  const known = dialect === undefined || delimiters.includes(dialect.delimiter) ? [] : [dialect.delimiter];
  const candidates = [...delimiters, ...known].map((delimiter) =>
    candidateOf(text, { ...(dialect ?? quoting), delimiter }),
  );
  const isChosen = ({ delimiter }: DelimiterCandidate) => delimiter === dialect?.delimiter;
  return candidates.sort((a, b) => Number(isChosen(b)) - Number(isChosen(a)) || weightOf(b) - weightOf(a));
}

/** The likeliest dialect of a text for which no certain one was found. */
export function likeliestDialect(candidates: readonly DelimiterCandidate[]): Dialect {
  const [best] = candidates;
  const isTable = best !== undefined && best.fields > 1;
  return { delimiter: isTable ? best.delimiter : ',', ...quoting };
}

/** The line by which Excel is told the delimiter. */
export function isSeparatorLine(text: string): boolean {
  return /^"?sep=.?"?$/i.test(text);
}

/** The records of a text, read on behind one whose quotes are wrong. */
export function* tolerantRecords(text: string, dialect: Dialect): Generator<CsvRecord> {
  let rest = text;
  let line = 1;
  for (let faults = 0; faults < mostFaults; faults += 1) {
    let fault: CsvRecord | undefined;
    for (const record of readRecords(rest, dialect)) {
      yield { ...record, line: record.line + line - 1 };
      if (record.fault !== undefined) fault = record;
    }
    if (fault === undefined) return;
    const lineEnd = new RegExp(`(?:[^\\r\\n]*(?:\\r\\n|\\r|\\n)){${fault.line}}`, 'y');
    if (!lineEnd.test(rest)) return;
    rest = rest.slice(lineEnd.lastIndex);
    line += fault.line;
  }
}

function candidateOf(text: string, dialect: Dialect): DelimiterCandidate {
  const widths = new Map<number, number>();
  let of = 0;
  for (const { fields, text: own, fault } of tolerantRecords(text, dialect)) {
    if (own.trim() === '' || isSeparatorLine(own)) continue;
    of += 1;
    if (fault === undefined) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
    if (of === mostRecords) break;
  }
  const found = mostCommon([...widths].filter(([width]) => width > 1));
  // A comma here and there in a text does not make two columns of it.
  const isTable = found !== undefined && found[1] * 5 >= of;
  const [fields, records] = (isTable ? found : mostCommon([...widths])) ?? [0, 0];
  return { delimiter: dialect.delimiter, fields, records, of };
}

function mostCommon(widths: readonly [number, number][]): [number, number] | undefined {
  return widths.length === 0
    ? undefined
    : widths.reduce((best, next) =>
        next[1] > best[1] || (next[1] === best[1] && next[0] > best[0]) ? next : best,
      );
}

function weightOf({ fields, records, of }: DelimiterCandidate): number {
  return fields > 1 ? records / of + fields / 10_000 : 0;
}
