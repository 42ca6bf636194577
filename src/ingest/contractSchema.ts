import * as v from 'valibot';
import { columnTypePattern } from './columnType.js';
import { type MaxRejects, sharePattern } from './maxRejects.js';

/** The types a column can have, for people. */
export const typeDescription =
  'BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL(18,2), DATE, TIME, TIMESTAMP or VARCHAR.';

const text = v.string('must be a text');
const filledText = v.pipe(text, v.minLength(1, 'must not be empty'));
// biome-ignore lint/suspicious/noControlCharactersInRegex: some files are separated by them.
const character = v.pipe(text, v.regex(/^[\x01-\x09\x0e-\x7e]$/, 'must be one ASCII character'));
const characterOrNone = v.pipe(text, v.regex(/^[\t\x20-\x7e]?$/, 'must be one ASCII character, or empty'));

const limitFault = 'must be a number of records, or a share of them as "1%"';

const flag = v.boolean('must be true or false');
const names = v.array(filledText, 'must be a list of names');

const column = v.strictObject(
  {
    name: described(filledText, 'As in the header.'),
    type: described(
      v.pipe(text, v.regex(new RegExp(columnTypePattern), 'is no type of a column')),
      typeDescription,
    ),
    optional: v.optional(
      described(flag, 'Whether files may lack it; it is then empty in their rows. Default: false'),
    ),
    alsoNamed: v.optional(described(names, 'Other names that it has in the header of some files.')),
  },
  objectFault,
);

/** The schema of `contracts/*.json`; editors complete from it. */
export const contractSchema = v.strictObject(
  {
    $schema: v.optional(described(text, 'Where an editor finds this schema.')),
    format: described(v.literal(1, 'must be 1'), 'The version of this file format.'),
    files: described(filledText, "The pattern it is for, exactly as in landing('…')."),
    encoding: v.optional(
      described(
        v.picklist(['utf-8', 'utf-16', 'latin-1'], 'must be utf-8, utf-16 or latin-1'),
        'utf-16 is little-endian, without characters beyond U+FFFF. Default: utf-8',
      ),
    ),
    delimiter: v.optional(described(character, 'Default: ,')),
    quote: v.optional(described(characterOrNone, 'Empty: values are never quoted. Default: "')),
    escape: v.optional(
      described(characterOrNone, 'What stands before a quote inside a quoted value. Default: the quote'),
    ),
    header: v.optional(
      described(
        flag,
        'Whether the first line has the names. Without it columns go by position. Default: true',
      ),
    ),
    nullStrings: v.optional(
      described(
        v.pipe(v.array(text, 'must be a list of texts'), v.minLength(1, 'must not be empty')),
        'Texts that mean no value. Default: the empty text',
      ),
    ),
    dateFormat: v.optional(described(filledText, 'Of DATE columns, as %d.%m.%Y. Default: YYYY-MM-DD')),
    timestampFormat: v.optional(
      described(filledText, 'Of TIMESTAMP columns. Default: YYYY-MM-DD HH:MM:SS, with or without a fraction'),
    ),
    maxRejects: v.optional(
      described(
        v.union(
          [
            v.pipe(v.number(limitFault), v.integer(limitFault), v.minValue(0, limitFault)),
            v.pipe(v.string(limitFault), v.regex(sharePattern, limitFault)),
          ],
          limitFault,
        ),
        'How many records may be rejected because they do not fit, as 20 or "1%". Default: none',
      ),
    ),
    ignore: v.optional(described(names, 'Columns of the files that are not read. Default: none')),
    columns: v.pipe(v.array(column, 'must be a list of columns'), v.minLength(1, 'must not be empty')),
  },
  objectFault,
);

function objectFault({ expected, received }: v.StrictObjectIssue): string {
  if (expected === 'never') return 'is not part of a contract';
  return received === 'undefined' ? 'is missing' : 'must be an object';
}

function described<T extends v.GenericSchema>(schema: T, description: string) {
  return v.pipe(schema, v.description(description));
}

export type WrittenContract = v.InferOutput<typeof contractSchema>;

export type Encoding = 'utf-8' | 'utf-16' | 'latin-1';

export interface ContractColumn {
  readonly name: string;
  readonly type: string;
  /** Files may lack it: it is NULL in their rows. */
  readonly optional?: true;
  /** Other names that it has in the header of some files. */
  readonly alsoNamed?: readonly string[];
}

/** How a file's bytes become fields. */
export interface Dialect {
  readonly delimiter: string;
  /** Empty when values are never quoted. */
  readonly quote: string;
  readonly escape: string;
}

/** What the files of one pattern look like, with every default filled in. */
export interface Contract extends Dialect {
  readonly files: string;
  readonly encoding: Encoding;
  readonly header: boolean;
  readonly nullStrings: readonly string[];
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
  /** How many records may be rejected, or which share of them as `1%`; absent: none. */
  readonly maxRejects?: MaxRejects;
  /** Columns of the files that are not read. */
  readonly ignore?: readonly string[];
  readonly columns: readonly ContractColumn[];
}
