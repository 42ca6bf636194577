import assert from 'node:assert/strict';
import { EngineError } from '../../../src/engine/engine.js';
import type { Manifest, TableEntry } from '../../../src/lake/manifest.js';
import { missingTable } from '../../../src/pipeline/missingTable.js';
import { sqlProblem } from '../../../src/pipeline/sqlProblem.js';
import type { Fix } from '../../../src/protocol/problem.js';

const tables = { 'silver.t': {} as TableEntry };

describe('fixes of queries', () => {
  const missing: Readonly<Record<string, Fix | undefined>> = {
    'gold.new': { kind: 'build', model: 'gold.new' },
    'silver.tt': { kind: 'replace', texts: ['silver.t'] },
    'silver.zzzzzz': undefined,
  };
  for (const [name, expected] of Object.entries(missing)) {
    it(`${name} → ${expected?.kind}`, () => {
      const { fix } = missingTable(name, { tables } as unknown as Manifest, new Set(['gold.new']), {});
      assert.deepEqual(fix, expected);
    });
  }

  const candidates: readonly (readonly [readonly string[], Fix | undefined])[] = [
    [['amount', 'unit price'], { kind: 'replace', texts: ['amount', '"unit price"'] }],
    [['sum(DOUBLE) -> DOUBLE'], undefined],
    [[], undefined],
  ];
  for (const [names, expected] of candidates) {
    it(`candidates ${names.join(', ')}`, () => {
      const error = new EngineError('It is not there.', { type: 'Binder', candidates: names });
      assert.deepEqual(sqlProblem(error).fix, expected);
    });
  }
});
