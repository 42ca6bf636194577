import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { repository } from '../../rules/imports.js';

const contract = { format: 1, files: 'a.csv', columns: [{ name: 'id', type: 'BIGINT' }] };
const accepts = (name: string, value: unknown) => {
  const schema = JSON.parse(readFileSync(join(repository, `dist/schemas/${name}.json`), 'utf8'));
  return new Ajv({ strict: false }).validate(schema, value);
};

describe('the schemas that editors complete from', () => {
  before(async () => {
    process.chdir(repository);
    const { writeSchemas } = await import(join(repository, 'scripts/schemas.mjs'));
    await writeSchemas();
  });

  it('take a project’s settings', () => {
    assert(accepts('settings', { name: 'shop', timeZone: 'Europe/Paris' }));
    assert(!accepts('settings', { name: 'shop', tyop: 1 }));
  });

  it('take a contract, and judge it', () => {
    assert(accepts('contract', contract));
    assert(!accepts('contract', { ...contract, columns: [] }));
  });

  it('leave other people’s contracts alone', () => {
    assert(accepts('contract', { abi: [], contractName: 'Token' }));
  });
});
