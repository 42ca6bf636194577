import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { StoredColumn } from '../../../../src/engine/engine.js';
import { useEngine } from './harness.js';
import { type TypeRow, typeTable } from './typeTable.js';

describe('a type in a Parquet file', () => {
  const harness = useEngine();

  for (const row of typeTable) {
    it(`${row.type} survives a file as a column and inside others`, async () => {
      const { columns, differing } = await roundTrip(row);
      const inside = row.nestedAs ?? row.storedAs;
      assert.deepEqual(differing, []);
      assert.deepEqual(columns, {
        v: row.storedAs,
        list: `${inside}[]`,
        empty: `${inside}[]`,
        struct: `STRUCT("f" ${inside})`,
        map: `MAP(VARCHAR, ${inside})`,
        deep: `MAP(VARCHAR, STRUCT("f" ${inside}[])[])`,
      });
    });
  }

  it('stores an untyped NULL as INTEGER', async () => {
    const { columns } = await write('SELECT NULL AS n, [] AS l');
    assert.deepEqual(columns.map(storedAs), ['INTEGER', 'INTEGER[]']);
  });

  it('keeps the columns of no rows', async () => {
    const { columns, kept } = await write("SELECT 1::HUGEINT AS h, 'x' AS t WHERE false");
    const [footer] = await harness.engine.readFooters([kept.path]);
    assert.deepEqual([footer!.rows, footer!.columns.map(({ type }) => type)], [0, ['BIGINT', 'VARCHAR']]);
    assert.deepEqual(columns.map(storedAs), ['BIGINT', 'VARCHAR']);
  });

  it('stores a type of a name of its own as what it stands for', async () => {
    await harness.session.execute('CREATE TYPE money AS DECIMAL(9,2)');
    const { columns } = await write("SELECT 1.5::money AS m, ['x'::ENUM('x')] AS e");
    assert.deepEqual(columns.map(storedAs), ['DECIMAL(9,2)', 'VARCHAR[]']);
  });

  it('names the field of a union so that no member is hidden', async () => {
    const { columns } = await write('SELECT union_value("Tag" := 1) AS u');
    assert.deepEqual(columns.map(storedAs), ['STRUCT("_tag" VARCHAR, "Tag" INTEGER)']);
  });

  // No table can have a column of TYPE, and one of NULL is INTEGER.
  it('has a row for every type of the engine', async () => {
    const { rows } = await harness.session.rows(
      "SELECT DISTINCT logical_type FROM duckdb_types() WHERE internal AND logical_type NOT IN ('NULL', 'TYPE')",
    );
    const base = new Set(typeTable.map(({ type }) => baseOf(type)));
    assert.deepEqual(
      rows.map(([type]) => String(type)).filter((type) => !base.has(type)),
      [],
    );
  });

  it('is what docs/types.md says, both ways', () => {
    const documented = readFileSync('docs/types.md', 'utf8')
      .split('\n')
      .flatMap(
        (line) => /^\| `(.+?)` \| `(.+?)` \| (?:`(.+?)`)? *\|/.exec(line)?.slice(1, 4).join(' → ') ?? [],
      );
    const tested = typeTable.map(({ type, storedAs, nestedAs }) => [type, storedAs, nestedAs].join(' → '));
    assert.deepEqual(documented, tested);
  });

  function write(select: string) {
    return harness.session.writeParquet({ select, directory: harness.directory() });
  }

  /** Writes every value and NULL, alone and inside others, and lists the places where it came back otherwise. */
  async function roundTrip(row: TypeRow) {
    const values = [...row.values, 'NULL'].map((value, id) => `(${id}, ${typed(row, value)})`);
    const originals = `SELECT id, v FROM (VALUES ${values.join(', ')}) AS t(id, v)`;
    const { columns, kept } = await write(
      `SELECT id, v, [v, NULL] AS list, [v][:0] AS empty, {'f': v} AS struct, map {'k': v} AS map,
     map {'k': [{'f': [v]}]} AS deep FROM (${originals})`,
    );
    const back = row.back ?? ((stored: string) => `CAST(${stored} AS ${row.type})`);
    const nestedBack = row.nestedBack ?? back;
    const nestedFront = row.nestedFront ?? ((original: string) => original);
    const differs = (place: string, restored: string, original: string): string =>
      `SELECT id, '${place}' FROM pairs WHERE (${restored})::VARCHAR IS DISTINCT FROM (${original})::VARCHAR`;
    const inside = nestedFront('original');
    const { rows } = await harness.session.rows(`
    WITH pairs AS (SELECT o.v AS original, s.* FROM (${originals}) o
                   JOIN read_parquet('${kept.path}') s ON s.id = o.id)
    ${differs('column', back('v'), 'original')}
    UNION ALL ${differs('list', nestedBack('list[1]'), inside)}
    UNION ALL ${differs('struct', nestedBack('struct.f'), inside)}
    UNION ALL ${differs('map', nestedBack("map['k']"), inside)}
    UNION ALL ${differs('deep', nestedBack("deep['k'][1].f[1]"), inside)}
    UNION ALL SELECT id, 'null in list' FROM pairs WHERE list[2] IS NOT NULL OR len(list) <> 2
    UNION ALL SELECT id, 'empty' FROM pairs WHERE len(empty) <> 0`);
    const stored = columns.slice(1).map((column) => [column.name, storedAs(column)]);
    return { columns: Object.fromEntries(stored) as Record<string, string>, differing: rows };
  }

  function typed(row: TypeRow, value: string): string {
    return row.typed === undefined ? `CAST(${value} AS ${row.type})` : value;
  }

  /** The name before parentheses and brackets. */
  function baseOf(type: string): string {
    if (type.endsWith('[]')) return 'LIST';
    return type.endsWith(']') ? 'ARRAY' : type.replace(/\(.*/, '');
  }

  function storedAs(column: StoredColumn): string {
    return column.storedAs ?? column.type;
  }
});
