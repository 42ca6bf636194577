import type { Catalogue } from './catalogue.js';
import { randomFor } from './random.js';

const productsPerPromotion = 8;
const percentages = [10, 20, 30];
const promotionStream = 2;

/** What is off each piece of each product in a week, in cents; most products have nothing off. */
export function weeklyDiscounts(catalogue: Catalogue, seed: number, week: number): readonly number[] {
  const random = randomFor(seed, promotionStream, week);
  return catalogue.products.map(({ priceCents }) => {
    const percentage = random.pick(percentages);
    const reduced = random.below(productsPerPromotion) === 0;
    return reduced ? Math.floor((priceCents * percentage) / 100) : 0;
  });
}
