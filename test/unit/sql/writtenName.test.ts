import assert from 'node:assert/strict';
import { isReservedWord, writtenName } from '../../../src/sql/writtenName.js';
import { sharedEngine } from '../../support/sharedEngine.js';

describe('writtenName', () => {
  const cases: Readonly<Record<string, string>> = {
    amount: 'amount',
    Größe: 'Größe',
    'unit price': '"unit price"',
    order: '"order"',
    '2024': '"2024"',
    'a"b': '"a""b"',
    '': '""',
  };
  for (const [name, written] of Object.entries(cases)) {
    it(`${name} → ${written}`, () => assert.equal(writtenName(name), written));
  }

  it('knows the words that the engine reserves', async () => {
    const session = await (await sharedEngine()).openSession();
    const { rows } = await session.firstRows(
      'SELECT keyword_name, keyword_category FROM duckdb_keywords()',
      2000,
    );
    const wrong = rows.filter(
      ([word, category]) =>
        isReservedWord(String(word)) !== ['reserved', 'type_function'].includes(String(category)),
    );
    await session.close();
    assert.deepEqual(wrong, []);
  });
});
