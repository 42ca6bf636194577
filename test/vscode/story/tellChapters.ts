import type { TestResult } from '../launch/report.js';

export type Chapter = readonly [title: string, tell: () => Promise<void>];

/** Goes through chapters in order. Without one the next can't be told: the first failure ends it, after a photograph. */
export async function tellChapters(
  subject: string,
  chapters: readonly Chapter[],
  log: (message: string) => void,
  photograph: () => Promise<unknown>,
): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  for (const [chapter, tell] of chapters) {
    const title = `${subject} ${chapter}`;
    try {
      log(`  ${title} …`);
      await tell();
      results.push({ title });
    } catch (error) {
      // The failure is what counts: a picture that can't be taken must not hide it.
      await photograph().catch((fault) => log(`    no photograph: ${fault}`));
      const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return [...results, { title, failure }];
    }
  }
  return results;
}
