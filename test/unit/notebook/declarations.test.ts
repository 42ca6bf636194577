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
  return `${check.kind} ${ruleOf(check)} ${check.action}`;
}

function ruleOf(check: Check): string {
  switch (check.kind) {
    case 'row':
    case 'table':
      return check.expression;
    case 'accepted':
      return `${check.column.name} in ${check.values.map(({ sql, type }) => `${sql}:${type}`).join(' ')}`;
    case 'references':
      return `${check.column.name} in ${check.table.layer}.${check.table.name} ${check.referenced.name}`;
    case 'fresh':
      return `${check.column.name} within ${check.within}`;
    default:
      return check.columns.map(({ name }) => name).join('+');
  }
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

  it('list the values that are accepted', () => {
    assert.equal(
      check("accepted(\"a b\", 'x, y', -1, +2.5, TRUE, DATE '2026-01-31') | drop"),
      "accepted a b in 'x, y':text -1:number +2.5:number TRUE:boolean DATE '2026-01-31':moment drop",
    );
    assert.equal(check("accepted(count, 'a')"), "accepted count in 'a':text fail");
    assert.match(refused("accepted(a, 'x', b)"), /^1:29-30 b is no value that accepted.*in single quotes/);
    assert.match(refused('accepted(a, NULL)'), /^1:24-28 NULL is no value.*always passes/);
    assert.match(refused('accepted(a, "x")'), /"x" is no value/);
    assert.match(refused("accepted(a, 'x',)"), /\) is no value/);
  });

  it('name a column of another table', () => {
    assert.equal(
      check('references(store, Silver."stores"."store id") | drop'),
      'references store in silver.stores store id drop',
    );
    assert.match(
      refused('references(a, sliver.stores.id)'),
      /^1:26-32 sliver.stores is no table.*Did you mean silver\?/,
    );
    assert.match(
      refused('references(a, silver.stores)'),
      /takes a column and a column of a table of the lake/,
    );
    assert.match(refused('references(a, silver.stores.id, 1)'), /is a check by itself/);
    assert.match(refused('references(s.a, silver.stores.id)'), /is a check by itself/);
    assert.match(refused('references(a, "a b".t.id)'), /is no table of the lake/);
  });

  it('say how old the newest value may be', () => {
    for (const interval of ["'2 days'", "INTERVAL '2 days'", 'INTERVAL 2 DAYS', "interval '2' DAYS"])
      assert.equal(check(`fresh(a, ${interval}) | warn`), 'fresh a within 2 days warn');
    assert.equal(check("fresh(a, '1 day 12 hours')"), 'fresh a within 1 day 12 hours fail');
    assert.match(refused("fresh(a, '2 dyas')"), /^1:21-29 dyas is no unit of time. Did you mean days\?/);
    for (const wrong of ["'soon'", "'0 days'", "''", "'-1 day'", 'INTERVAL 2', "'1'", "'2 days' x", '2', ''])
      assert.match(refused(`fresh(a, ${wrong})`), /no length of time|is a check by itself/, wrong);
    assert.match(refused('fresh(a)'), /takes a column and how old/);
    assert.match(refused("fresh(a, '1 day') | drop"), /^1:12-36 fresh.*can only warn or fail/);
  });

  it('go over several lines, with places on each', () => {
    const value = "accepted(a,\n--     'x',\n--     b)";
    assert.match(faults(`-- @check: ${value}`)[0]!, /^3:8-9 b is no value/);
  });

  it('are one call and nothing besides', () => {
    for (const call of ["accepted(a, 'x')", 'references(a, silver.s.a)', "fresh(a, '1 day')"]) {
      assert.match(refused(`${call} AND a > 0`), /is a check by itself/);
      assert.match(refused(`a > 0 OR ${call}`), /is a check by itself/);
    }
    assert.equal(check('accepted > 0 AND "fresh"(a)'), 'row accepted > 0 AND "fresh"(a) fail');
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
