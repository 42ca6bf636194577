import type {
  FileFacts,
  FileInspection,
  FileLayout,
  LineEnds,
  SuspectRecord,
  SuspectRecords,
} from './inspection.js';
import { formatBytes, formatCount, formatQuantity } from './wording.js';

/** What a file is and how it is written: a label and a text for each fact. */
export function describeFile(
  inspection: FileInspection,
): readonly (readonly [label: string, text: string])[] {
  const { file, landingPath, facts, layout, records, contract } = inspection;
  const entries: [string, string][] = [['size', sizeOf(facts)]];
  if (landingPath !== undefined && landingPath !== file) entries.push(['landing', landingPath]);
  if (facts.encoding !== undefined) entries.push(['encoding', encodingOf(facts)]);
  if (layout !== undefined) {
    entries.push(['line ends', lineEndsOf(facts.lineEnds)]);
    entries.push(['fields', fieldsOf(layout)]);
    entries.push(['seen', evidenceOf(layout)]);
    entries.push(['header', headerOf(layout)]);
    for (const { line, text } of layout.above) entries.push([`line ${line}`, `above the header: ${text}`]);
    entries.push(['records', recordsOf(records)]);
  }
  entries.push(['contract', contract.path ?? 'none yet']);
  return entries;
}

function sizeOf({ bytes, compressed, textBytes, readBytes }: FileFacts): string {
  const count = formatQuantity(bytes, 'byte');
  const exact = bytes < 1000 ? count : `${formatBytes(bytes)} (${count})`;
  if (!compressed) return exact;
  const part = readBytes < bytes ? 'the beginning is ' : '';
  return `${exact}, compressed by gzip; ${part}${formatBytes(textBytes)} uncompressed`;
}

const encodingNames: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16': 'UTF-16, little-endian',
  'latin-1': 'Latin-1',
  'windows-1252': 'Windows-1252, it seems',
};

function encodingOf({ encoding = '', byteOrderMark, plainAscii }: FileFacts): string {
  const name = encodingNames[encoding] ?? encoding;
  const parts = [
    name,
    ...(byteOrderMark ? ['with a byte order mark'] : []),
    ...(plainAscii ? ['all ASCII'] : []),
  ];
  return parts.join(', ');
}

function lineEndsOf({ lf, crlf, cr, firstOther }: LineEnds): string {
  const kinds = [
    { name: 'LF', count: lf },
    { name: 'CRLF', count: crlf },
    { name: 'CR', count: cr },
  ].filter(({ count }) => count > 0);
  const [only, second] = kinds;
  if (only === undefined) return 'none';
  if (second === undefined) return only.name;
  const counts = kinds.map(({ name, count }) => `${formatCount(count)} × ${name}`).join(', ');
  const where =
    firstOther === undefined ? '' : `; the first other one on line ${formatCount(firstOther.line)}`;
  return `mixed: ${counts}${where}`;
}

const deciders: Readonly<Record<FileLayout['decidedBy'], string>> = {
  contract: 'as the contract says',
  'first look': 'as landing() finds it',
  'best guess': 'the likeliest reading',
};

function fieldsOf({ delimiter, quote, escape: escapes, decidedBy }: FileLayout): string {
  const quoted = quote === '' ? 'never quoted' : `quoted by ${quote}`;
  const escaped = quote === '' || escapes === quote ? '' : `, a quote inside is ${escapes}${quote}`;
  return `separated by ${delimiterName(delimiter)}, ${quoted}${escaped}; ${deciders[decidedBy]}`;
}

function evidenceOf({ candidates }: FileLayout): string {
  const seen = candidates
    .filter(({ fields }, index) => index === 0 || fields > 1)
    .map(
      ({ delimiter, fields, records, of }) =>
        `${delimiterName(delimiter)} gives ${formatQuantity(fields, 'field')} in ${formatCount(records)} of the first ${formatQuantity(of, 'record')}`,
    );
  return seen.join('; ');
}

function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'a tab' : delimiter === ' ' ? 'a blank' : `“${delimiter}”`;
}

function headerOf({ header: { line, names, blank, duplicates } }: FileLayout): string {
  const columns = formatQuantity(names.length, 'column');
  if (line === undefined) return `none; ${columns}`;
  const parts = [`on line ${line}, ${columns}`];
  if (blank.length > 0) parts.push(`without a name: column ${blank.join(', ')}`);
  if (duplicates.length > 0) parts.push(`more than once: ${duplicates.join(', ')}`);
  return parts.join('; ');
}

function recordsOf({
  total,
  suspect,
  blankLines,
  firstBlankLine,
  longest,
}: FileInspection['records']): string {
  const parts = [formatCount(total)];
  if (suspect > 0) parts.push(`${formatCount(suspect)} of them suspect`);
  if (blankLines > 0)
    parts.push(
      `${formatQuantity(blankLines, 'blank line')}, the first on line ${formatCount(firstBlankLine ?? 0)}`,
    );
  if (longest !== undefined)
    parts.push(
      `the longest has ${formatQuantity(longest.bytes, 'byte')}, on line ${formatCount(longest.line)}`,
    );
  return parts.join('; ');
}

/** `3 fields, not 2`, or the reason alone: the line stands beside it. */
export function describeSuspect({ reason, message }: SuspectRecord): string {
  if (reason !== 'number of fields') return reason;
  return message.replace(/^Line [\d,]+ has (.*) where (.*) belong\.$/, '$1, not $2');
}

/** `The first 20 of 40: 31 × number of fields, 9 × NUL byte`. */
export function describeSuspects({ count, byReason, first }: SuspectRecords): string {
  const reasons = byReason.map((each) => `${formatCount(each.count)} × ${each.reason}`).join(', ');
  const shown = count > first.length ? `The first ${first.length} of ${formatCount(count)}: ` : '';
  return `${shown}${reasons}`;
}

/** Whether a run could read the file, as a sentence. */
export function describeVerdict({ readsWell, findings, suspects, contract }: FileInspection): string {
  if (readsWell) return 'It reads well as it is.';
  const stops = [...findings, ...contract.differences].filter(({ effect }) => effect !== 'look').length;
  const parts = [
    stops > 0 ? formatQuantity(stops, 'finding') : '',
    suspects.count > 0 ? formatQuantity(suspects.count, 'suspect line') : '',
  ].filter((part) => part !== '');
  return `It does not read as it is: ${parts.join(' and ')}.`;
}
