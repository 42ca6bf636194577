import type { Problem } from './problem.js';

/** The notebooks, by their paths, that can't be read: which models they hold is unknown. */
export function unreadableNotebooks(problems: readonly Problem[]): readonly string[] {
  const unreadable = problems.filter(({ code }) => code === 'notebook.unreadable');
  return [...new Set(unreadable.flatMap(({ place }) => place?.notebook ?? []))];
}
