import { randomUUID } from 'node:crypto';
import type { LakeContext } from './context.js';
import { contentOf, createExclusively, makeDirectory, removeLeftover } from './durable.js';
import { errorCode } from './fileSystem.js';
import type { ProcessIdentity } from './processes.js';

/** What a lease's file says of its holder. */
export interface LeaseHolder extends ProcessIdentity {
  readonly token: string;
  /** ISO 8601, UTC; for people. */
  readonly since: string;
}

/** The lease's file of one environment: created, read and removed so that no two observers both win. */
export class LeaseFile {
  constructor(private readonly context: LakeContext) {}

  /** Creates the lease unless somebody has it. */
  async create(holder: LeaseHolder): Promise<boolean> {
    const { fileSystem, layout } = this.context;
    await makeDirectory(fileSystem, layout.leases);
    const temporary = layout.leaseNeighbour(holder.token, 'tmp');
    try {
      return await createExclusively(this.context, temporary, layout.lease, JSON.stringify(holder));
    } catch (error) {
      // The sweep of a new holder takes the temporary files of those that wait.
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  read(): Promise<string | undefined> {
    return contentOf(this.context.fileSystem, this.context.layout.lease);
  }

  /** What the holder last wrote to show that it lives. */
  async readBeat(token: string): Promise<string> {
    const { fileSystem, layout } = this.context;
    return (await contentOf(fileSystem, layout.leaseNeighbour(token, 'beat'))) ?? '';
  }

  /** A holder writes only to a file named by its own token: it can't touch its successor's lease. */
  writeBeat(token: string, beat: number): Promise<void> {
    const { fileSystem, layout } = this.context;
    return fileSystem.overwrite(layout.leaseNeighbour(token, 'beat'), String(beat));
  }

  /**
   * Removes the lease if its content is `expected`. It is renamed away first and looked at then, so of two
   * observers of one dead holder only one removes it, and neither removes the lease of a third.
   */
  async remove(expected: string): Promise<void> {
    const { fileSystem, layout } = this.context;
    if ((await this.read()) !== expected) return;
    const aside = layout.leaseNeighbour(randomUUID(), 'stale');
    try {
      await fileSystem.rename(layout.lease, aside);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      throw error;
    }
    const taken = await contentOf(fileSystem, aside);
    if (taken !== undefined && taken !== expected) await this.putBack(taken);
    await removeLeftover(this.context, aside);
    const token = parseHolder(expected)?.token;
    if (token !== undefined) await removeLeftover(this.context, layout.leaseNeighbour(token, 'beat'));
  }

  private async putBack(text: string): Promise<void> {
    const temporary = this.context.layout.leaseNeighbour(randomUUID(), 'tmp');
    const back = await createExclusively(this.context, temporary, this.context.layout.lease, text);
    if (!back) this.context.logger.warn('A lease was displaced by another; its holder will not commit.');
  }
}

/** Reads a lease; undefined when it is no lease, as when its file system filled it only in part. */
export function parseHolder(text: string): LeaseHolder | undefined {
  try {
    const { host, pid, token } = JSON.parse(text) as Partial<LeaseHolder>;
    const valid = typeof host === 'string' && typeof pid === 'number' && typeof token === 'string';
    return valid ? (JSON.parse(text) as LeaseHolder) : undefined;
  } catch {
    return undefined;
  }
}

/** The holder as a person knows it: `process 4711 on laptop`. */
export function describeHolder(text: string): string {
  const holder = parseHolder(text);
  return holder === undefined ? 'an unknown process' : `process ${holder.pid} on ${holder.host}`;
}
