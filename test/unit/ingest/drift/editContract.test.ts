import assert from 'node:assert/strict';
import { parseContract } from '../../../../src/ingest/contract.js';
import { editContract } from '../../../../src/ingest/drift/editContract.js';
import type { ContractChange } from '../../../../src/protocol/drift.js';

const text = `{
  // Of the tills.
  "format": 1,
  "files": "t/*",
  "columns": [
    { "name": "id", "type": "BIGINT" }, // a number
    {
      "name": "note",
      "type": "VARCHAR"
    } /* free */
  ]
}
`;

/** A change, and what it turns into what. */
const edits: readonly [string, ContractChange, string, string][] = [
  [
    'a column behind the last one and its comment',
    { kind: 'add column', column: 'n', type: 'DOUBLE', optional: true },
    '} /* free */',
    '}, /* free */\n    { "name": "n", "type": "DOUBLE", "optional": true }',
  ],
  [
    'a property in the line of its column',
    { kind: 'make optional', column: 'id' },
    '"BIGINT" }',
    '"BIGINT", "optional": true }',
  ],
  [
    'a property in a line of its own',
    { kind: 'add name', column: 'note', name: 'notes' },
    '"type": "VARCHAR"',
    '"type": "VARCHAR",\n      "alsoNamed": ["notes"]',
  ],
  ['a type', { kind: 'set type', column: 'id', type: 'DOUBLE' }, '"BIGINT"', '"DOUBLE"'],
  ['a part of the contract', { kind: 'ignore', column: 'x' }, '  ]\n}', '  ],\n  "ignore": ["x"]\n}'],
  ['its delimiter', { kind: 'set delimiter', delimiter: ';' }, '  ]\n}', '  ],\n  "delimiter": ";"\n}'],
];

describe('an edited contract', () => {
  for (const [title, change, before, after] of edits) {
    it(`changes ${title} and nothing else`, () => {
      const expected = text.replace(before, after);
      assert.equal(editContract(text, [change]), expected);
      parseContract(expected, 'contracts/t.json');
    });
  }

  it('keeps its line ends, its mark and its last comma', () => {
    const odd = `\ufeff${text.replace('} /* free */', '},').replaceAll('\n', '\r\n')}`;
    const change: ContractChange = { kind: 'add column', column: 'n', type: 'DOUBLE', optional: false };
    const expected = odd.replace('},\r\n  ]', '},\r\n    { "name": "n", "type": "DOUBLE" },\r\n  ]');
    assert.equal(editContract(odd, [change]), expected);
    parseContract(expected, 'contracts/t.json');
  });

  it('takes several changes of one list', () => {
    const changes = ['x', 'y'].map((column) => ({ kind: 'ignore', column }) as const);
    const edited = editContract(text, [...changes, { kind: 'add name', column: 'id', name: 'ID' }]);
    const { ignore, columns } = parseContract(edited, 'contracts/t.json');
    assert.deepEqual([ignore, columns[0]?.alsoNamed], [['x', 'y'], ['ID']]);
  });
});
