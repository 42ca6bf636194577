import { tellingColumnsFirst } from '../../protocol/failingRows.js';
import { formatPlace, type Problem } from '../../protocol/problem.js';
import type { CheckOutcome } from '../../protocol/quality.js';
import type { ModelOutcome } from '../../protocol/run.js';
import { describeFailures, describeStanding, formatValue } from '../../protocol/wording.js';
import { describeSample, failedChecks, problemsOfRun, type ReportedRun } from './reportedRun.js';
import { escapeXml, xmlElement } from './xml.js';

type Verdict = 'passed' | 'skipped' | 'error' | 'failure';

interface TestCase {
  readonly name: string;
  readonly seconds: number;
  readonly verdict: Verdict;
  /** Why it is not passed. */
  readonly message?: string;
  readonly type?: string;
  /** More, for who opens it; of one that passed what it warns of. */
  readonly text?: string;
}

interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

/**
 * A run in the format of JUnit that CI servers read (the schema of Jenkins' xUnit plugin): a suite for each model with
 * a case for its build and one for each check. A check that only warns passes and says so in its output, as the run's
 * exit code does.
 */
export function formatJunit(run: ReportedRun): string {
  const { record } = run;
  const suites = [...runSuite(run), ...(record?.models ?? []).map(modelSuite)];
  const timestamp = record?.startedAt.slice(0, 19);
  const root = xmlElement(
    'testsuites',
    {
      name: 'ratatouille',
      ...countsOf(suites.flatMap(({ cases }) => cases)),
      time: inSeconds(record?.elapsedMs ?? 0),
    },
    suites.map((suite) => suiteElement(suite, timestamp)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** What concerns no model, where there is something; a report without a case would be refused as empty. */
function runSuite(run: ReportedRun): readonly TestSuite[] {
  const { record } = run;
  const errors = problemsOfRun(run).filter(({ severity }) => severity === 'error');
  const cases = errors.map((found) => errorCase(found.code, found, 0));
  if (record?.status === 'cancelled') {
    cases.push({
      name: 'end',
      seconds: 0,
      verdict: 'error',
      message: 'the run was cancelled',
      type: 'cancelled',
    });
  }
  if (cases.length === 0 && (record?.models.length ?? 0) > 0) return [];
  return [
    { name: 'run', cases: cases.length > 0 ? cases : [{ name: 'end', seconds: 0, verdict: 'passed' }] },
  ];
}

function modelSuite(outcome: ModelOutcome): TestSuite {
  const { model, checks = [], passed = [] } = outcome;
  return {
    name: model,
    cases: [
      buildCase(outcome),
      ...checks.map((check) => checkCase(check, failedChecks(outcome).includes(check))),
      ...passed.map((name) => ({ name, seconds: 0, verdict: 'passed' as const })),
    ],
  };
}

function buildCase(outcome: ModelOutcome): TestCase {
  const { status, reason, standing, elapsedMs, problems } = outcome;
  const base = { name: 'build', seconds: elapsedMs / 1000 };
  switch (status) {
    case 'built':
    case 'judged':
      return { ...base, verdict: 'passed' };
    case 'failed': {
      if (failedChecks(outcome).length > 0)
        return { ...base, verdict: 'skipped', message: 'not published: a check failed' };
      const error = problems.find(({ severity }) => severity === 'error');
      return error === undefined
        ? { ...base, verdict: 'error', message: reason, type: status }
        : errorCase(base.name, error, base.seconds);
    }
    case 'skipped':
    case 'blocked':
    case 'cancelled': {
      const more = standing === undefined ? '' : `; ${describeStanding(standing)}`;
      return { ...base, verdict: 'skipped', message: `${reason}${more}` };
    }
  }
}

function checkCase(check: CheckOutcome, isFailure: boolean): TestCase {
  const kept = check.action === 'drop' ? ', in the quarantine' : '';
  const told = `${check.check} | ${check.action}: ${describeFailures(check)}${kept}`;
  const base = { name: check.check, seconds: 0, text: [told, ...sampleLines(check)].join('\n') };
  if (!isFailure) return { ...base, verdict: 'passed' };
  return { ...base, verdict: 'failure', message: describeFailures(check), type: 'check.failed' };
}

function errorCase(name: string, found: Problem, seconds: number): TestCase {
  const { code, message, hint, cause, place } = found;
  const text = [place === undefined ? '' : formatPlace(place), message, cause ?? '', hint ?? ''];
  return {
    name,
    seconds,
    verdict: 'error',
    message,
    type: code,
    text: text.filter((line) => line !== '').join('\n'),
  };
}

function sampleLines(check: CheckOutcome): readonly string[] {
  const { failures } = check;
  if (check.failing === undefined || check.failing.rows.length === 0) return [];
  const failing = tellingColumnsFirst(check, check.failing);
  const lines = failing.rows.map((row) =>
    failing.columns.map(({ name }, index) => `${name} = ${formatValue(row[index] ?? null)}`).join(', '),
  );
  return [`${describeSample(failing, failures)}:`, ...lines];
}

function suiteElement({ name, cases }: TestSuite, timestamp: string | undefined): string {
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0);
  const skipped = cases.filter(({ verdict }) => verdict === 'skipped').length;
  return xmlElement(
    'testsuite',
    { name, ...countsOf(cases), skipped, time: seconds.toFixed(3), timestamp },
    cases.map((each) => caseElement(each, name)),
  );
}

function caseElement({ name, seconds, verdict, message, type, text }: TestCase, suite: string): string {
  const attributes = { classname: suite, name, time: seconds.toFixed(3) };
  const lines = escapeXml(text ?? '').replaceAll('&#10;', '\n');
  if (verdict !== 'passed')
    return xmlElement('testcase', attributes, [xmlElement(verdict, { message, type }, lines)]);
  return xmlElement('testcase', attributes, text === undefined ? [] : [xmlElement('system-out', {}, lines)]);
}

function countsOf(cases: readonly TestCase[]) {
  const count = (wanted: Verdict) => cases.filter(({ verdict }) => verdict === wanted).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error') };
}

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
