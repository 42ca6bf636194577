import type { Problem } from './problem.js';
import type { PlanReport } from './run.js';

/** Tells whether a problem may hide models from us: with it, that no known model builds a table says nothing. */
export function hidesModels({ code }: Problem): boolean {
  return code === 'notebook.unreadable' || code === 'project.no-notebooks';
}

/**
 * Why nobody knows which tables are orphans, to stand after “is unknown”: `while notebooks/a.ratnb can't be read`.
 * Undefined where every notebook is known.
 */
export function whyOrphansAreUnknown(problems: readonly Problem[]): string | undefined {
  const hiding = problems.filter(hidesModels);
  if (hiding.length === 0) return undefined;
  const unreadable = hiding.filter(({ code }) => code === 'notebook.unreadable');
  if (unreadable.length === 0) return 'while no notebook is found';
  const notebooks = new Set(unreadable.map(({ place }) => place?.notebook ?? 'a notebook'));
  return `while ${[...notebooks].join(', ')} can't be read`;
}

/** What is said of such a table, as a reason. */
export function unknownOrphan(why: string): string {
  return `whether a model builds it is unknown ${why}`;
}

/** The orphans that no model is told to take over by a renaming: to remove those too would be the opposite advice. */
export function strayOrphans({ entries, orphans }: PlanReport): readonly string[] {
  const renamed = new Set(entries.map(({ renames }) => renames));
  return orphans.filter((name) => !renamed.has(name));
}
