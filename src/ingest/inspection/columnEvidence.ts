import type { MisfitValue, TextPlace } from '../../protocol/inspection.js';
import { DistinctTexts } from './distinctTexts.js';
import { DoubtfulTexts } from './doubtfulTexts.js';
import { FormCounts } from './formCounts.js';
import { mayHaveForm, otherForm, type TextForm, textFormOf } from './textForm.js';
import type { TextJudge } from './typeJudge.js';
import { classesOfType, type ValueClassifier, valueClass, valueClasses } from './valueClass.js';
import { ValueRange } from './valueRange.js';

const blank = 32;
const mostExamples = 3;

/** How a column is read and judged. */
export interface ColumnRule {
  /** The type that is wanted; undefined: none is, the column is text. */
  readonly type: string | undefined;
  readonly judge: TextJudge;
  /** Dates or timestamps of this column have a format of their own. */
  readonly hasFormat: boolean;
  readonly nullStrings: readonly string[];
  readonly decode: (bytes: Buffer) => string;
}

/** Where the record being read begins. */
export interface RecordStart {
  readonly line: number;
  readonly offset: number;
}

/** Counts what the values of one column look like. */
export class ColumnEvidence {
  /** How often the empty text stands there. */
  empty = 0;
  nulls = 0;
  longestBytes = 0;
  readonly counts = new Float64Array(valueClasses);
  readonly firsts: (MisfitValue | undefined)[] = new Array(valueClasses).fill(undefined);
  readonly ranges = Array.from({ length: valueClasses }, () => new ValueRange());
  readonly examples: string[] = [];
  readonly distinct = new DistinctTexts();
  readonly forms = new FormCounts();
  readonly doubtful = new DoubtfulTexts();
  /** Values that have the wanted type by their text alone. */
  fits = 0;

  readonly #rule: ColumnRule;
  readonly #classifier: ValueClassifier;
  /** 1: every text of this class has the wanted type. */
  readonly #certain = new Uint8Array(valueClasses);
  readonly #digits: DigitLimits | undefined;
  readonly #nullTexts: ReadonlySet<string>;
  readonly #emptyIsNull: boolean;
  readonly #longestNull: number;

  constructor(rule: ColumnRule, classifier: ValueClassifier) {
    this.#rule = rule;
    this.#classifier = classifier;
    if (rule.type !== undefined && !rule.hasFormat)
      for (const certain of classesOfType[rule.type] ?? []) this.#certain[certain] = 1;
    this.#digits = digitLimits(rule.type);
    this.#emptyIsNull = rule.nullStrings.includes('');
    this.#nullTexts = new Set(rule.nullStrings.filter((text) => text !== ''));
    this.#longestNull = Math.max(0, ...[...this.#nullTexts].map((text) => Buffer.byteLength(text)));
  }

  /** Every value so far is a number, a date, a time or a boolean, and there are some. */
  get hasOnlyTypedValues(): boolean {
    return this.counts[valueClass.text] === 0 && this.counts.some((count) => count > 0);
  }

  add(bytes: Buffer, from: number, to: number, start: RecordStart): void {
    if (this.#takesAsNull(bytes, from, to)) return;
    const kind = from === to ? valueClass.text : this.#classifier.classify(bytes, from, to);
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    if (to - from > this.longestBytes) this.longestBytes = to - from;
    if (this.firsts[kind] === undefined) this.firsts[kind] = this.#misfit(bytes, from, to, start);
    if (this.examples.length < mostExamples) this.#example(bytes, from, to);
    const mayFit = this.#rule.type === undefined || this.#judge(kind, bytes, from, to, start);
    if (kind === valueClass.text) this.#text(bytes, from, to);
    else if (mayFit) this.#typed(kind, bytes, from, to);
  }

  #takesAsNull(bytes: Buffer, from: number, to: number): boolean {
    if (from === to) {
      this.empty += 1;
      if (this.#emptyIsNull) this.nulls += 1;
      return this.#emptyIsNull;
    }
    if (to - from > this.#longestNull) return false;
    const text = this.#decoded(bytes, from, to);
    if (!this.#nullTexts.has(text)) return false;
    this.nulls += 1;
    this.forms.addNull(text);
    return true;
  }

  /** Most numbers are told by their digits alone, without making texts of them. */
  #isWithin({ whole, decimals }: DigitLimits, kind: number): boolean {
    const isNumber = kind === valueClass.shortInteger || kind === valueClass.decimal;
    return isNumber && this.#classifier.wholeDigits <= whole && this.#classifier.decimals <= decimals;
  }

  #typed(kind: number, bytes: Buffer, from: number, to: number): void {
    const { magnitude, fraction } = this.#classifier;
    const range = this.ranges[kind];
    if (range?.contains(magnitude, fraction) === false)
      range.add(magnitude, fraction, bytes.toString('latin1', from, to));
  }

  #text(bytes: Buffer, from: number, to: number): void {
    const before = (bytes[from] as number) <= blank;
    const after = (bytes[to - 1] as number) <= blank;
    if (from < to && (before || after))
      this.forms.addBlanks(before, after, () => this.#decoded(bytes, from, to));
    const known = this.distinct.find(bytes, from, to);
    const form = known?.form ?? this.#formOf(bytes, from, to);
    if (known === undefined) this.distinct.add(bytes, from, to, form);
    if (form.kind !== 'other') this.forms.add(form, () => this.#decoded(bytes, from, to));
  }

  #formOf(bytes: Buffer, from: number, to: number): TextForm {
    return mayHaveForm(bytes, from, to) ? textFormOf(this.#decoded(bytes, from, to)) : otherForm;
  }

  #decoded(bytes: Buffer, from: number, to: number): string {
    return this.#rule.decode(bytes.subarray(from, to));
  }

  /** Tells whether a value has the wanted type; one that only the engine can tell of has not, for now. */
  #judge(kind: number, bytes: Buffer, from: number, to: number, start: RecordStart): boolean {
    const byDigits = this.#digits !== undefined && this.#isWithin(this.#digits, kind);
    const fits =
      byDigits || this.#certain[kind] === 1 || this.#judgeText(this.#decoded(bytes, from, to), start);
    if (fits) this.fits += 1;
    return fits;
  }

  #judgeText(text: string, start: RecordStart): boolean {
    const verdict = this.#rule.judge(text);
    if (verdict === 'ask the engine') this.doubtful.add(text, () => placeOf(start));
    else if (verdict === 'misfit') this.#misfits(text, start);
    return verdict === 'fits';
  }

  #misfits(text: string, start: RecordStart): void {
    if (this.doubtful.firstMisfit === undefined) this.doubtful.addMisfit(1, { ...placeOf(start), text });
    else this.doubtful.misfits += 1;
  }

  #example(bytes: Buffer, from: number, to: number): void {
    const text = this.#decoded(bytes, from, to);
    if (!this.examples.includes(text)) this.examples.push(text);
  }

  #misfit(bytes: Buffer, from: number, to: number, start: RecordStart): MisfitValue {
    return { ...placeOf(start), text: this.#decoded(bytes, from, to) };
  }
}

/** How many digits a number may have to fit for certain. */
interface DigitLimits {
  readonly whole: number;
  readonly decimals: number;
}

function digitLimits(type: string | undefined): DigitLimits | undefined {
  if (type === 'INTEGER') return { whole: 9, decimals: 0 };
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type ?? '') ?? [];
  return precision === undefined
    ? undefined
    : { whole: Number(precision) - Number(scale), decimals: Number(scale) };
}

function placeOf({ line, offset }: RecordStart): TextPlace {
  return { line, byte: offset };
}
