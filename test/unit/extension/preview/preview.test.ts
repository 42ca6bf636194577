import assert from 'node:assert/strict';
import { incomingContent } from '../../../../src/extension/preview/previewContent.js';
import { previewPage } from '../../../../src/extension/preview/previewPage.js';
import { isMessageFromPreview } from '../../../../src/protocol/preview.js';

describe('the preview panel', () => {
  it('lets in nothing but its script', () => {
    const page = previewPage('https://here/preview.js', 'https://here', 'First rows');
    assert.match(page, /content="default-src 'none'; script-src https:\/\/here"/);
    assert.doesNotMatch(page, /unsafe/);
  });

  it('takes no message but its own', () => {
    assert(isMessageFromPreview({ kind: 'ready' }));
    assert(isMessageFromPreview({ kind: 'act', action: 'add' }));
    assert(isMessageFromPreview({ kind: 'open origin', row: 0 }));
    for (const other of [
      null,
      'ready',
      {},
      { kind: 'act' },
      { kind: 'command', action: 'x' },
      { kind: 'open origin', row: -1 },
    ]) {
      assert(!isMessageFromPreview(other), JSON.stringify(other));
    }
  });

  it('says what becomes of a file before it is added', () => {
    const content = incomingContent({
      file: 'C:\\Users\\ann\\orders.csv',
      bytes: 10,
      landingPath: 'orders/orders.csv',
      pattern: 'orders/*.csv',
      table: 'bronze.orders',
      dialect: 'comma separated',
      contract: '{}',
      columns: [{ name: 'id', type: 'BIGINT' }],
      rows: [[1], [2]],
    });
    assert.equal(content.title, 'Add orders.csv');
    assert.match(
      content.facts.join(' '),
      /data\/landing\/orders\/orders\.csv.*comma separated.*bronze\.orders/s,
    );
    assert.equal(content.caption, 'The first 2 rows');
    assert.deepEqual(
      content.actions.map(({ label }) => label),
      ['Add', 'Cancel', 'Inspect File'],
    );
  });
});
