import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Check } from '../../../src/notebook/checks.js';
import { declarationKeys } from '../../../src/notebook/declarations.js';
import { cellStatements } from '../../../src/notebook/statements.js';

const model = 'CREATE OR REPLACE TABLE silver.t AS SELECT 1 AS a';

function read(comments: string) {
  const text = `${comments}\n${model}`;
  const { statements, problems } = cellStatements(text);
  return { text, declarations: statements[0]!.declarations, problems };
}

/** `line:column-endColumn message hint` of each problem. */
function faults(comments: string): string[] {
  return read(comments).problems.map(({ message, hint, place }) => {
    return `${place?.line}:${place?.column}-${place?.endColumn} ${message} ${hint}`;
  });
}

function summary(check: Check): string {
  const rule = check.kind === 'row' ? check.expression : check.columns.map(({ name }) => name).join('+');
  return `${check.kind} ${rule} ${check.action}`;
}

/** The one check of a cell whose comments hold one. */
function check(value: string): string {
  const { declarations, problems } = read(`-- @check: ${value}`);
  assert.deepEqual(problems, []);
  return summary(declarations.checks[0]!);
}

function refused(value: string): string {
  const [fault, ...more] = faults(`-- @check: ${value}`);
  assert.deepEqual(more, []);
  return fault ?? 'accepted';
}

describe('declarations', () => {
  it('read every key with its place', () => {
    const { text, declarations, problems } = read(
      '-- a remark\n-- @description: One row\n--@owner: sales  team\n-- @tag: daily, money\n-- @column: "a b"  what\n--      it is\n-- @check: a > 0',
    );
    assert.deepEqual(problems, []);
    const at = ({ span }: { span: { start: number; end: number } }) => text.slice(span.start, span.end);
    assert.deepEqual(
      [declarations.description?.value, at(declarations.description!)],
      ['One row', 'One row'],
    );
    assert.deepEqual([declarations.owner?.value, at(declarations.owner!)], ['sales team', 'sales  team']);
    assert.deepEqual(
      declarations.tags.map((tag) => [tag.value, at(tag)]),
      [
        ['daily', 'daily'],
        ['money', 'money'],
      ],
    );
    assert.deepEqual(
      declarations.columns.map(({ column, value }) => [column, value]),
      [['a b', 'what it is']],
    );
    assert.deepEqual(
      declarations.checks.map((each) => [summary(each), at(each)]),
      [['row a > 0 fail', 'a > 0']],
    );
  });

  it('go on in lines that are indented', () => {
    const { text, declarations } = read(
      '-- @check: a > 0\n--    AND bad(a)\n--\t| warn\n-- a remark\n--   not more',
    );
    const [first] = declarations.checks;
    assert.ok(first?.kind === 'row');
    assert.deepEqual(
      [first.expression, first.action, first.text],
      ['a > 0\nAND bad(a)', 'warn', 'a > 0 AND bad(a)'],
    );
    assert.equal(text.slice(first.span.start, first.span.end), 'a > 0\n--    AND bad(a)');
  });

  it('end where another begins, indented or not', () => {
    const { declarations } = read('-- @owner: a\n--    @tag: b');
    assert.deepEqual([declarations.owner?.value, declarations.tags[0]?.value], ['a', 'b']);
  });

  it('end at a blank line, and may stand above one', () => {
    const { declarations, problems } = read('-- @description: One\n\n--    two\n');
    assert.deepEqual([declarations.description?.value, problems], ['One', []]);
  });

  it('have keys that are known', () => {
    assert.deepEqual(faults('-- @chekc: a'), ['1:4-10 There is no declaration @chekc. Did you mean @check?']);
    for (const key of ['incremental', 'unique_key', 'partition_by', 'snapshot', 'param']) {
      assert.match(faults(`-- @${key}: a`)[0]!, /^1:4-\d+ There is no declaration @/);
      assert.equal(faults(`-- @${key}`).length, 1);
    }
  });

  it('are complete, and given once', () => {
    assert.deepEqual(faults('-- @check a > 0'), ['1:4-10 A colon must follow @check. Write -- @check: …']);
    assert.deepEqual(faults('-- @owner:'), ['1:4-10 @owner has no value. Write -- @owner: sales team']);
    assert.deepEqual(faults('-- @owner: a\n-- @owner: b'), [
      '2:4-10 @owner is given twice. Keep one of them.',
    ]);
    assert.deepEqual(faults('-- @column: a  x\n-- @column: A  y'), [
      '2:4-11 The column A is described twice. Keep one of them.',
    ]);
    assert.match(faults('-- @column: a')[0]!, /^1:13-14 @column is a name and a description/);
    assert.match(faults('-- @tag: a, b c')[0]!, /^1:13-16 "b c" is no tag/);
    assert.match(faults('/* @check: a */')[0]!, /^1:1-16 A declaration stands in a -- comment/);
  });

  it('are all documented', () => {
    const page = readFileSync(new URL('../../../../docs/notebook-format.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `-- @(\w+): /gm)].map(([, key]) => key);
    assert.deepEqual(documented, [...declarationKeys]);
  });

  it('do something where they stand', () => {
    const at = (text: string) =>
      cellStatements(text).problems.map(({ message, place }) => `${place?.line}: ${message}`);
    assert.deepEqual(at('-- @check: a\nSELECT 1'), ['1: The statement below makes no table of the lake.']);
    assert.deepEqual(at('-- @description: a\n-- @owner: b\nSELECT 1'), []);
    assert.deepEqual(at('-- @check: a\nCREATE VIEW gold.v AS SELECT 1'), [
      '1: A view stores no rows, so there is nothing to check.',
    ]);
    assert.deepEqual(at('-- @tag: a\nCREATE VIEW gold.v AS SELECT 1'), []);
    assert.deepEqual(at('-- @check: a'), ['1: @check does not stand above a statement.']);
    assert.deepEqual(at(`${model.replace('SELECT', '\n-- @check: a\nSELECT')}; -- @owner: b`), [
      '2: @check does not stand above a statement.',
      '3: @owner does not stand above a statement.',
    ]);
  });
});

describe('checks', () => {
  it('end in their action', () => {
    assert.equal(check('a <> 0 | drop'), 'row a <> 0 drop');
    assert.equal(check('a <> 0 | WARN'), 'row a <> 0 warn');
    assert.equal(check('a <> 0'), 'row a <> 0 fail');
    assert.equal(check('a | b > 0 | fail'), 'row a | b > 0 fail');
    assert.equal(check("a <> ' | drop'"), "row a <> ' | drop' fail");
    assert.equal(check('a = b || c'), 'row a = b || c fail');
    assert.equal(check('(a | b)'), 'row (a | b) fail');
  });

  it('name columns', () => {
    assert.equal(check('not_null(a, "b c") | drop'), 'not_null a+b c drop');
    assert.equal(check('UNIQUE (a)'), 'unique a fail');
    assert.equal(check('is_unique(a)'), 'row is_unique(a) fail');
  });

  it('are refused with the rewrite', () => {
    assert.match(
      refused('unique(a, b) | drop'),
      /can only warn or fail.*QUALIFY row_number\(\) OVER \(PARTITION BY a, b/,
    );
    assert.match(refused("accepted(a, 'x') | warn"), /^1:12-20 There is no check function accepted.*IN/);
    assert.match(refused('a > 0 OR references(silver.x)'), /There is no check function references/);
    assert.match(refused('fresh(a)'), /There is no check function fresh/);
    assert.match(
      refused('not_null(a) AND b > 0'),
      /not_null\(…\) takes names of columns and is a check by itself/,
    );
    assert.match(refused('b > 0 AND not_null(a)'), /is a check by itself/);
    assert.match(refused('unique(a + 1)'), /is a check by itself/);
    assert.match(refused('unique()'), /is a check by itself/);
    assert.match(refused('unique(a,)'), /is a check by itself/);
    assert.match(refused('not_null(t.a)'), /is a check by itself/);
    assert.match(refused('a > 0 | dorp'), /^1:20-24 dorp is no action of a check. Did you mean | drop?/);
    assert.match(refused('| drop'), /no rule/);
  });

  it('hold nothing that reaches out of them', () => {
    assert.match(refused('a) OR (b'), /closed that was not opened/);
    assert.match(refused('(a'), /never closed/);
    assert.match(refused("a = 'x"), /never closed/);
    assert.match(refused('a; DROP TABLE x'), /^1:13-14 A check is one expression/);
    assert.match(refused('a > 0 -- positive'), /no comment/);
    assert.match(refused('a /* x */'), /no comment/);
  });
});
