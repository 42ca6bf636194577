import * as vscode from 'vscode';
import { knownSteps, nextStep, type Step, stepKey } from './steps.js';

const storageKey = 'ratatouille.stepsDone';

/** How far a person has come in this workspace. It is kept, and ticks the walkthrough by context keys. */
export class Progress {
  readonly #done: Set<Step>;

  constructor(private readonly memory: vscode.Memento) {
    this.#done = new Set(knownSteps(memory.get<readonly string[]>(storageKey, [])));
    for (const step of this.#done) tick(step);
  }

  /** A person did something that a step asks for. */
  mark(...done: readonly Step[]): void {
    const fresh = done.filter((step) => !this.#done.has(step));
    if (fresh.length === 0) return;
    for (const step of fresh) {
      this.#done.add(step);
      tick(step);
    }
    this.memory.update(storageKey, [...this.#done]);
  }

  /** Says again what is done: VS Code listens to changes, and not before it knows the walkthrough. */
  async tellAgain(): Promise<void> {
    for (const step of this.#done) {
      await vscode.commands.executeCommand('setContext', stepKey(step), false);
      await tick(step);
    }
  }

  get next(): Step {
    return nextStep(this.#done);
  }
}

function tick(step: Step): Thenable<void> {
  return vscode.commands.executeCommand('setContext', stepKey(step), true);
}
