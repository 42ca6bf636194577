import type { Random } from './random.js';
import { type WeightedTable, weightedTable } from './weighted.js';

/**
 * What is wrong with a line of a till's file; a line has one kind at most. How many of 10,000 lines have it:
 * - `duplicate`: an exact copy of an earlier clean line of the same file;
 * - `missingProduct`, `missingCashier`: the field is empty;
 * - `untidyPayment`, `untidyStore`: the right word in another case or with blanks around it;
 * - `otherDateFormat`: `05/01/2026 09:13` in place of `2026-01-05 09:13:44`;
 * - `zeroQuantity`, `hugeQuantity`: 0 or 9999 pieces.
 */
const lineDirtShares = {
  duplicate: 100,
  missingProduct: 50,
  missingCashier: 80,
  untidyPayment: 300,
  untidyStore: 120,
  otherDateFormat: 200,
  zeroQuantity: 25,
  hugeQuantity: 25,
};

export type LineDirt = keyof typeof lineDirtShares;

export const lineDirtKinds = Object.keys(lineDirtShares) as readonly LineDirt[];

/** The kinds that silver can't repair: it leaves such a line out. */
export const lostKinds: ReadonlySet<LineDirt> = new Set<LineDirt>([
  'duplicate',
  'missingProduct',
  'zeroQuantity',
  'hugeQuantity',
]);

/** Decides for one line after another whether it is dirty, and how. */
export class LineDirtDraw {
  readonly #table: WeightedTable;

  constructor() {
    const shares = Object.values(lineDirtShares);
    const clean = 10_000 - shares.reduce((sum, share) => sum + share, 0);
    this.#table = weightedTable([...shares, clean]);
  }

  /** Undefined for a clean line. */
  draw(random: Random): LineDirt | undefined {
    return lineDirtKinds[this.#table[random.below(this.#table.length)] ?? lineDirtKinds.length];
  }
}

/** The same word as a careless hand writes it: never equal to `word`, equal once trimmed and in one case. */
export function untidy(word: string, random: Random): string {
  switch (random.below(4)) {
    case 0:
      return ` ${word}`;
    case 1:
      return `${word}  `;
    case 2:
      return otherCase(word);
    default:
      return ` ${otherCase(word)} `;
  }
}

function otherCase(word: string): string {
  const upper = word.toUpperCase();
  return upper === word ? word.toLowerCase() : upper;
}
