import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isMessageFromInspection } from '../../../src/protocol/inspectionPage.js';

describe('messages of the page of an inspection', () => {
  it('are known', () => {
    for (const kind of ['ready', 'open contract', 'inspect again'])
      assert(isMessageFromInspection({ kind }), kind);
    assert(isMessageFromInspection({ kind: 'open line', line: 1 }));
  });

  it('name a line that a file can have', () => {
    for (const line of [0, -1, 1.5, Number.NaN, '1', undefined, 2 ** 60])
      assert(!isMessageFromInspection({ kind: 'open line', line }), String(line));
  });

  it('are nothing else', () => {
    assert(!isMessageFromInspection({ kind: 'workbench.action.terminal.new' }));
    fc.assert(fc.property(fc.anything(), (value) => !isMessageFromInspection(value)));
  });
});
