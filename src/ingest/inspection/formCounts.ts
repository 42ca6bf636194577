import type { OddityKind } from '../../protocol/inspection.js';
import type { TextForm } from './textForm.js';

const mostExamples = 3;
const mostSpellings = 20;

export interface FormCount {
  readonly form: TextForm;
  count: number;
  readonly examples: string[];
}

/** Counts the forms that texts of a column have. */
export class FormCounts {
  readonly #forms = new Map<TextForm, FormCount>();
  readonly nullSpellings = new Map<string, number>();

  get all(): readonly FormCount[] {
    return [...this.#forms.values()];
  }

  add(form: TextForm, text: () => string): void {
    if (form.kind === 'null spelling') this.addNull(text());
    this.#count(form, text);
  }

  addBlanks(before: boolean, after: boolean, text: () => string): void {
    if (before) this.#count(blanksBefore, text);
    if (after) this.#count(blanksAfter, text);
  }

  /** Spellings are few: the words are listed, or those of a contract. */
  addNull(text: string): void {
    const count = this.nullSpellings.get(text);
    if (count !== undefined || this.nullSpellings.size < mostSpellings)
      this.nullSpellings.set(text, (count ?? 0) + 1);
  }

  of(kind: TextForm['kind']): number {
    return this.all.filter(({ form }) => form.kind === kind).reduce((sum, { count }) => sum + count, 0);
  }

  #count(form: TextForm, text: () => string): void {
    const known = this.#forms.get(form);
    if (known === undefined) {
      this.#forms.set(form, { form, count: 1, examples: [text()] });
      return;
    }
    known.count += 1;
    if (known.examples.length >= mostExamples) return;
    const example = text();
    if (!known.examples.includes(example)) known.examples.push(example);
  }
}

const blanksBefore: TextForm = { kind: 'blanks before' satisfies OddityKind };
const blanksAfter: TextForm = { kind: 'blanks after' satisfies OddityKind };
