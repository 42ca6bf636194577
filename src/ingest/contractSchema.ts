import { type Static, Type } from 'typebox';
import { columnTypePattern } from './columnType.js';

const character = '^[\\t\\x20-\\x7e]$';
const characterOrNone = '^[\\t\\x20-\\x7e]?$';

/** The types a column can have, for people. */
export const typeDescription =
  'BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL(18,2), DATE, TIME, TIMESTAMP or VARCHAR.';

/** The schema of `contracts/*.json`; editors complete from it. */
export const contractSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'Where an editor finds this schema.' })),
    format: Type.Literal(1, { description: 'The version of this file format.' }),
    files: Type.String({ minLength: 1, description: "The pattern it is for, exactly as in landing('…')." }),
    encoding: Type.Optional(
      Type.Enum(['utf-8', 'utf-16', 'latin-1'], {
        description: 'utf-16 is little-endian, without characters beyond U+FFFF. Default: utf-8',
      }),
    ),
    delimiter: Type.Optional(Type.String({ pattern: character, description: 'Default: ,' })),
    quote: Type.Optional(
      Type.String({ pattern: characterOrNone, description: 'Empty: values are never quoted. Default: "' }),
    ),
    escape: Type.Optional(
      Type.String({
        pattern: characterOrNone,
        description: 'What stands before a quote inside a quoted value. Default: the quote',
      }),
    ),
    header: Type.Optional(
      Type.Boolean({
        description: 'Whether the first line has the names. Without it columns go by position. Default: true',
      }),
    ),
    nullStrings: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        description: 'Texts that mean no value. Default: the empty text',
      }),
    ),
    dateFormat: Type.Optional(
      Type.String({ minLength: 1, description: 'Of DATE columns, as %d.%m.%Y. Default: YYYY-MM-DD' }),
    ),
    timestampFormat: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Of TIMESTAMP columns. Default: YYYY-MM-DD HH:MM:SS, with or without a fraction',
      }),
    ),
    columns: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, description: 'As in the header.' }),
          type: Type.String({
            pattern: columnTypePattern,
            description: typeDescription,
          }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Ratatouille contract',
    additionalProperties: false,
  },
);

export type WrittenContract = Static<typeof contractSchema>;

export type Encoding = 'utf-8' | 'utf-16' | 'latin-1';

export interface ContractColumn {
  readonly name: string;
  readonly type: string;
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
  readonly columns: readonly ContractColumn[];
}
