import type { Catalog } from './catalog.js';
import { completeDeclaration } from './completeDeclaration.js';
import { completeSql } from './completeSql.js';
import { cursorContext } from './cursorContext.js';
import { declarationContext } from './declarationContext.js';
import type { Suggestion } from './suggestion.js';

/** What can be written at an offset of a cell's text, which may be unfinished or wrong. */
export function complete(text: string, offset: number, catalog: Catalog): readonly Suggestion[] {
  const declaration = declarationContext(text, offset);
  if (declaration !== undefined) return completeDeclaration(text, offset, declaration, catalog);
  return completeSql(text, offset, cursorContext(text, offset), catalog);
}
