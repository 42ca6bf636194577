import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openLake } from '../../../src/lake/lake.js';
import type { Processes } from '../../../src/lake/processes.js';
import { ProblemError } from '../../../src/protocol/problem.js';
import { publish, writing } from './lakeFixture.js';

/** Nothing of this process can be seen from another host, nor that it has ended. */
function processesOf(host: string): Processes {
  return { self: async () => ({ host, boot: host, pid: process.pid }), isGone: async () => false };
}

/** A process of its own that works on a lake: `node lakeChild.js <task> <root> <argument>`. */
const [task = '', root = '', given = ''] = process.argv.slice(2);
/** `6@container` is a process on the host `container`, which nobody on another host can see. */
const [argument = '', host] = given.split('@');
const lake = openLake({
  root,
  leaseTimes: { beatMs: 50, silenceMs: 30_000, lookMs: 20 },
  ...(host === undefined ? {} : { processes: processesOf(host) }),
});
const say = (text: string) => process.stdout.write(`${text}\n`);

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  /** Publishes one shared table so many times, with a lease for each. */
  async take(): Promise<void> {
    for (let count = 0; count < Number(argument); count += 1) {
      await writing(lake, (writer) => publish(writer, { 'gold.shared': `${process.pid} ${count}` }));
    }
  },

  /** Publishes two tables of one batch for ever; says each number before and after. */
  async loop(): Promise<void> {
    for (let count = Number(argument); ; count += 1) {
      say(`begin ${count}`);
      await writing(lake, (writer) => publish(writer, { 'gold.a': `${count}`, 'gold.b': `${count}` }));
      say(`done ${count}`);
    }
  },

  /** Holds the lease, and publishes when a line comes; says how that ended. */
  async hold(): Promise<void> {
    const writer = await lake.openWriter();
    say('held');
    await once(createInterface(process.stdin), 'line');
    await report(() => publish(writer, { 'gold.a': 'of the sleeper' }));
    await writer.close();
    process.exit();
  },

  /** Tries to write into a file in place. */
  async overwrite(): Promise<void> {
    await report(async () => writeFileSync(argument, 'other bytes'));
  },

  /** Replaces a file by another one, as careful writers do. */
  async replace(): Promise<void> {
    writeFileSync(`${argument}.new`, 'other bytes');
    renameSync(`${argument}.new`, argument);
  },

  /** Repairs what a doctor finds; says what is left. */
  async repair(): Promise<void> {
    await lake.repair({ quick: false });
    const { findings } = await lake.examine({ quick: false });
    say(findings.map(({ kind }) => kind).join());
  },

  /** Publishes a table and a folder as whoever runs this. */
  async publish(): Promise<void> {
    const files = { 'a.parquet': '1\n', 'b.parquet': '2\n' };
    await writing(lake, (writer) => publish(writer, { 'gold.a': argument, 'gold.parts': { files } }));
  },
};

async function report(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
    say('done');
  } catch (error) {
    say(error instanceof ProblemError ? error.problem.code : String((error as NodeJS.ErrnoException).code));
  }
}

await tasks[task]?.();
