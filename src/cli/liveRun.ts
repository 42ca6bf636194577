import type { RunEvent } from '../protocol/run.js';
import { RunProgress } from './print/runProgress.js';
import type { Screen } from './screen.js';

const redrawEveryMs = 100;

/**
 * Shows a run while it goes on: on a terminal the running models below the finished ones, elsewhere a
 * line for each start and each end.
 */
export async function followRun<Result>(
  screen: Screen,
  run: (onEvent: (event: RunEvent) => void) => Promise<Result>,
): Promise<Result> {
  const progress = new RunProgress(screen.style, { announceStarts: !screen.canBeLive });
  const onEvent = (event: RunEvent) => {
    for (const line of progress.apply(event, Date.now())) screen.print(line);
  };
  if (!screen.canBeLive) return run(onEvent);
  await screen.startLive();
  const redraw = setInterval(() => screen.draw(progress.runningLines(Date.now())), redrawEveryMs);
  try {
    return await run(onEvent);
  } finally {
    clearInterval(redraw);
    screen.endLive();
  }
}
