import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../rules/imports.js';
import { expectedOf, runCase } from '../support/caseProject.js';

const folder = join(repository, 'test/cases');
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('case folders', () => {
  it('are there', () => assert(names.length >= 8, `${names.length} cases`));

  for (const name of names) {
    it(`${name.replaceAll('-', ' ')}`, async () => {
      const result = await runCase(name);
      assert.deepEqual(JSON.parse(JSON.stringify(result)), expectedOf(name, result));
    });
  }
});
