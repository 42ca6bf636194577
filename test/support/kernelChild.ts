import { channelLogger, processChannel } from '../../src/kernel/host/channel.js';
import { serve } from '../../src/kernel/host/serve.js';
import type { KernelService, KernelWork, RunContext } from '../../src/kernel/host/service.js';
import type { CellOutcome } from '../../src/protocol/kernel.js';
import { ProblemError, problem } from '../../src/protocol/problem.js';

/** What a cell of this kernel does, by its text. */
const cells: Readonly<Record<string, (context: RunContext) => Promise<CellOutcome['status']>>> = {
  succeed: async () => 'succeeded',
  wait: ({ signal }) =>
    new Promise((resolve) => {
      const alive = setInterval(() => {}, 1000);
      const stop = () => {
        clearInterval(alive);
        resolve('cancelled');
      };
      signal.addEventListener('abort', stop, { once: true });
    }),
  'wait for ever': () => new Promise(() => setInterval(() => {}, 1000)),
  'exit 7': async () => process.exit(7),
  'be killed': async () => {
    process.kill(process.pid, 'SIGKILL');
    return 'failed';
  },
  throw: async () => {
    throw new TypeError('something of ours');
  },
  'throw unawaited': () =>
    new Promise(() => {
      setImmediate(() => {
        throw new TypeError('something unawaited');
      });
    }),
  environment: async () => {
    throw new ProblemError(problem('sql.failed', JSON.stringify(process.env)));
  },
};

const runCells: KernelWork['run cells'] = async ({ notebook, run }, context) => {
  const outcomes: CellOutcome[] = [];
  for (const cell of run) {
    context.emit({ kind: 'cell started', cell });
    const status = (await cells[notebook.cells[cell]?.text ?? '']?.(context)) ?? 'failed';
    const outcome: CellOutcome = { cell, status, problems: [] };
    context.emit({ kind: 'cell finished', outcome });
    outcomes.push(outcome);
  }
  return outcomes;
};

const refuse = async (): Promise<never> => {
  throw new ProblemError(problem('internal', 'This kernel only runs cells.'));
};

/** A kernel without an engine, to test what carries its requests. */
const service: KernelService = {
  open: async ({ project }) => {
    if (project === 'missing') throw new ProblemError(problem('project.missing', 'There is no project.'));
    return { engine: 'none', processId: process.pid };
  },
  work: {
    'run cells': runCells,
    plan: refuse,
    'run pipeline': refuse,
    status: refuse,
    'first rows': refuse,
    'export rows': refuse,
    'locate row': refuse,
    quality: refuse,
    'inspect file': refuse,
    drift: refuse,
    'accept drift': refuse,
    'look at data': refuse,
    'add data': refuse,
    'kept tables': refuse,
    restore: refuse,
    rename: refuse,
  },
  close: async () => {},
};

const channel = processChannel();
serve(service, channel, channelLogger(channel));
