import assert from 'node:assert/strict';
import { misfitsByEngine } from '../../../../src/ingest/inspection/askEngine.js';
import { LandingFixture, useEngine } from '../landingFixture.js';
import { inspectContent } from './inspection.js';
import { pollutedFiles } from './pollutedFiles.js';

describe('an inspection and landing()', () => {
  const engine = useEngine();
  const findMisfits = misfitsByEngine(() => Promise.resolve(engine.session()));
  let fixture: LandingFixture;
  beforeEach(() => {
    fixture = new LandingFixture();
  });
  afterEach(() => fixture.remove());

  for (const { what, content, name = 'file.csv' } of pollutedFiles.filter(
    ({ name }) => !name?.endsWith('.xlsx'),
  )) {
    it(`agree about ${what}`, async () => {
      fixture.write(name, content);
      const { readsWell, records, contract } = await inspectContent(content, { name, findMisfits });
      const rows = await rowsRead(name).catch(() => undefined);
      assert.equal(readsWell, rows !== undefined);
      if (rows === undefined) return;
      assert.equal(records.total, rows);
      assert.equal(contract.proposed, fixture.contract('file.json'));
    });
  }

  async function rowsRead(name: string): Promise<number> {
    const source = await fixture.landing().open(name);
    const { rows } = await engine
      .session()
      .rows(`SELECT count(*) FROM (SELECT COLUMNS(*)::VARCHAR FROM (${source.select}))`);
    await source.finish();
    return Number(rows[0]?.[0]);
  }
});
