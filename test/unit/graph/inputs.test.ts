import assert from 'node:assert/strict';
import type { ModelInputs } from '../../../src/graph/inputs.js';
import { projectGraph } from '../../support/projectGraph.js';

async function inputs(select: string): Promise<ModelInputs> {
  const { graph } = await projectGraph({ a: [`CREATE TABLE gold.t AS ${select}`] });
  return graph.nodes.get('gold.t')?.inputs ?? assert.fail();
}

const outside: Readonly<Record<string, readonly string[]>> = {
  "SELECT * FROM read_csv('a.csv'), read_parquet('b/*.parquet'), READ_JSON('c.json')": [
    'a.csv',
    'b/*.parquet',
    'c.json',
  ],
  "FROM 'rates.csv'": ['rates.csv'],
  "FROM 'rates.csv.gz' JOIN 'rates.csv.gz' b USING (x)": ['rates.csv.gz'],
  "FROM glob('a/*')": ['a/*'],
  "FROM sniff_csv('a.csv'), parquet_schema('b.parquet')": ['a.csv', 'b.parquet'],
  "FROM read_csv('https://example.org/a.csv')": [],
  'FROM range(3)': [],
};

const volatile: Readonly<Record<string, readonly string[]>> = {
  'SELECT 1 AS x': [],
  'SELECT now() AS x, current_date AS d': ['current_date', 'now'],
  "FROM read_csv('https://example.org/a.csv')": ['read_csv'],
  "FROM read_csv(['a.csv', 'b.csv'])": ['read_csv'],
  "FROM 's3://bucket/a.parquet'": ['s3://bucket/a.parquet'],
  'SELECT $run_started_at AS x': ['$run_started_at'],
  "SELECT '$run_started_at' AS x": [],
  "FROM read_csv('a.csv')": [],
};

describe('a model’s inputs', () => {
  for (const [select, expected] of Object.entries(outside)) {
    it(`have files: ${select}`, async () => assert.deepEqual((await inputs(select)).outsideFiles, expected));
  }

  for (const [select, expected] of Object.entries(volatile)) {
    it(`change by themselves: ${select}`, async () =>
      assert.deepEqual((await inputs(select)).volatile, expected));
  }

  it('have landing patterns and tables with places', async () => {
    const text = "SELECT *\nFROM landing('a.csv') JOIN bronze.B USING (x)";
    const { landing, tables } = await inputs(text);
    const shift = 'CREATE TABLE gold.t AS '.length;
    const texts = [...landing, ...tables].map(({ span }) => text.slice(span.start - shift, span.end - shift));
    assert.deepEqual(texts, ["landing('a.csv')", 'bronze.B']);
    assert.deepEqual(
      tables.map(({ key, name }) => [key, name]),
      [['bronze.b', 'bronze.B']],
    );
  });
});
