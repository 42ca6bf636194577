import assert from 'node:assert/strict';
import { placeInCell } from '../../../src/notebook/place.js';
import { cellStatements } from '../../../src/notebook/statements.js';

describe('cellStatements', () => {
  it('gives spans into the cell', () => {
    const source =
      "-- @owner: x\nCREATE MACRO f() AS 1;\n\n-- @check: a > 0\nCREATE TABLE silver.e AS\nSELECT 'é;' AS a;\nFROM gold.b";
    const { statements } = cellStatements(source);
    assert.deepEqual(
      statements.map(({ kind }) => kind.kind),
      ['session', 'model', 'query'],
    );
    const kind = statements[1]!.kind;
    assert.ok(kind.kind === 'model');
    assert.equal(source.slice(kind.target.span.start, kind.target.span.end), 'silver.e');
    assert.equal(source.slice(kind.select.span.start, kind.select.span.end), "SELECT 'é;' AS a");
    assert.deepEqual(placeInCell(source, kind.target.span), {
      line: 5,
      column: 14,
      endLine: 5,
      endColumn: 22,
    });
  });

  it('puts where the cell is into every place', () => {
    const where = { notebook: 'notebooks/a.ratnb', cell: 3 };
    const text = "-- @x: 1\nCREATE TABLE silver.a (b INT);\nSELECT 'c";
    const { problems } = cellStatements(text, where);
    assert.deepEqual(
      problems.map(({ code, place }) => [
        code,
        place?.notebook,
        place?.cell,
        place?.line,
        place?.column,
        place?.endColumn,
      ]),
      [
        ['notebook.declaration', 'notebooks/a.ratnb', 3, 1, 4, 6],
        ['model.form', 'notebooks/a.ratnb', 3, 2, 23, 30],
        ['sql.syntax', 'notebooks/a.ratnb', 3, 3, 8, 9],
      ],
    );
  });

  it('tells of a comment that is never closed', () => {
    const { statements, problems } = cellStatements('/* SELECT 1');
    assert.deepEqual(statements, []);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['The block comment that begins here is never closed.'],
    );
  });

  it('has nothing to say of an empty cell', () => {
    assert.deepEqual(cellStatements('-- only a remark\n'), { statements: [], problems: [] });
  });
});
