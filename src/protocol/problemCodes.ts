/**
 * Every code a {@link Problem} can have. `exit` is what the terminal returns for it:
 * 1 the data or a model failed, 2 the person must fix the call or the project, 3 somebody else is writing.
 * `docs/errors.md` describes each; a test holds the two together both ways.
 */
export const problemCodes = {
  'notebook.unreadable': { exit: 2 },
  'notebook.declaration': { exit: 2 },
  'sql.syntax': { exit: 2 },
  'sql.unserialisable': { exit: 2 },
  'sql.failed': { exit: 1 },
  'sql.cancelled': { exit: 1 },
  'model.form': { exit: 2 },
  'model.name': { exit: 2 },
  'model.duplicate': { exit: 2 },
  'model.write': { exit: 2 },
  'model.storage': { exit: 1 },
  'graph.cycle': { exit: 2 },
  'graph.upward': { exit: 2 },
  'graph.order': { exit: 2 },
  'graph.unknown-table': { exit: 2 },
  'graph.landing-outside-bronze': { exit: 2 },
  'graph.never-built': { exit: 1 },
  'graph.unordered': { exit: 1 },
  'graph.orphan': { exit: 1 },
  'selection.unknown': { exit: 2 },
  'project.missing': { exit: 2 },
  'project.settings': { exit: 2 },
  'landing.path': { exit: 2 },
  'landing.empty': { exit: 2 },
  'landing.contract': { exit: 2 },
  'landing.frozen': { exit: 2 },
  'landing.file': { exit: 1 },
  'landing.lineage': { exit: 1 },
  'check.failed': { exit: 1 },
  'check.warned': { exit: 1 },
  'lake.busy': { exit: 3 },
  'lake.conflict': { exit: 3 },
  'lake.damaged': { exit: 1 },
  'lake.restored': { exit: 1 },
  'lake.write-refused': { exit: 2 },
  'run.upstream-failed': { exit: 1 },
  'scaffold.not-empty': { exit: 2 },
  'cli.usage': { exit: 2 },
  'kernel.died': { exit: 1 },
  internal: { exit: 1 },
} as const satisfies Readonly<Record<string, { readonly exit: 1 | 2 | 3 }>>;

export type ProblemCode = keyof typeof problemCodes;
