import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isMessageFromRenderer,
  isMessageToRenderer,
  type MessageFromRenderer,
  type MessageToRenderer,
} from '../../../src/protocol/rendererMessages.js';

const asked: readonly MessageFromRenderer[] = [
  { kind: 'run again', cell: 'c', how: 'rebuild' },
  { kind: 'run again', cell: 'c', how: 'with upstream' },
  { kind: 'show rows', rows: 'rejected', cell: 'c', model: 'silver.sales', request: 1 },
  { kind: 'reveal file', cell: 'c', path: 'data/silver/sales.parquet' },
  { kind: 'manage trust' },
];

const told: readonly MessageToRenderer[] = [
  {
    kind: 'rows',
    request: 1,
    table: { kind: 'table', columns: [], rows: [], total: 0, elapsedMs: 1 },
  },
  { kind: 'refused', request: 1, problem: { code: 'sql.failed', severity: 'error', message: 'No.' } },
];

/** Every message that lacks one of its parts, or has a number in its place. */
function damaged(messages: readonly object[]): readonly object[] {
  return messages.flatMap((message) =>
    Object.keys(message).flatMap((key) => [
      Object.fromEntries(Object.entries(message).filter(([name]) => name !== key)),
      { ...message, [key]: key === 'request' ? 'one' : 7 },
    ]),
  );
}

describe('renderer messages', () => {
  it('are known by both ends', () => {
    assert.deepEqual(
      asked.filter((message) => !isMessageFromRenderer(message)),
      [],
    );
    assert.deepEqual(
      told.filter((message) => !isMessageToRenderer(message)),
      [],
    );
  });

  it('are refused when a part is missing or wrong', () => {
    assert.deepEqual(damaged(asked).filter(isMessageFromRenderer), []);
    assert.deepEqual(damaged(told).filter(isMessageToRenderer), []);
  });

  it('name no command, and nothing else passes', () => {
    assert.equal(isMessageFromRenderer({ kind: 'workbench.action.terminal.new' }), false);
    fc.assert(
      fc.property(fc.anything(), (value) => !isMessageFromRenderer(value) && !isMessageToRenderer(value)),
    );
  });
});
