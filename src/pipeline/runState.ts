import type { Graph } from '../graph/graph.js';
import type { SessionStatements } from '../graph/sessionUse.js';
import type { Change } from '../lake/changes.js';
import type { Manifest } from '../lake/manifest.js';
import type { Writer } from '../lake/writer.js';
import type { GroupCommit } from './groupCommit.js';

/** What the models of one run share, and the place of this one among those that are worked on. */
export interface RunState {
  readonly graph: Graph;
  readonly sessions: SessionStatements;
  readonly writer: Writer;
  /** Resolves with the manifest that holds the change. */
  readonly commits: GroupCommit<Change, Manifest>;
  readonly fullRefresh: boolean;
  readonly damage: ReadonlyMap<string, string>;
  /** Keys of the models that got a new version in this run. */
  readonly rebuilt: Set<string>;
  /** The run's number. */
  readonly run: number;
  readonly startedAt: Date;
  readonly signal: AbortSignal;
  readonly onProgress: (model: string, share: number) => void;
  /** Lets another model begin: from here on this one only waits for its commit. */
  readonly release: () => void;
}
