import assert from 'node:assert/strict';
import { suggest } from '../../../src/protocol/suggest.js';

const names = ['silver.sales', 'gold.daily', 'description', 'check', 'tag'];

describe('suggest', () => {
  for (const [typo, meant] of [
    ['silver.slaes', 'silver.sales'],
    ['GOLD.DAILY', 'gold.daily'],
    ['chekc', 'check'],
    ['desciption', 'description'],
    ['tags', 'tag'],
    ['ta', 'tag'],
    ['incremental', undefined],
    ['x', undefined],
    ['', undefined],
  ] as const) {
    it(`${typo} → ${meant}`, () => assert.equal(suggest(typo, names), meant));
  }
});
