import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseSettings, settingsSchema } from '../../../src/project/settings.js';

const document = readFileSync(new URL('../../../../docs/notebooks.md', import.meta.url), 'utf8');
const settings = document.slice(document.indexOf('## The settings of a project'));
const rows = [...settings.matchAll(/^\| `([^`]+)` \| ([^|]+) \| .+ \|$/gm)];

describe('docs/notebooks.md', () => {
  it('has each setting and no other', () => {
    const documented = rows.map(([, key]) => key);
    assert.deepEqual(documented.sort(), Object.keys(settingsSchema.entries).sort());
  });

  const defaults: Readonly<Record<string, unknown>> = { ...parseSettings('{ "name": "x" }') };
  for (const [, key = '', told = ''] of rows) {
    it(`tells the default of ${key}`, () => {
      const literal = /^`(.*)`$/.exec(told)?.[1];
      const real = key === 'name' ? undefined : defaults[key];
      assert.deepEqual(literal === undefined ? undefined : JSON.parse(literal), real);
    });
  }

  const limits = Object.entries(settingsSchema.entries).flatMap(([key, schema]) => {
    const found = [...JSON.stringify(schema).matchAll(/"type":"(?:min|max)_value".*?"requirement":(\d+)/g)];
    return found.map(([, limit = '']) => [key, limit] as const);
  });
  for (const [key, limit] of limits) {
    it(`tells the limit ${limit} of ${key}`, () => {
      const [row = ''] = rows.find(([, documented]) => documented === key) ?? [];
      assert.match(row, new RegExp(`\\b${limit}\\b`));
    });
  }

  it('knows limits to look for', () => assert.equal(limits.length, 4));

  it('shows settings that can be read', () => {
    const example = /```json\n([\s\S]*?)```/.exec(settings)?.[1] ?? '';
    assert.equal(parseSettings(example).keepVersions, 10);
  });
});
