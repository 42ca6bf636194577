import assert from 'node:assert/strict';
import { readRecords } from '../../../src/ingest/records.js';

const dialect = { delimiter: ',', quote: '"', escape: '"' };
const read = (text: string, complete = true) => [...readRecords(text, dialect, complete)];

describe('the reader of records', () => {
  it('gives fields, line and text of each record', () => {
    assert.deepEqual(read('a,"b\n""c"\r\n\n1, "2" \r'), [
      { fields: ['a', 'b\n"c'], line: 1, text: 'a,"b\n""c"' },
      { fields: [''], line: 3, text: '' },
      { fields: ['1', '2'], line: 4, text: '1, "2" ' },
    ]);
  });

  for (const cut of ['a,b\n1,2\n3', 'a,b\n1,2\n3,"4', 'a,b\n1,2\n3,"4"']) {
    it(`leaves out what was cut: ${JSON.stringify(cut)}`, () => {
      assert.equal(read(cut, false).length, 2);
      assert.equal(read(cut).length, 3);
    });
  }

  it('tells of a quote that never closes, once', () => {
    assert.deepEqual(read('a\n"b\nc\n').at(-1), {
      fields: ['b\nc\n'],
      line: 2,
      text: '"b\nc\n',
      fault: 'a quote that never closes',
    });
  });

  it('stops at text after a closing quote', () => {
    assert.deepEqual(
      read('a\n"b"c\nd\n').map(({ fault }) => fault),
      [undefined, 'text after a closing quote'],
    );
  });
});
