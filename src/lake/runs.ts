import { randomUUID } from 'node:crypto';
import { faultLine } from '../protocol/fault.js';
import type { RunRecord } from '../protocol/run.js';
import type { LakeContext } from './context.js';
import { contentOf, createExclusively, makeDirectory, removeLeftover, replaceFile } from './durable.js';
import { explained } from './lakeProblem.js';
import { numberOf } from './layout.js';
import type { ManifestStore } from './manifestStore.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import type { ProcessIdentity } from './processes.js';
import { removeRunRejects } from './runRejects.js';

/** A run's record while it goes on also says who works on it, so that a killed run can be told from one that lasts. */
interface StoredRun extends RunRecord {
  readonly process?: ProcessIdentity;
}

/** What is known of a run when it begins. */
export type RunStart = Pick<RunRecord, 'startedAt' | 'selection'>;

/** The records of an environment's runs. */
export class Runs {
  constructor(
    private readonly context: LakeContext,
    private readonly store: ManifestStore,
    private readonly retained: number,
  ) {}

  /** Gives a run its number, which no other run ever has, and records it as `running`. */
  begin(start: RunStart): Promise<RunRecord> {
    return explained('record the run', () => this.beginNow(start));
  }

  /** Replaces a run's record by its final one, and removes the oldest records. */
  finish(record: RunRecord): Promise<void> {
    return explained(`record run ${record.run}`, () => this.finishNow(record));
  }

  /** One record, or undefined when there is none that can be read. */
  async read(run: number): Promise<RunRecord | undefined> {
    const path = this.context.layout.run(run);
    const text = await contentOf(this.context.fileSystem, path);
    if (text === undefined) return undefined;
    try {
      return await this.settled(JSON.parse(text) as StoredRun);
    } catch (error) {
      this.context.logger.warn(`The record of run ${run} in ${path} can't be read: ${faultLine(error)}`);
      return undefined;
    }
  }

  /** The newest records, newest first. */
  async list(limit = 20): Promise<RunRecord[]> {
    const newest = (await this.numbers()).slice(-limit).reverse();
    const records = await inParallel(newest, fileCallsAtOnce, (run) => this.read(run));
    return records.filter((record) => record !== undefined);
  }

  private async beginNow(start: RunStart): Promise<RunRecord> {
    const { layout, fileSystem, processes } = this.context;
    await makeDirectory(fileSystem, layout.runs);
    const lastPublished = (await this.store.newest()).run;
    for (;;) {
      const run = Math.max((await this.numbers()).at(-1) ?? 0, lastPublished) + 1;
      const record: RunRecord = {
        format: 1,
        run,
        environment: layout.environment,
        ...start,
        elapsedMs: 0,
        status: 'running',
        models: [],
        problems: [],
      };
      const text = print({ ...record, process: await processes.self() });
      const temporary = layout.runTemporary(run, randomUUID());
      if (await createExclusively(this.context, temporary, layout.run(run), text)) return record;
    }
  }

  private async finishNow(record: RunRecord): Promise<void> {
    const { layout } = this.context;
    const temporary = layout.runTemporary(record.run, randomUUID());
    await replaceFile(this.context, temporary, layout.run(record.run), print(record));
    const all = await this.numbers();
    const old = all.slice(0, -this.retained);
    await removeRunRejects(this.context, new Set(all.slice(-this.retained)));
    await inParallel(old, fileCallsAtOnce, (run) => removeLeftover(this.context, layout.run(run)));
  }

  private async settled({ process, ...record }: StoredRun): Promise<RunRecord> {
    if (record.status !== 'running' || process === undefined) return record;
    return (await this.context.processes.isGone(process)) ? { ...record, status: 'interrupted' } : record;
  }

  private async numbers(): Promise<number[]> {
    const names = await this.context.fileSystem.list(this.context.layout.runs);
    return names
      .map(numberOf)
      .filter((run) => run !== undefined)
      .sort((one, other) => one - other);
  }
}

function print(record: StoredRun): string {
  return `${JSON.stringify(record)}\n`;
}
