import * as vscode from 'vscode';
import type { Logger } from '../../protocol/logger.js';
import { walkthroughId } from '../identifiers.js';
import { knownSteps, nextStep, type Step, stepKey } from './steps.js';

const storageKey = 'ratatouille.stepsDone';

/** Between one telling and the next. */
const pausesMs = [500, 1500, 4000];

/** How far a person has come in this workspace. It is kept, and ticks the walkthrough by context keys. */
export class Progress {
  readonly #done: Set<Step>;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly log: Logger,
  ) {
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

  /**
   * Ticks again what is done, for some seconds after a walkthrough was opened. VS Code forgets to show what
   * came between its first look at the steps and the drawing of them, and nothing tells when that is.
   */
  async tellAgain(): Promise<void> {
    for (const pause of pausesMs) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      for (const step of this.#done) await this.#redraw(step);
    }
  }

  async #redraw(step: Step): Promise<void> {
    const id = `${walkthroughId}#${step}`;
    try {
      await vscode.commands.executeCommand('welcome.markStepIncomplete', id);
      await vscode.commands.executeCommand('welcome.markStepComplete', id);
    } catch (error) {
      // It does not know the step yet.
      this.log.debug(`The step ${id} could not be ticked: ${error}`);
    }
  }

  get next(): Step {
    return nextStep(this.#done);
  }
}

function tick(step: Step): Thenable<void> {
  return vscode.commands.executeCommand('setContext', stepKey(step), true);
}
