import type { FileFacts, FileInspection, Finding } from '../../protocol/inspection.js';
import { formatCount, formatQuantity } from '../../protocol/wording.js';
import { printContract } from '../contract.js';
import type { Contract } from '../contractSchema.js';
import { excerpt } from '../fileProblem.js';
import { reportColumn } from './columnReport.js';
import { decisionsOf } from './decisions.js';
import { differencesOf } from './differences.js';
import { decoderOf } from './fileText.js';
import type { GivenContract, Reading } from './reading.js';
import type { RecordInspector } from './recordInspector.js';
import type { RecordReader } from './recordReader.js';

/** What is known before a byte was read. */
export interface InspectedFile {
  readonly file: string;
  readonly landingPath?: string;
  readonly given?: GivenContract;
}

/** What was read of a file so far. */
export interface Progress {
  readonly complete: boolean;
  readonly facts: FileFacts;
  readonly findings: readonly Finding[];
  /** Absent when the file is no text. */
  readonly text?: {
    readonly reading: Reading;
    readonly inspector: RecordInspector;
    readonly reader: RecordReader;
  };
}

/** Puts together what an inspection found. */
export function reportInspection(about: InspectedFile, progress: Progress): FileInspection {
  const { complete, facts, text } = progress;
  const inspection = {
    version: 1,
    file: about.file,
    ...(about.landingPath !== undefined && { landingPath: about.landingPath }),
    complete,
    facts,
    ...(text === undefined ? withoutText(about) : withText(about, text)),
    findings: [...progress.findings, ...(text === undefined ? [] : textFindings(text))],
  } as const;
  const all = [...inspection.findings, ...inspection.contract.differences];
  const judged = { ...inspection, readsWell: readsWell(all, text?.inspector.suspects.refused ?? 0) };
  return { ...judged, decisions: decisionsOf(judged) };
}

function withoutText({ given }: InspectedFile) {
  return {
    records: { total: 0, wellFormed: 0, suspect: 0, blankLines: 0 },
    columns: [],
    suspects: { count: 0, byReason: [], first: [] },
    contract: { ...(given && { path: given.path }), differences: [] },
  };
}

function withText({ given }: InspectedFile, { reading, inspector }: NonNullable<Progress['text']>) {
  const decode = decoderOf(reading.encoding);
  const columns = reading.columns.flatMap((column, index) => {
    const evidence = inspector.columns[index];
    return evidence === undefined ? [] : [reportColumn(column, evidence, decode)];
  });
  const { dialect, decidedBy, candidates, header, above } = reading;
  const { wellFormed, suspect, blankLines, firstBlankLine, longest } = inspector;
  const proposed = reading.refusals.length === 0 ? reading.proposed : undefined;
  return {
    layout: { ...dialect, decidedBy, candidates, header, above },
    records: {
      ...{ total: wellFormed + suspect, wellFormed, suspect, blankLines },
      ...(firstBlankLine !== undefined && { firstBlankLine }),
      ...(longest !== undefined && { longest }),
    },
    columns,
    suspects: inspector.suspects.report(),
    contract: {
      ...(given !== undefined && { path: given.path }),
      differences: differencesOf(reading, columns, given),
      ...(proposed !== undefined && { proposed: printContract(withTypes(proposed, columns)) }),
    },
  };
}

/** The types that `landing()` ends with: a text where a value further down spoils the proposal. */
function withTypes(
  proposed: Contract,
  columns: readonly { readonly name: string; readonly type: string }[],
): Contract {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return {
    ...proposed,
    columns: proposed.columns.map(({ name, type }) => ({ name, type: types.get(name) ?? type })),
  };
}

function textFindings({ reading, inspector, reader }: NonNullable<Progress['text']>): readonly Finding[] {
  const findings = [...reading.refusals, ...headerFindings(reading)];
  const other = reader.firstOtherEnd;
  if (other !== undefined && !reading.refusals.some(({ line }) => line === other.line))
    findings.push({
      effect: 'stops',
      message: `Line ends are mixed: line ${formatCount(other.line)} ends otherwise than the first line.`,
      hint: 'Save the file with one kind of line end; quote a value that holds a carriage return.',
      line: other.line,
    });
  if (inspector.wellFormed === 0 && inspector.suspect === 0 && reading.refusals.length === 0)
    findings.push({
      effect: 'look',
      message: 'The file has a header and no row. The export may have failed.',
    });
  return findings;
}

/** What is wrong with a header, where a refusal does not say it already. */
function headerFindings({ header, above, refusals }: Reading): readonly Finding[] {
  const isTold = (pattern: RegExp) => refusals.some(({ message }) => pattern.test(message));
  const findings: Finding[] = [];
  const stops = (message: string, hint: string) => findings.push({ effect: 'stops', message, hint });
  if (above.length > 0 && !isTold(/does not begin with its header|which is for Excel/))
    stops(
      `${formatQuantity(above.length, 'line')} ${above.length === 1 ? 'stands' : 'stand'} above the header.`,
      'Remove the lines above the header.',
    );
  if (header.blank.length > 0 && !isTold(/no name for column/))
    stops(`The header has no name for column ${header.blank.join(', ')}.`, 'Name every column.');
  if (header.duplicates.length > 0 && !isTold(/ twice$| twice\./))
    stops(
      `The header has ${header.duplicates.map(excerpt).join(', ')} more than once.`,
      'Rename all but one; names compare without case.',
    );
  return findings;
}

function readsWell(findings: readonly Finding[], refusedRecords: number): boolean {
  return refusedRecords === 0 && findings.every(({ effect }) => effect === 'look');
}
