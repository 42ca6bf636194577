/** One test's result, whichever way it ran. */
export interface TestResult {
  readonly title: string;
  /** Undefined for a test that passed. */
  readonly failure?: string;
}

/** The part of Mocha's `json` report that is read. */
export interface MochaReport {
  readonly tests: readonly {
    readonly fullTitle: string;
    readonly err: { readonly message?: string; readonly stack?: string };
  }[];
  readonly failures: readonly {
    readonly fullTitle: string;
    readonly err: { readonly message?: string; readonly stack?: string };
  }[];
}

/** The results of a report; a failed hook counts as a failed test. */
export function readReport(report: MochaReport): readonly TestResult[] {
  const failed = report.failures.map(({ fullTitle, err }) => ({
    title: fullTitle,
    failure: err.stack ?? err.message ?? 'failed without a message',
  }));
  const failedTitles = new Set(failed.map(({ title }) => title));
  const passed = report.tests.filter(({ fullTitle }) => !failedTitles.has(fullTitle));
  return [...passed.map(({ fullTitle }) => ({ title: fullTitle })), ...failed];
}
