import type { Problem } from '../protocol/problem.js';
import type { ModelInputs } from './inputs.js';
import type { Model, SessionStatement } from './model.js';

/** A model with what it reads and what is wrong with it. */
export interface GraphNode {
  readonly model: Model;
  readonly session: readonly SessionStatement[];
  readonly inputs: ModelInputs;
  /** Keys of the models it reads, each once. */
  readonly upstream: readonly string[];
  /** An error among them keeps the model, and what depends on it, from being built. */
  readonly problems: readonly Problem[];
}
