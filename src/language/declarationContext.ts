import { type declarationKeys, isDeclarationKey } from '../notebook/declarations.js';
import type { Span } from '../protocol/text.js';
import { tokenise } from '../sql/tokenise.js';

/** What can be written at a place of a comment. */
export type DeclarationContext =
  | { readonly kind: 'remark' }
  /** `typed` begins with the `@`. */
  | { readonly kind: 'key'; readonly typed: Span }
  | {
      readonly kind: 'value';
      readonly key: (typeof declarationKeys)[number];
      /** What is written of the value before the offset, without comment prefixes. */
      readonly before: string;
    };

/** Reads what an offset is in of a declaration; undefined for an offset that is in no comment. */
export function declarationContext(text: string, offset: number): DeclarationContext | undefined {
  const last = tokenise(text.slice(0, offset)).at(-1);
  if (last?.kind === 'block comment' && last.unterminated) return { kind: 'remark' };
  if (last?.kind !== 'line comment') return undefined;
  const key = /^--[ \t]*(@[\w-]*)$/.exec(text.slice(last.start, offset));
  if (key !== null) return { kind: 'key', typed: { start: offset - (key[1] ?? '').length, end: offset } };
  return valueContext(text, last.start, offset) ?? { kind: 'remark' };
}

const opening = /^[ \t]*--[ \t]*@([\w-]+)[ \t]*:[ \t]*(.*)$/;
const continuation = /^[ \t]*--(?: {2,}| *\t[ \t]*)(.*)$/;

/** Goes up over continued lines to the one that has the key. */
function valueContext(text: string, start: number, offset: number): DeclarationContext | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lines = text.slice(0, offset).split(/\r?\n/);
  const value: string[] = [];
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    const [, key, first] = opening.exec(line) ?? [];
    if (key !== undefined) {
      const before = [first ?? '', ...value].join('\n');
      return isDeclarationKey(key) ? { kind: 'value', key, before } : undefined;
    }
    const more = continuation.exec(line)?.[1];
    if (more === undefined) return undefined;
    value.unshift(more);
  }
  return undefined;
}
