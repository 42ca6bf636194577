import type { SuspectReason } from '../../protocol/inspection.js';
import { excerpt } from '../fileProblem.js';
import { looksLikeValue } from '../valueType.js';
import { ColumnEvidence } from './columnEvidence.js';
import { decoderOf, type TextBytes } from './fileText.js';
import { writeUnescaped } from './quotedValue.js';
import type { Reading } from './reading.js';
import type { ReadRecord, RecordTaker } from './recordReader.js';
import { describeSuspect, effectOfReason } from './suspectReasons.js';
import { Suspects } from './suspects.js';
import { TotalLines } from './totalLines.js';
import { judgeOf } from './typeJudge.js';
import { ValueClassifier } from './valueClass.js';

const shownBytes = 300;

/** Takes every record of a file: counts it, hands its values to the columns, or says what is wrong with it. */
export class RecordInspector implements RecordTaker {
  readonly columns: readonly ColumnEvidence[];
  readonly suspects = new Suspects();
  wellFormed = 0;
  suspect = 0;
  blankLines = 0;
  firstBlankLine: number | undefined;
  longest: { readonly line: number; readonly byte: number; readonly bytes: number } | undefined;

  readonly #reading: Reading;
  readonly #text: TextBytes;
  readonly #decode: (bytes: Buffer) => string;
  readonly #width: number;
  /** The first line of records; those above have been told of already. */
  readonly #firstLine: number;
  readonly #totals: TotalLines;
  readonly #typed: boolean;
  #afterBlank = false;
  #scratch: Buffer = Buffer.alloc(0);

  constructor(reading: Reading, text: TextBytes) {
    this.#reading = reading;
    this.#text = text;
    this.#decode = decoderOf(reading.encoding);
    this.#width = reading.columns.length;
    this.#firstLine = reading.header.line ?? Math.max(0, ...reading.above.map(({ line }) => line));
    this.#totals = new TotalLines(this.#decode);
    this.#typed = reading.columns.some(({ type }) => type !== undefined && type !== 'VARCHAR');
    const classifier = new ValueClassifier();
    const { nullStrings, formats } = reading;
    this.columns = reading.columns.map(
      ({ type }) =>
        new ColumnEvidence(
          {
            type: type === 'VARCHAR' ? undefined : type,
            judge: judgeOf(type ?? 'VARCHAR', formats),
            hasFormat:
              (type === 'DATE' && formats.dateFormat !== undefined) ||
              (type === 'TIMESTAMP' && formats.timestampFormat !== undefined),
            nullStrings,
            decode: this.#decode,
          },
          classifier,
        ),
    );
  }

  record(record: ReadRecord): void {
    if (record.line <= this.#firstLine) return;
    const isEmpty = record.start === record.end;
    if (isEmpty && this.#width !== 1) {
      this.#blank(record);
      return;
    }
    this.#measure(record);
    const reason = this.#reasonOf(record);
    this.#afterBlank = false;
    if (reason === undefined) this.#take(record);
    else this.#doubt(record, reason);
  }

  /** After the last record. */
  finish(): void {
    for (const total of this.#totals.atEnd(this.wellFormed)) {
      const { line, byte, text } = total;
      this.suspects.add('total line', 'look', () => ({
        line,
        byte,
        text,
        message: `Line ${line} seems to be a total: it would be read as a row.`,
      }));
    }
  }

  #blank({ line }: ReadRecord): void {
    this.blankLines += 1;
    this.firstBlankLine ??= line;
    this.#afterBlank = true;
  }

  #measure({ start, end, line, offset }: ReadRecord): void {
    const bytes = end - start;
    if (bytes > (this.longest?.bytes ?? -1)) this.longest = { line, byte: offset, bytes };
  }

  #take(record: ReadRecord): void {
    const { bytes, starts, ends, hasEscapes, fields } = record;
    this.wellFormed += 1;
    for (let column = 0; column < fields; column += 1) {
      const evidence = this.columns[column];
      const from = starts[column] as number;
      const to = ends[column] as number;
      if (hasEscapes[column] === 1) this.#addEscaped(evidence, bytes.subarray(from, to), record);
      else evidence?.add(bytes, from, to, record);
    }
    this.#totals.see(record, this.wellFormed);
  }

  #addEscaped(evidence: ColumnEvidence | undefined, raw: Buffer, record: ReadRecord): void {
    const { quote, escape: escapes } = this.#reading.dialect;
    if (this.#scratch.length < raw.length) this.#scratch = Buffer.allocUnsafe(2 * raw.length);
    const length = writeUnescaped(raw, this.#scratch, quote.charCodeAt(0), escapes.charCodeAt(0));
    evidence?.add(this.#scratch, 0, length, record);
  }

  #reasonOf(record: ReadRecord): SuspectReason | undefined {
    if (record.fault !== undefined) return record.fault;
    if (this.#text.isDoubtful) {
      const fault = this.#text.faultOf(record.bytes.subarray(record.start, record.end));
      if (fault !== undefined) return fault;
    }
    if (record.fields !== this.#width) return this.#otherWidth(record);
    if (this.#width === 1) return undefined;
    if (this.#isHeader(record)) return 'header again';
    return this.#afterBlank && this.#isHeaderLike(record) ? 'another table' : undefined;
  }

  #otherWidth(record: ReadRecord): SuspectReason {
    if (TotalLines.isTotal(this.#fieldsOf(record))) return 'total line';
    return this.#afterBlank && record.fields > 1 ? 'another table' : 'number of fields';
  }

  #isHeader(record: ReadRecord): boolean {
    const { line, names } = this.#reading.header;
    if (line === undefined) return false;
    // Most records are told apart by the length of their first field.
    const first = (record.ends[0] as number) - (record.starts[0] as number);
    if (first < (names[0]?.length ?? 0)) return false;
    const byte = record.bytes[record.starts[0] as number] as number;
    if (byte > 32 && byte < 128 && byte !== names[0]?.charCodeAt(0)) return false;
    return this.#fieldsOf(record).every((field, column) => field.trim() === names[column]);
  }

  /** Names, in a column that had no text so far. */
  #isHeaderLike(record: ReadRecord): boolean {
    const hasTypes = this.columns.some((column) => column.hasOnlyTypedValues);
    return (
      hasTypes &&
      this.#fieldsOf(record).every((field) => field.trim() !== '' && !looksLikeValue(field.trim()))
    );
  }

  #fieldsOf({ bytes, starts, ends, fields }: ReadRecord): readonly string[] {
    return Array.from({ length: fields }, (_, column) =>
      this.#decode(bytes.subarray(starts[column] as number, ends[column] as number)),
    );
  }

  #doubt(record: ReadRecord, reason: SuspectReason): void {
    this.suspect += 1;
    const effect =
      reason === 'another table' || reason === 'header again'
        ? this.#effectOfWords(record)
        : effectOfReason[reason];
    this.suspects.add(reason, effect, () => ({
      line: record.line,
      byte: record.offset,
      message: describeSuspect(record, reason, this.#width),
      text: excerpt(
        this.#decode(record.bytes.subarray(record.start, Math.min(record.end, record.start + shownBytes))),
      ),
    }));
  }

  /** Words in columns of numbers are rejected; where all columns are texts they are read as a row. */
  #effectOfWords(record: ReadRecord): 'rejects' | 'look' {
    return record.fields !== this.#width || this.#typed ? 'rejects' : 'look';
  }
}
