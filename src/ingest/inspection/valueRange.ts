/** The least and the greatest of the values of one class, as their texts. */
export class ValueRange {
  least: string | undefined;
  greatest: string | undefined;
  #least = Number.POSITIVE_INFINITY;
  #leastFraction = 0;
  #greatest = Number.NEGATIVE_INFINITY;
  #greatestFraction = 0;

  /** Whether a value changes neither end, so that its text does not matter. */
  contains(magnitude: number, fraction: number): boolean {
    if (magnitude > this.#least && magnitude < this.#greatest) return true;
    if (magnitude < this.#least || magnitude > this.#greatest) return false;
    const isRounded = magnitude > Number.MAX_SAFE_INTEGER || magnitude < Number.MIN_SAFE_INTEGER;
    const isLess = magnitude === this.#least && fraction < this.#leastFraction;
    const isGreater = magnitude === this.#greatest && fraction > this.#greatestFraction;
    return !isRounded && !isLess && !isGreater;
  }

  /** `fraction` decides between values of one magnitude; so do the digits of a whole number that a double rounds. */
  add(magnitude: number, fraction: number, text: string): void {
    if (magnitude < this.#least || (magnitude === this.#least && this.#isBeyond(fraction, text, false))) {
      this.#least = magnitude;
      this.#leastFraction = fraction;
      this.least = text;
    }
    if (
      magnitude > this.#greatest ||
      (magnitude === this.#greatest && this.#isBeyond(fraction, text, true))
    ) {
      this.#greatest = magnitude;
      this.#greatestFraction = fraction;
      this.greatest = text;
    }
  }

  #isBeyond(fraction: number, text: string, isGreatest: boolean): boolean {
    const known = isGreatest ? this.#greatestFraction : this.#leastFraction;
    if (fraction !== known) return isGreatest ? fraction > known : fraction < known;
    if (Number.isSafeInteger(this.#greatest) || !/^-?\d{16,}$/.test(text)) return false;
    const [own, other] = [BigInt((isGreatest ? this.greatest : this.least) ?? 0), BigInt(text)];
    return isGreatest ? other > own : other < own;
  }
}
