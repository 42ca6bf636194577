import type { FileFacts, FileInspection, Finding } from '../../protocol/inspection.js';
import { isCompressed, readChunks } from '../fileBytes.js';
import { stampOf } from '../fileKnowledge.js';
import { sampledBytes } from '../firstLook.js';
import type { LandingFile } from '../landingFiles.js';
import type { FindMisfits } from './askEngine.js';
import { findText, markLength, TextBytes } from './fileText.js';
import { findReading, refusalOf } from './findReading.js';
import { RecordInspector } from './recordInspector.js';
import { RecordReader } from './recordReader.js';
import { type InspectedFile, type Progress, reportInspection } from './report.js';

/** A file to inspect. */
export interface InspectionTarget extends InspectedFile {
  /** `path` is its path below the landing folder, or the one that it would have. */
  readonly source: LandingFile;
  /** Of the `landing()` that reads it, or would. */
  readonly pattern: string;
  /** What its name and its place tell. */
  readonly findings: readonly Finding[];
}

export interface InspectionOptions {
  /** Asked, rarely, about texts for which only the engine can tell. */
  readonly findMisfits: FindMisfits;
  readonly signal?: AbortSignal;
  /** Gets what the beginning of a long file says, once. */
  readonly onBeginning?: (inspection: FileInspection) => void;
  /** Called from time to time with how many bytes of the file on disk were read, and of how many. */
  readonly onProgress?: (readBytes: number, bytes: number) => void;
}

/** After so many bytes of text the beginning is told. */
const beginningBytes = 2 * 1024 * 1024;

/**
 * Reads a file once, from its beginning to its end, and tells everything that was found: whatever is wrong with
 * the file is a finding. Memory is bounded by the longest record that is read and by what is kept of each column.
 * Throws the system's error for a file that can't be opened, and a ProblemError `sql.cancelled`.
 */
export async function inspectCsv(
  target: InspectionTarget,
  options: InspectionOptions,
): Promise<FileInspection> {
  const inspection = new Inspection(target, options);
  return inspection.run();
}

class Inspection {
  readonly #target: InspectionTarget;
  readonly #options: InspectionOptions;
  readonly #findings: Finding[];
  readonly #bytes: number;
  #readBytes = 0;
  #textBytes = 0;
  #facts: Pick<FileFacts, 'encoding' | 'byteOrderMark'> = { byteOrderMark: false };
  #text: (NonNullable<Progress['text']> & { readonly bytes: TextBytes }) | undefined;

  constructor(target: InspectionTarget, options: InspectionOptions) {
    this.#target = target;
    this.#options = options;
    this.#findings = [...target.findings];
    this.#bytes = stampOf(target.source.absolute).bytes;
  }

  async run(): Promise<FileInspection> {
    const beginning = await this.#beginning();
    const { encoding, fault } = findText(beginning, this.#textBytes < sampledBytes);
    const isEmpty = encoding !== undefined && beginning.length <= markLength(beginning, encoding);
    if (isEmpty) this.#isEmpty();
    else if (fault !== undefined)
      this.#find({ effect: 'stops', message: `The file ${fault.what}.`, hint: fault.hint });
    if (encoding === undefined || isEmpty) return this.#report(true);
    await this.#open({ bytes: beginning, encoding });
    await this.#read();
    return this.#report(true);
  }

  /** The beginning of the text, as much as could be read of it. */
  async #beginning(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of readChunks(this.#target.source)) {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= sampledBytes) break;
      }
    } catch (error) {
      this.#find(refusalOf(this.#target.source, error));
    }
    this.#textBytes = length;
    return Buffer.concat(chunks).subarray(0, sampledBytes);
  }

  async #open(beginning: Parameters<typeof findReading>[1]): Promise<void> {
    const { source, pattern, given } = this.#target;
    const reading = await findReading(source, beginning, pattern, given);
    const mark = markLength(beginning.bytes, reading.encoding);
    const bytes = new TextBytes(reading.encoding, mark);
    const inspector = new RecordInspector(reading, bytes);
    const isUtf16 = reading.encoding === 'utf-16';
    const reader = new RecordReader(reading.dialect, inspector, { base: mark, isUtf16 });
    this.#facts = { encoding: reading.encoding, byteOrderMark: mark > 0 };
    this.#text = { reading: this.#withoutRepeats(reading), inspector, reader, bytes };
  }

  /** What `landing()` says of the file was perhaps found already. */
  #withoutRepeats<T extends { readonly refusals: readonly Finding[] }>(reading: T): T {
    const known = this.#findings.map(({ message }) => message);
    return { ...reading, refusals: reading.refusals.filter(({ message }) => !known.includes(message)) };
  }

  async #read(): Promise<void> {
    const { source } = this.#target;
    const { signal } = this.#options;
    const onRaw = (chunk: Buffer) => {
      this.#readBytes += chunk.length;
    };
    this.#textBytes = 0;
    try {
      for await (const chunk of readChunks(source, { onRaw, ...(signal && { signal }) }))
        await this.#take(chunk);
    } catch (error) {
      this.#find(refusalOf(source, error));
    }
    this.#text?.reader.finish();
    this.#text?.inspector.finish();
    await this.#settle(() => true);
  }

  async #take(chunk: Buffer): Promise<void> {
    const before = this.#textBytes;
    this.#textBytes += chunk.length;
    this.#text?.reader.push(this.#text.bytes.next(chunk));
    await this.#settle(({ isFull }) => isFull);
    if (before < beginningBytes && this.#textBytes >= beginningBytes)
      this.#options.onBeginning?.(this.#report(false));
    this.#options.onProgress?.(this.#readBytes, this.#bytes);
  }

  async #settle(isDue: (doubtful: { readonly isFull: boolean }) => boolean): Promise<void> {
    if (this.#text === undefined) return;
    const { reading, inspector } = this.#text;
    for (const [index, { doubtful }] of inspector.columns.entries()) {
      const type = reading.columns[index]?.type ?? 'VARCHAR';
      if (isDue(doubtful))
        await doubtful.settle((texts) => this.#options.findMisfits(type, reading.formats, texts));
    }
  }

  #isEmpty(): void {
    if (this.#findings.some(({ effect }) => effect === 'stops')) return;
    this.#find({ effect: 'stops', message: 'The file is empty.', hint: 'Export or copy it again, whole.' });
  }

  #find(finding: Finding): void {
    if (this.#findings.every(({ message }) => message !== finding.message)) this.#findings.push(finding);
  }

  #report(complete: boolean): FileInspection {
    const { lineEnds, firstOtherEnd } = this.#text?.reader ?? { lineEnds: { lf: 0, crlf: 0, cr: 0 } };
    const facts: FileFacts = {
      bytes: this.#bytes,
      compressed: isCompressed(this.#target.source.path),
      readBytes: this.#text === undefined ? Math.min(this.#bytes, this.#textBytes) : this.#readBytes,
      textBytes: this.#textBytes,
      ...this.#facts,
      plainAscii: this.#text !== undefined && !this.#text.bytes.hasOtherThanAscii,
      lineEnds: {
        ...lineEnds,
        ...(firstOtherEnd && { firstOther: { line: firstOtherEnd.line, byte: firstOtherEnd.offset } }),
      },
    };
    const findings = [...this.#findings];
    return reportInspection(this.#target, {
      complete,
      facts,
      findings,
      ...(this.#text && { text: this.#text }),
    });
  }
}
