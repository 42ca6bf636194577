import { formatQuantity } from '../protocol/wording.js';
import { type FileRecord, isTooLong } from './walkFile.js';

/** Why a record is rejected: short codes that stay, for queries. */
export type RejectReason =
  | 'too-few-fields'
  | 'too-many-fields'
  | 'bad-quote'
  | 'too-long'
  | 'repeated-header'
  | 'wrong-type';

/** A reason and what it means in this record. */
export interface Misshape {
  readonly reason: Exclude<RejectReason, 'wrong-type'>;
  readonly explanation: string;
}

/** Why a record can't be told apart into its columns; undefined for one that can. */
export function misshapeOf(record: FileRecord, columns: number): Misshape | undefined {
  const { fields, badQuote, length } = record;
  if (isTooLong(record))
    return { reason: 'too-long', explanation: `${length} bytes, more than the 16 MiB that are read` };
  if (badQuote) return { reason: 'bad-quote', explanation: 'text after a closing quote' };
  if (fields === columns)
    return record.repeatsHeader ? { reason: 'repeated-header', explanation: 'the header again' } : undefined;
  const explanation = `${formatQuantity(fields, 'field')} where ${columns} belong`;
  return { reason: fields < columns ? 'too-few-fields' : 'too-many-fields', explanation };
}
