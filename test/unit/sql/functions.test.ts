import assert from 'node:assert/strict';
import {
  aggregateFunctions,
  orderedAggregates,
  orderedWindows,
  volatileFunctions,
} from '../../../src/sql/functions.js';
import { isBuiltInType } from '../../../src/sql/types.js';
import { duckdbRows } from '../../support/parseTree.js';

async function names(query: string): Promise<string[]> {
  return (await duckdbRows(query)).map(([name]) => String(name).toLowerCase());
}

// The catalog counts as aggregates what only a window may call.
const windowOnly = [
  'cume_dist',
  'dense_rank',
  'fill',
  'first_value',
  'lag',
  'last_value',
  'lead',
  'nth_value',
];
const rankings = ['ntile', 'percent_rank', 'rank', 'rank_dense', 'row_number'];
// Constant in a session of ours, or without a value that a table could hold.
const harmless = [
  'current_database',
  'current_schema',
  'current_schemas',
  'in_search_path',
  'error',
  'sleep_ms',
  'write_log',
];

describe('what is known of the engine', () => {
  it('knows every aggregate', async () => {
    const all = await names(
      "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'aggregate'",
    );
    const wanted = all.filter((name) => ![...windowOnly, ...rankings].includes(name));
    assert.deepEqual(
      wanted.filter((name) => !aggregateFunctions.has(name)),
      [],
    );
  });

  it('knows every volatile function', async () => {
    const all = await names(
      "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'",
    );
    assert.deepEqual(
      all.filter((name) => !volatileFunctions.has(name) && !harmless.includes(name)),
      [],
    );
  });

  it('knows every type', async () => {
    const all = await names('SELECT DISTINCT type_name FROM duckdb_types() WHERE internal');
    assert.deepEqual(
      all.filter((name) => !isBuiltInType(name)),
      [],
    );
  });

  it('names no function that is not there', async () => {
    const all = new Set(await names('SELECT DISTINCT function_name FROM duckdb_functions()'));
    const mentioned = [...volatileFunctions, ...aggregateFunctions, ...orderedAggregates, ...orderedWindows];
    const loadedLater = ['pg_conf_load_time', 'pg_postmaster_start_time'];
    assert.deepEqual(
      mentioned.filter((name) => !all.has(name) && !loadedLater.includes(name)),
      [],
    );
  });
});
