/**
 * Runs `task` on each item, at most `limit` at once, and returns the results in order. After a failure no
 * further task starts, and the first failure is thrown when the running ones have ended: nothing goes on
 * behind the caller's back.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const failures: unknown[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) {
      if (failures.length > 0) return;
      try {
        results[index] = await task(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** How many calls of the file system are worth having under way at once: beyond this fsync gains nothing. */
export const fileCallsAtOnce = 16;
