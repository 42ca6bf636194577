import { separatorLine } from './aboveHeader.js';
import type { Contract, ContractColumn, Dialect, Encoding } from './contractSchema.js';
import { detectDialect } from './dialect.js';
import { decode, detectEncoding } from './encoding.js';
import { readHead } from './fileBytes.js';
import { fileError, shownPath } from './fileProblem.js';
import { longestRecord } from './header.js';
import type { LandingFile } from './landingFiles.js';
import { otherFormat } from './otherFormat.js';
import { SampleTable, type TextSample } from './sampleTable.js';

/** How much the first look reads of all files of a pattern. */
export const sampledBytes = 4 * 1024 * 1024;
const leastBytes = 16 * 1024;

interface Sample extends TextSample {
  readonly encoding: Encoding;
  /** False for plain ASCII. */
  readonly certain: boolean;
}

/**
 * Proposes the contract of files that have none, from the beginning of every file, 4 MiB in all. Throws a
 * ProblemError `landing.file` wherever more than one reading is possible: nothing is guessed.
 */
export async function proposeContract(
  files: string,
  landingFiles: readonly LandingFile[],
): Promise<Contract> {
  const share = Math.max(leastBytes, Math.floor(sampledBytes / landingFiles.length));
  const samples: Sample[] = [];
  for (const file of landingFiles) samples.push(await readSample(file, share));
  const encoding = commonEncoding(samples);
  const dialect = commonDialect(samples);
  const columns = columnsOf(samples, dialect);
  return { files, encoding, ...dialect, header: true, nullStrings: [''], columns };
}

async function readSample(file: LandingFile, share: number): Promise<Sample> {
  for (const size of [share, longestRecord]) {
    const { bytes, complete } = await readHead(file, size);
    if (bytes.length === 0)
      throw fileError(file.path, 'is empty', { line: 1, hint: 'Remove it, or copy it again, whole.' });
    const finding = detectEncoding(bytes, complete);
    if ('fault' in finding) throw fileError(file.path, finding.fault, { hint: finding.hint });
    const text = decode(bytes, finding.encoding);
    const fault = separatorLine(text) ?? otherFormat(text);
    if (fault !== undefined) throw fileError(file.path, fault.what, fault);
    if (complete || /[\r\n]/.test(text)) return { path: file.path, text, complete, ...finding };
  }
  throw fileError(file.path, 'has a first line of more than 16 MiB', { line: 1 });
}

function commonEncoding(samples: readonly Sample[]): Encoding {
  const certain = samples.filter((sample) => sample.certain);
  const [first] = certain;
  const other = certain.find(({ encoding }) => encoding !== first?.encoding);
  const plain = first?.encoding === 'utf-16' ? samples.find((sample) => !sample.certain) : undefined;
  const odd = other ?? plain;
  if (first !== undefined && odd !== undefined) {
    throw fileError(odd.path, `is ${odd.encoding} and ${shownPath(first.path)} is ${first.encoding}`, {
      hint: 'Save all files of one landing() in one encoding, best UTF-8.',
    });
  }
  return first?.encoding ?? 'utf-8';
}

/** The dialect of the longest sample, which the others then have to fit. */
function commonDialect(samples: readonly Sample[]): Dialect {
  const longest = samples.reduce((best, sample) => (sample.text.length > best.text.length ? sample : best));
  const finding = detectDialect(longest.text, longest.complete);
  if ('fault' in finding) throw fileError(longest.path, finding.fault.what, finding.fault);
  return finding.dialect;
}

function columnsOf(samples: readonly Sample[], dialect: Dialect): readonly ContractColumn[] {
  const table = new SampleTable(dialect);
  for (const sample of samples) table.add(sample);
  const [first] = samples;
  if (first !== undefined && !table.hasRows) {
    throw fileError(first.path, 'has a header and no row, so the types of its columns can not be seen', {
      hint: 'Wait for a file with rows, or write the contract by hand, see docs/contracts.md.',
    });
  }
  return table.finish();
}
