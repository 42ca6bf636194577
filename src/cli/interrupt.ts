import type { CommandContext } from './context.js';
import { exitCodes, interruptedCodes, isCancellation } from './exitCodes.js';
import type { InterruptSignal } from './terminal.js';

/**
 * Does work that Ctrl-C cancels: the first one aborts the signal and waits for the work to leave
 * everything in order, the second ends the process. Returns the work's exit code, or that of the
 * interruption where it came before the work was done.
 */
export async function interruptible(
  context: CommandContext,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  let interruptedBy: InterruptSignal | undefined;
  const onSignal = (signal: InterruptSignal) => {
    if (interruptedBy) return context.terminal.end(signal);
    interruptedBy = signal;
    context.screen.print(announcements[signal]);
    controller.abort();
  };
  const stopListening = listen(context, onSignal);
  try {
    const code = await work(controller.signal);
    return interruptedBy && code !== exitCodes.done ? interruptedCodes[interruptedBy] : code;
  } catch (error) {
    const stopped = isCancellation(error) || error === controller.signal.reason;
    if (interruptedBy && stopped) return interruptedCodes[interruptedBy];
    throw error;
  } finally {
    stopListening();
  }
}

/** Who sends SIGTERM, as a supervisor does, has no Ctrl-C. */
const announcements: Readonly<Record<InterruptSignal, string>> = {
  SIGINT: 'Cancelling. Ctrl-C again ends it at once.',
  SIGTERM: 'Cancelling: the system asked to end (SIGTERM).',
};

function listen({ terminal }: CommandContext, onSignal: (signal: InterruptSignal) => void): () => void {
  terminal.signalSource.on('SIGINT', onSignal);
  terminal.signalSource.on('SIGTERM', onSignal);
  return () => {
    terminal.signalSource.off('SIGINT', onSignal);
    terminal.signalSource.off('SIGTERM', onSignal);
  };
}
