/**
 * What an inspection found in one CSV file: what `ratatouille inspect --json` prints and an editor shows. Texts
 * are plain; numbers are numbers. Bytes are those of the file after it was uncompressed, and offsets begin at 0
 * with its first byte, a byte order mark included. Lines count from 1, as in an editor.
 */
export interface FileInspection {
  readonly version: 1;
  /** As it was given. */
  readonly file: string;
  /** Below `data/landing` of the project, with forward slashes; absent elsewhere. */
  readonly landingPath?: string;
  /** The whole file was read; false for what its beginning says. */
  readonly complete: boolean;
  /** Nothing in it would stop a run or reject a row. */
  readonly readsWell: boolean;
  readonly facts: FileFacts;
  /** Absent when the file is no text. */
  readonly layout?: FileLayout;
  readonly records: RecordFacts;
  readonly columns: readonly ColumnInspection[];
  /** About the file as a whole. */
  readonly findings: readonly Finding[];
  readonly suspects: SuspectRecords;
  readonly contract: ContractInspection;
  /** What a person has to decide, because the file does not. */
  readonly decisions: readonly Decision[];
}

/**
 * What a finding means for a run that reads the file: `stops`, the file can't be read; `rejects`, this record
 * can't; `look`, it is read, and perhaps not as it was meant.
 */
export type FindingEffect = 'stops' | 'rejects' | 'look';

export interface Finding {
  readonly effect: FindingEffect;
  /** One sentence. */
  readonly message: string;
  readonly hint?: string;
  readonly line?: number;
}

export interface FileFacts {
  /** On disk. */
  readonly bytes: number;
  readonly compressed: boolean;
  /** How many of `bytes` were read. */
  readonly readBytes: number;
  /** How many that were when uncompressed. */
  readonly textBytes: number;
  /** `utf-8`, `latin-1`, `utf-16`, `windows-1252`; absent when it is none of them. */
  readonly encoding?: string;
  /** All is ASCII so far, which reads the same in most encodings. */
  readonly plainAscii: boolean;
  readonly byteOrderMark: boolean;
  readonly lineEnds: LineEnds;
}

/** How many line ends of each kind stand outside quoted values. */
export interface LineEnds {
  readonly lf: number;
  readonly crlf: number;
  readonly cr: number;
  /** The first line that ends otherwise than the first one. */
  readonly firstOther?: TextPlace;
}

export interface TextPlace {
  readonly line: number;
  readonly byte: number;
}

/** How bytes become fields. */
export interface FileLayout {
  readonly delimiter: string;
  /** Empty when values are never quoted. */
  readonly quote: string;
  readonly escape: string;
  /** Who said so: a contract, the first look of `landing()`, or, where that would refuse the file, the likeliest reading. */
  readonly decidedBy: 'contract' | 'first look' | 'best guess';
  /** How the beginning of the file looks under each delimiter, the best first. */
  readonly candidates: readonly DelimiterCandidate[];
  readonly header: HeaderFacts;
  /** Lines above the header. */
  readonly above: readonly { readonly line: number; readonly text: string }[];
}

export interface DelimiterCandidate {
  readonly delimiter: string;
  /** The number of fields that most records have. */
  readonly fields: number;
  /** How many of the `of` records looked at have it. */
  readonly records: number;
  readonly of: number;
}

export interface HeaderFacts {
  /** Absent when no line has names. */
  readonly line?: number;
  /** The names as they stand there, blanks around them left out. */
  readonly names: readonly string[];
  /** The numbers, from 1, of columns without a name. */
  readonly blank: readonly number[];
  /** Names that stand there more than once; they compare without case. */
  readonly duplicates: readonly string[];
}

export interface RecordFacts {
  /** Header, blank lines and lines above the header left out: `wellFormed` and `suspect` together. */
  readonly total: number;
  /** Those with the right number of fields and sound quotes; the columns tell of these. */
  readonly wellFormed: number;
  readonly suspect: number;
  readonly blankLines: number;
  readonly firstBlankLine?: number;
  /** The longest record; absent when there is none. */
  readonly longest?: TextPlace & { readonly bytes: number };
}

/** `fits`, `nulls` and `misfits` of a column are together the well-formed records, once the whole file was read. */
export interface ColumnInspection {
  readonly name: string;
  /** The type under which `landing()` reads the column: that of its contract, or the one proposed. */
  readonly type: string;
  /** `widened`: the beginning of the file says another type, which not all values have. */
  readonly decidedBy: 'contract' | 'first look' | 'widened' | 'best guess';
  /** The type that the counts are about: `type`, or for a text column the one that most of its values have. */
  readonly judgedType: string;
  /** Values that have `judgedType`. */
  readonly fits: number;
  /** Those that are read as NULL. */
  readonly nulls: number;
  readonly misfits: number;
  readonly firstMisfit?: MisfitValue;
  /** Texts that probably mean no value, with how often they stand there; the empty text is `""`. */
  readonly nullSpellings: readonly CountedText[];
  /** Of the values that have `judgedType` in its usual form, as texts; absent for texts. */
  readonly least?: string;
  readonly greatest?: string;
  /** The first different values, at most three. */
  readonly examples: readonly string[];
  /** The longest value in bytes, without its quotes. */
  readonly longestBytes: number;
  /** Absent when there are more than 256. */
  readonly distinctTexts?: number;
  readonly dateForms: readonly DateForm[];
  readonly oddities: readonly Oddity[];
}

export interface MisfitValue extends TextPlace {
  readonly text: string;
}

export interface CountedText {
  readonly text: string;
  readonly count: number;
}

/** A way of writing dates that is met in a column. */
export interface DateForm {
  /** `31/12/2024`, `12/31/2024`, `2024-12-31`, …: the last day of 2024 in this form. */
  readonly form: string;
  readonly count: number;
  /** Every one of them could have day and month the other way round. */
  readonly ambiguous: boolean;
}

export type OddityKind =
  | 'leading zeros'
  | 'plus signs'
  | 'decimal commas'
  | 'thousands separators'
  | 'too many digits'
  | 'offsets from UTC'
  | 'blanks before'
  | 'blanks after'
  /** The same text in another case is more frequent. */
  | 'spellings by case';

export interface Oddity {
  readonly kind: OddityKind;
  /** How many values. */
  readonly count: number;
  /** Of these values, at most three. */
  readonly examples: readonly string[];
}

export type SuspectReason =
  | 'number of fields'
  | 'text after a closing quote'
  | 'a quote that never closes'
  | 'NUL byte'
  | 'bytes of another encoding'
  | 'very long record'
  | 'header again'
  | 'another table'
  | 'total line';

export interface SuspectRecords {
  readonly count: number;
  readonly byReason: readonly { readonly reason: SuspectReason; readonly count: number }[];
  /** The first of them, at most twenty. */
  readonly first: readonly SuspectRecord[];
}

export interface SuspectRecord extends TextPlace {
  readonly reason: SuspectReason;
  readonly effect: FindingEffect;
  /** One sentence. */
  readonly message: string;
  /** The beginning of the record. */
  readonly text: string;
}

export interface ContractInspection {
  /** The contract that the file is under, relative to the project; absent when it has none. */
  readonly path?: string;
  /** What differs from it; empty when nothing does and when there is none. */
  readonly differences: readonly Finding[];
  /** The contract that `landing()` would write, JSON; absent when it has one or would refuse the file. */
  readonly proposed?: string;
}

export interface Decision {
  /** Absent when it is about the file. */
  readonly column?: string;
  /** One sentence. */
  readonly question: string;
  /** What can be done. */
  readonly choices: readonly string[];
}
