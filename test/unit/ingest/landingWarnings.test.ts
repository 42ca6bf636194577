import assert from 'node:assert/strict';
import { filesWithoutRows, missedByCase } from '../../../src/ingest/landingWarnings.js';

describe('warnings of landing files', () => {
  const missed = (others: readonly string[]) =>
    missedByCase('t/*.csv', ['t/A.CSV', 't/B.Csv'], others, { notebook: 'a.ratnb' }).map(
      ({ message }) => message.split(' ')[0],
    );

  it('leave out what another pattern reads', () => {
    assert.deepEqual(missed([]), ['data/landing/t/A.CSV', 'data/landing/t/B.Csv']);
    assert.deepEqual(missed(['t/*.CSV']), ['data/landing/t/B.Csv']);
    assert.deepEqual(missed(['**']), []);
  });

  it('take a text that is no pattern for one that reads nothing', () => {
    assert.equal(missed(['../*.CSV', '']).length, 2);
  });

  it('name the files without rows alone', () => {
    const file = (path: string, records: number) => ({ path, records, bytes: 5, sha256: '' });
    const warnings = filesWithoutRows([file('a.csv', 0), file('b.csv', 1)]);
    assert.deepEqual(
      warnings.map(({ severity, place }) => [severity, place?.file]),
      [['warning', 'data/landing/a.csv']],
    );
  });
});
