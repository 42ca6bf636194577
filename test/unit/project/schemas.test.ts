import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Check } from 'typebox/value';
import { repository } from '../../rules/imports.js';

const contract = { format: 1, files: 'a.csv', columns: [{ name: 'id', type: 'BIGINT' }] };
const read = (name: string) =>
  JSON.parse(readFileSync(join(repository, `dist/schemas/${name}.json`), 'utf8'));

describe('the schemas that editors complete from', () => {
  before(async () => {
    process.chdir(repository);
    const { writeSchemas } = await import(join(repository, 'scripts/schemas.mjs'));
    await writeSchemas();
  });

  it('take a project’s settings', () => {
    assert(Check(read('settings'), { name: 'shop', timeZone: 'Europe/Paris' }));
    assert(!Check(read('settings'), { name: 'shop', tyop: 1 }));
  });

  it('take a contract, and judge it', () => {
    assert(Check(read('contract'), contract));
    assert(!Check(read('contract'), { ...contract, columns: [] }));
  });

  it('leave other people’s contracts alone', () => {
    assert(Check(read('contract'), { abi: [], contractName: 'Token' }));
  });
});
