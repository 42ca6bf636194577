import type { ModelBlock } from '../../protocol/result.js';
import { describeBroken, describeWarned, warnedChecks } from '../../protocol/wording.js';
import { element } from './element.js';
import { renderFailingRows } from './failingRows.js';
import { type FoldedRows, foldRows } from './foldedRows.js';

/** Offers the first rows that break each check that only warns; undefined where none is broken. */
export function renderWarnedRows(model: ModelBlock): FoldedRows | undefined {
  const [checks, words] = [warnedChecks(model), describeWarned(model)];
  if (words === undefined) return undefined;
  return foldRows(words, 'Shows the first rows that break a check', async (rows) => {
    for (const check of checks) {
      rows.append(element('p', { class: 'meaning' }, describeBroken(check)));
      if (check.failing !== undefined && check.failing.rows.length > 0)
        rows.append(renderFailingRows(check, check.failing));
    }
    return true;
  });
}
