import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Does the work of each node as soon as that of all nodes above it is done, at most `concurrency` at a
 * time. Every node gets its turn, also below a failure: what to do then is the work's own decision. Work
 * that only waits from some point on calls `release` there, and another begins in its place.
 * @param order keys, upstream first.
 * @param upstreamOf the keys directly above one; those that are not in `order` count as done.
 */
export async function schedule<Result>(
  order: readonly string[],
  upstreamOf: (key: string) => readonly string[],
  concurrency: number,
  work: (key: string, upstream: readonly Result[], release: () => void) => Promise<Result>,
): Promise<ReadonlyMap<string, Result>> {
  const limit = pLimit(concurrency);
  const running = new Map<string, Promise<Result>>();
  for (const key of order) {
    const above = upstreamOf(key).flatMap((each) => running.get(each) ?? []);
    running.set(
      key,
      Promise.all(above).then((upstream) => inTurn(limit, (release) => work(key, upstream, release))),
    );
  }
  // Nothing may still run when this returns or throws: what runs needs what the caller closes then.
  await Promise.allSettled(running.values());
  const done = await Promise.all([...running].map(async ([key, result]) => [key, await result] as const));
  return new Map(done);
}

function inTurn<Result>(
  limit: LimitFunction,
  work: (release: () => void) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const place = () =>
      new Promise<void>((release) => {
        work(release).then(resolve, reject).finally(release);
      });
    limit(place).catch(reject);
  });
}
