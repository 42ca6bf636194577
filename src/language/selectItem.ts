import type { Cursor } from '../sql/cursor.js';
import { unquoteIdentifier } from '../sql/names.js';
import type { Token } from '../sql/tokenise.js';
import { isReservedWord } from '../sql/writtenName.js';
import type { SelectItem } from './scope.js';

/** Reads one item of a SELECT list from its tokens, by their indexes in the cursor; undefined for none. */
export function readSelectItem(cursor: Cursor, from: number, to: number): SelectItem | undefined {
  const tokens = cursor.tokens.slice(from, to);
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const span = { start: first.start, end: last.end };
  const texts = tokens.map((token) => cursor.written(token));
  const star = readStar(tokens, texts);
  if (star !== undefined) return { span, ...star };
  if (texts[1] === ':') return { span, kind: 'column', name: unquoteIdentifier(texts[0] ?? '') };
  const hasAs = texts.at(-2)?.toLowerCase() === 'as' && isName(last);
  const path = hasAs ? readPath(tokens.slice(0, -2), texts.slice(0, -2)) : readPath(tokens, texts);
  const name = hasAs ? unquoteIdentifier(texts.at(-1) ?? '') : (path?.at(-1) ?? bareAlias(tokens, texts));
  return {
    span,
    kind: 'column',
    ...(name === undefined ? {} : { name }),
    ...(path === undefined ? {} : { path }),
  };
}

/** `*`, `s.*`, and `* EXCLUDE (a, b)`. */
function readStar(tokens: readonly Token[], texts: readonly string[]): Omit<SelectItem, 'span'> | undefined {
  const at = texts[0] === '*' ? 0 : texts[1] === '.' && texts[2] === '*' ? 2 : -1;
  if (at === -1) return undefined;
  const owner = at === 2 ? unquoteIdentifier(texts[0] ?? '') : undefined;
  const rest = texts.slice(at + 1).map((text) => text.toLowerCase());
  const excludes = ['exclude', 'except'].includes(rest[0] ?? '');
  const close = rest.indexOf(')');
  const excluded = excludes
    ? tokens
        .slice(at + 2, close === -1 ? undefined : at + 1 + close)
        .flatMap((token, index) => (isName(token) ? [unquoteIdentifier(rest[index + 1] ?? '')] : []))
    : [];
  return { kind: 'star', excluded, ...(owner === undefined ? {} : { name: owner }) };
}

/** The parts of `s.amount`, when the whole item, without its alias, is nothing else. */
function readPath(tokens: readonly Token[], texts: readonly string[]): readonly string[] | undefined {
  const isPath = tokens.every((token, index) => (index % 2 === 0 ? isName(token) : texts[index] === '.'));
  if (!isPath || tokens.length % 2 === 0) return undefined;
  return texts.filter((_, index) => index % 2 === 0).map(unquoteIdentifier);
}

/** The bare name at the end: `sum(amount) revenue`. */
function bareAlias(tokens: readonly Token[], texts: readonly string[]): string | undefined {
  const [before, last] = tokens.slice(-2);
  const [textBefore, text] = texts.slice(-2);
  if (before === undefined || last === undefined || text === undefined || !isName(last)) return undefined;
  const endsOperand = before.kind !== 'operator' || [')', ']', '}'].includes(textBefore ?? '');
  const isKeyword = [textBefore, text].some((word) => word !== undefined && isReservedWord(word));
  return endsOperand && !isKeyword ? unquoteIdentifier(text) : undefined;
}

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'quoted identifier';
}
