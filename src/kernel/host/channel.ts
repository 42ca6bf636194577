import { describeFault } from '../../protocol/fault.js';
import type { MessageFromKernel } from '../../protocol/kernel.js';
import type { Logger } from '../../protocol/logger.js';

/** The connection to the process that started this one. */
export interface KernelChannel {
  /** Resolves once the message is handed over, or can't be: the other side is gone. Never rejects. */
  send(message: MessageFromKernel): Promise<void>;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the other side is gone. */
  onDisconnect(listener: () => void): void;
  /** Called with an exception that nothing caught. */
  onCrash(listener: (error: unknown) => void): void;
  /** Ends this process at once, whatever still runs in it. */
  exit(): void;
}

/**
 * The channel of a forked process.
 *
 * It exits by a signal to itself: `process.exit` waits for the engine's running query, a signal does not.
 */
export function processChannel(): KernelChannel {
  return {
    send: (message) =>
      new Promise((resolve) => {
        if (process.connected && process.send) process.send(message, undefined, undefined, () => resolve());
        else resolve();
      }),
    onMessage: (listener) => process.on('message', listener),
    onDisconnect: (listener) => process.once('disconnect', listener),
    onCrash: (listener) => process.on('uncaughtException', listener),
    exit: () => process.kill(process.pid, 'SIGKILL'),
  };
}

/** A logger whose lines appear in the editor's output channel. */
export function channelLogger(channel: KernelChannel): Logger {
  const log = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string) => {
    channel.send({ kind: 'log', level, message });
  };
  const error: Logger['error'] = (message, fault) =>
    log('error')([message, ...(fault === undefined ? [] : describeFault(fault))].join('\n'));
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error };
}
