import assert from 'node:assert/strict';
import { strayStatement } from '../../../src/pipeline/strayStatement.js';

function check(text: string, expected: string | undefined): void {
  it(`${text} → ${expected ?? 'nothing'}`, () => {
    const found = strayStatement(text, ({ start, end }) => ({
      line: 1,
      column: start + 1,
      endColumn: end + 1,
    }));
    const said =
      found &&
      `${found.severity} ${found.code}: ${found.hint} (${text.slice((found.place?.column ?? 1) - 1)})`;
    assert.equal(said === undefined ? undefined : said.slice(0, expected?.length), expected);
  });
}

describe('strayStatement', () => {
  check('CREAT OR REPLACE TABLE silver.a AS SELECT 1', 'error sql.syntax: Did you mean CREATE? (CREAT OR');
  check('CREATE OR REPLCE TABLE silver.a AS SELECT 1', 'error sql.syntax: Did you mean REPLACE? (REPLCE');
  check('CREATE TABEL silver.a AS SELECT 1', 'error sql.syntax: Did you mean TABLE? (TABEL');
  check('CREATE OR REPLACE TABLE brnze.a AS SELECT 1', 'error model.form: Did you mean bronze.a? (brnze.a');
  check('CREATE TABLE a AS SELECT 1', 'warning model.form: Write its layer, as silver.a');
  check('SELEC 1', 'error sql.syntax: Did you mean SELECT? (SELEC');
  check('hello, world', 'error sql.syntax: Write a statement of SQL');
  check('CREATE TABLE scratch.a AS SELECT 1', undefined);
  check('CREATE SCHEMA scratch', undefined);
  check('CREATE SEQUENCE s', undefined);
  check('PRAGMA version', undefined);
  check("COPY (SELECT 1) TO 'x.csv'", undefined);
});
