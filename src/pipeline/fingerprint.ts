import { createHash } from 'node:crypto';
import type { Model } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { Fingerprint } from '../lake/manifest.js';
import type { Check } from '../notebook/checks.js';
import { normaliseSql } from '../sql/normalise.js';
import type { InputState } from './inputStates.js';

/**
 * Raised when a version written by this program would differ from one written before for the same SQL and
 * inputs, as after a change of the storage rules or of how `landing()` reads. Every table is then built again.
 */
const storageRules = 2;

/** What a fingerprint is made of besides the model itself. */
export interface FingerprintContext {
  readonly engineVersion: string;
  readonly timeZone: string;
  readonly inputs: readonly InputState[];
  /** Hashes of the contracts of the landing patterns, in the order of the inputs. */
  readonly contracts: readonly string[];
}

/** The parts that decide whether a table is up to date. Pure. */
export function fingerprintOf(node: GraphNode, context: FingerprintContext): Fingerprint {
  const { model, session } = node;
  return {
    sql: modelHash(model),
    session: hash(session.map(({ text }) => normaliseSql(text))),
    inputs: hash(context.inputs.map(inputText)),
    contracts: hash(context.contracts),
    checks: hash(model.checks.map(checkText)),
    engine: `${context.engineVersion}; storage ${storageRules}; ${context.timeZone}`,
  };
}

/** What two models have in common that build the same table under different names. */
export function modelHash({ form, normalised }: Pick<Model, 'form' | 'normalised'>): string {
  return hash([form, normalised]);
}

/** An order-independent text of a check, as `not_null(a)|drop`. */
export function checkText(check: Pick<Check, 'text' | 'action'>): string {
  return `${normaliseSql(check.text)}|${check.action}`;
}

function inputText(input: InputState): string {
  switch (input.kind) {
    case 'table':
      return `table ${input.name.toLowerCase()} ${input.version} of run ${input.run}`;
    case 'landing':
      return `landing ${input.pattern} ${input.files.map(({ path, sha256 }) => `${path} ${sha256}`).join('\n')}`;
    case 'file':
      return `file ${input.path} ${input.sha256}`;
  }
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
