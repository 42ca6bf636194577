import type { AcceptedValue, Check } from '../notebook/checks.js';
import type { Span } from '../protocol/text.js';

/** Why a check can't be judged on columns of these types. */
export interface TypeFault {
  readonly message: string;
  /** In the cell's text; absent for the whole check. */
  readonly span?: Span;
}

/**
 * Says why a check does not go with its column's type; undefined where it does. The engine compares nearly all
 * types by a cast, which fails on a value or, as '01' = 1, makes another one of it.
 * @param type of the column, or of a rule of the table as a whole.
 * @param other of the column that `references(…)` names.
 */
export function typeFault(check: Check, type: string, other?: string): TypeFault | undefined {
  switch (check.kind) {
    case 'table':
      return type === 'BOOLEAN' ? undefined : { message: `it gives ${type}, not true or false.` };
    case 'fresh':
      return familyOf(type) === 'moment'
        ? undefined
        : { message: `${check.column.name} is ${type}, no date or time.`, span: check.column.span };
    case 'accepted': {
      const odd = check.values.find((value) => !fits(value, type));
      if (odd === undefined) return undefined;
      return { message: `${check.column.name} is ${type}, which ${odd.sql} is not.`, span: odd.span };
    }
    case 'references': {
      if (other === undefined || familyOf(type) === familyOf(other)) return undefined;
      const message = `${check.column.name} is ${type}, but ${check.table.layer}.${check.table.name}.${check.referenced.name} is ${other}.`;
      return { message, span: check.referenced.span };
    }
    default:
      return undefined;
  }
}

/** A text can be the way a value of another type is written: it is then read as one, or refused. */
function fits(value: AcceptedValue, type: string): boolean {
  const family = familyOf(type);
  if (value.type === 'text') return !['number', 'boolean'].includes(family);
  return value.type === family;
}

/** Types that compare by their values; a type of none of these compares with itself. */
function familyOf(type: string): string {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|^(FLOAT|DOUBLE|BIGNUM)$|^DECIMAL\(/.test(type)) return 'number';
  if (/^(DATE|TIMESTAMP)/.test(type) && !type.endsWith(']')) return 'moment';
  if (type === 'VARCHAR' || /^ENUM\(.*\)$/s.test(type)) return 'text';
  return type === 'BOOLEAN' ? 'boolean' : type;
}
