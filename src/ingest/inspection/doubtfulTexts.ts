import type { MisfitValue, TextPlace } from '../../protocol/inspection.js';

/** Texts of one column about which only the engine can tell. */
export interface DoubtfulText {
  readonly text: string;
  readonly first: TextPlace;
  count: number;
}

const most = 20_000;

/** Collects a column's doubtful texts, each once, until the engine is asked about all of them together. */
export class DoubtfulTexts {
  readonly #texts = new Map<string, DoubtfulText>();
  fits = 0;
  misfits = 0;
  firstMisfit: MisfitValue | undefined;

  /** So many wait that the engine has to be asked before more are taken. */
  get isFull(): boolean {
    return this.#texts.size >= most;
  }

  add(text: string, place: () => TextPlace): void {
    const known = this.#texts.get(text);
    if (known !== undefined) known.count += 1;
    else this.#texts.set(text, { text, first: place(), count: 1 });
  }

  /** `ask` tells which of the texts do not fit. */
  async settle(ask: (texts: readonly string[]) => Promise<ReadonlySet<string>>): Promise<void> {
    if (this.#texts.size === 0) return;
    const waiting = [...this.#texts.values()];
    this.#texts.clear();
    const misfits = await ask(waiting.map(({ text }) => text));
    for (const { text, first, count } of waiting) {
      if (misfits.has(text)) this.addMisfit(count, { ...first, text });
      else this.fits += count;
    }
  }

  addMisfit(count: number, misfit: MisfitValue): void {
    this.misfits += count;
    if (this.firstMisfit === undefined || misfit.byte < this.firstMisfit.byte) this.firstMisfit = misfit;
  }
}
