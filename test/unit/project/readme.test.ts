import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8');

describe('README.md', () => {
  for (const folder of ['', 'templates/pos-sales/']) {
    it(`says what each line of ${folder}Makefile does without make`, () => {
      const targets = [...read(`${folder}Makefile`).matchAll(/^([a-z]+):.*## /gm)].map(([, name]) => name);
      const told = [...read(`${folder}README.md`).matchAll(/^\| `make ([a-z]+)[^`]*` \| `/gm)].map(
        ([, name]) => name,
      );
      assert.deepEqual(told.sort(), targets.filter((name) => name !== 'help').sort());
    });
  }
});
