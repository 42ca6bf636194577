import { contextKeys } from '../identifiers.js';

/** The steps of the walkthrough, in order. package.json has a step of each name; a test holds them together. */
export const steps = ['create', 'raw', 'bronze', 'silver', 'gold', 'query', 'chart', 'ownData'] as const;

export type Step = (typeof steps)[number];

/** The context key that ticks a step. */
export function stepKey(step: Step): string {
  return `${contextKeys.did}.${step}`;
}

/** The first step that is not done; the last one when all are. */
export function nextStep(done: ReadonlySet<Step>): Step {
  return steps.find((step) => !done.has(step)) ?? 'ownData';
}

/** The steps among some names, whatever else they are: a later version may have kept others. */
export function knownSteps(names: readonly string[]): ReadonlySet<Step> {
  return new Set(steps.filter((step) => names.includes(step)));
}
