import type { ContractChange, DriftReport } from '../../protocol/drift.js';

/** A question about one difference. */
export interface DriftStep {
  readonly title: string;
  /** What differs. */
  readonly message: string;
  readonly picks: readonly DriftPick[];
}

export interface DriftPick {
  readonly label: string;
  readonly detail?: string;
  /** Absent for leaving the contract as it is. */
  readonly changes?: readonly ContractChange[];
}

/** What a person is asked, difference by difference; nothing where all files fit. */
export function driftSteps({ differences, contract }: DriftReport): readonly DriftStep[] {
  const open = differences.filter(({ kind }) => kind !== 'reordered');
  return open.map(({ message, choices }, index) => ({
    title: `${contract}: difference ${index + 1} of ${open.length}`,
    message,
    picks: [...choices.map(({ label, changes }) => ({ label, changes })), refuse],
  }));
}

const refuse: DriftPick = {
  label: 'Leave the contract as it is',
  detail: 'The files have to be corrected; until then nothing is built from them.',
};
