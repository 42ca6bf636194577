import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatJunit } from '../../../../src/cli/reports/junit.js';
import type { ReportedRun } from '../../../../src/cli/reports/reportedRun.js';
import { escapeXml } from '../../../../src/cli/reports/xml.js';
import { problem } from '../../../../src/protocol/problem.js';
import { succeededRun } from '../fakeProject.js';
import { type ParsedElement, parseXml } from './parseXml.js';
import { brokenModel, failedModel, mixedRun } from './runs.js';

describe('a JUnit report', () => {
  const root = parseXml(formatJunit({ record: mixedRun, problems: [] }));

  it('has the shape of the schema', () => assert.deepEqual(shapeFaults(root), []));

  it('has a suite for each model', () => {
    assert.deepEqual(
      root.children.map(({ attributes }) => attributes.name),
      ['bronze.sales', 'silver.sales', 'gold.daily', 'gold.broken'],
    );
  });

  it('has a case for the build and each check', () => {
    assert.deepEqual(verdictsOf(root), {
      'bronze.sales': { build: 'skipped' },
      'silver.sales': {
        build: 'passed',
        'amount < 100': 'passed',
        'quantity <> 0': 'passed',
        'unique(id)': 'passed',
      },
      'gold.daily': { build: 'skipped', 'id > 0': 'failure', 'not_null(id)': 'passed' },
      'gold.broken': { build: 'error' },
    });
  });

  it('tells of a failure what breaks the check', () => {
    const failure = find(root, 'failure');
    assert.deepEqual(failure?.attributes, { message: '1 row breaks it', type: 'check.failed' });
    assert.match(failure.text, /id > 0 \| fail: 1 row breaks it\n1 row:\nid = 0, note = NULL$/);
  });

  it('tells of an error its code and place', () => {
    const error = find(root, 'error');
    assert.deepEqual(error?.attributes, { message: 'No column x.', type: 'sql.failed' });
    assert.match(error.text, /^notebooks\/a\.ratnb, cell 3, line 2\n/);
  });

  it('says of a skipped model what it still warns of', () => {
    const { message } = find(root, 'skipped')?.attributes ?? {};
    assert.equal(message, 'unchanged since run 41; 2 warnings since run 41');
  });

  it('measures in seconds', () => {
    assert.equal(root.attributes.time, '1.500');
    assert.equal(root.children[1]?.attributes.time, '1.300');
  });

  for (const [name, run, verdicts] of [
    ['never began', { problems: [problem('lake.busy', 'Busy.')] }, { 'lake.busy': 'error' }],
    [
      'was cancelled',
      { record: { ...succeededRun, models: [], status: 'cancelled' }, problems: [] },
      { end: 'error' },
    ],
    ['had nothing to do', { record: { ...succeededRun, models: [] }, problems: [] }, { end: 'passed' }],
  ] as const satisfies readonly (readonly [string, ReportedRun, object])[]) {
    it(`has a case of a run that ${name}`, () => {
      const parsed = parseXml(formatJunit(run));
      assert.deepEqual([verdictsOf(parsed), shapeFaults(parsed)], [{ run: verdicts }, []]);
    });
  }
});

describe('text in XML', () => {
  it('is what a parser reads, without what XML can’t hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 200 }), (texts) => {
        const items = texts.map((each) => `<i a="${escapeXml(each)}">${escapeXml(each)}</i>`);
        const { children } = parseXml(`<r>${items.join('')}</r>`);
        const allowed = texts.map((each) => [...each].filter(isAllowed).join(''));
        assert.deepEqual(
          children.map(({ text: read }) => read),
          allowed,
        );
        assert.deepEqual(
          children.map(({ attributes }) => attributes.a),
          allowed,
        );
      }),
      { numRuns: 3 },
    );
  });

  it('loses control characters and lone surrogates', () => {
    assert.equal(escapeXml('a\u0000\u001b[31m\ud800b\uffff'), 'a[31mb');
  });

  it('keeps a report whole whatever a model is called', () => {
    const models = [brokenModel, failedModel].map((each) => ({ ...each, reason: ']]>\u0001<&"\n' }));
    const [broken] = [{ ...brokenModel, problems: [problem('sql.failed', ']]>\u0001<&"\n\ttwo')] }];
    const root = parseXml(
      formatJunit({ record: { ...mixedRun, models: [...models, broken] }, problems: [] }),
    );
    assert.equal(root.children[2]?.children[0]?.children[0]?.attributes.message, ']]><&"\n\ttwo');
  });
});

/** The second half of a code point beyond the first plane is never alone here. */
function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
}

function verdictsOf({ children }: ParsedElement) {
  return Object.fromEntries(
    children.map((suite) => [
      suite.attributes.name,
      Object.fromEntries(suite.children.map((each) => [each.attributes.name, verdictOf(each)])),
    ]),
  );
}

function verdictOf({ children: [first] }: ParsedElement): string {
  return first === undefined || first.name === 'system-out' ? 'passed' : first.name;
}

function find(element: ParsedElement, name: string): ParsedElement | undefined {
  if (element.name === name) return element;
  return element.children.map((child) => find(child, name)).find((found) => found !== undefined);
}

/** Of the schema of Jenkins' xUnit plugin: the attributes and children that each element must and may have. */
const schema: Readonly<
  Record<string, { must: readonly string[]; may: readonly string[]; children: RegExp }>
> = {
  testsuites: {
    must: [],
    may: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'],
    children: /^(testsuite )*$/,
  },
  testsuite: {
    must: ['name', 'tests'],
    may: ['failures', 'errors', 'time', 'disabled', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
    children: /^(testcase )*$/,
  },
  testcase: {
    must: ['name'],
    may: ['assertions', 'time', 'classname', 'status'],
    children: /^(skipped )?(error )*(failure )*(system-out )*(system-err )*$/,
  },
  skipped: { must: [], may: ['type', 'message'], children: /^$/ },
  error: { must: [], may: ['type', 'message'], children: /^$/ },
  failure: { must: [], may: ['type', 'message'], children: /^$/ },
  'system-out': { must: [], may: [], children: /^$/ },
};

function shapeFaults(element: ParsedElement): readonly string[] {
  const rule = schema[element.name];
  if (rule === undefined) return [`${element.name} is unknown`];
  const names = Object.keys(element.attributes);
  const faults = [
    ...rule.must.filter((name) => !names.includes(name)).map((name) => `${element.name} has no ${name}`),
    ...names
      .filter((name) => ![...rule.must, ...rule.may].includes(name))
      .map((name) => `${element.name}: ${name}`),
    ...countFaults(element),
  ];
  const children = element.children.map(({ name }) => `${name} `).join('');
  if (!rule.children.test(children)) faults.push(`${element.name} has ${children}`);
  return [...faults, ...element.children.flatMap(shapeFaults)];
}

function countFaults(element: ParsedElement): readonly string[] {
  if (element.name !== 'testsuites' && element.name !== 'testsuite') return [];
  const suites = element.name === 'testsuite' ? [element] : element.children;
  const verdicts = suites.flatMap(({ children }) => children.map(verdictOf));
  const counts = { tests: verdicts.length, failures: count('failure'), errors: count('error') };
  function count(wanted: string): number {
    return verdicts.filter((verdict) => verdict === wanted).length;
  }
  return Object.entries(counts).flatMap(([name, number]) =>
    element.attributes[name] === String(number) ? [] : [`${element.name} ${name} is not ${number}`],
  );
}
