import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contract } from '../../../../src/ingest/contractSchema.js';
import type { FindMisfits } from '../../../../src/ingest/inspection/askEngine.js';
import { inspectCsv } from '../../../../src/ingest/inspection/inspectCsv.js';
import type { FileInspection } from '../../../../src/protocol/inspection.js';

export interface InspectOptions {
  /** Its ending decides whether it is uncompressed. */
  readonly name?: string;
  readonly contract?: Contract;
  readonly findMisfits?: FindMisfits;
  readonly onBeginning?: (inspection: FileInspection) => void;
}

/** Inspects a file with this content. */
export async function inspectContent(
  content: string | Buffer,
  { name = 'file.csv', contract, findMisfits = neverAsked, onBeginning }: InspectOptions = {},
): Promise<FileInspection> {
  const folder = mkdtempSync(join(tmpdir(), 'ratatouille-inspection-'));
  const absolute = join(folder, name);
  writeFileSync(absolute, content);
  try {
    return await inspectCsv(
      {
        file: name,
        source: { path: name, absolute },
        pattern: name,
        findings: [],
        ...(contract && { given: { contract, path: 'contracts/file.json' } }),
      },
      { findMisfits, ...(onBeginning && { onBeginning }) },
    );
  } finally {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

const neverAsked: FindMisfits = (type, _formats, texts) =>
  Promise.reject(new Error(`The engine was asked whether ${texts.join(', ')} are ${type}.`));

/** A contract of columns `name TYPE`. */
export function contractOf(columns: readonly string[], more: Partial<Contract> = {}): Contract {
  return {
    files: '*.csv',
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    escape: '"',
    header: true,
    nullStrings: [''],
    columns: columns.map((column) => {
      const [name = '', type = 'VARCHAR'] = column.split(' ');
      return { name, type };
    }),
    ...more,
  };
}
