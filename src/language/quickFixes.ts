import type { Problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { lakeKey, parseLakeTable } from '../sql/names.js';
import { writtenName } from '../sql/writtenName.js';
import type { Catalog, DefinedModel } from './catalog.js';
import { modelsOfCell } from './definedModels.js';
import { nameAt, replacedSpan } from './replacedSpan.js';
import { queriesAt } from './statementAt.js';
import { findColumn, visibleSources } from './visibleColumns.js';

/** Something that mends a problem when a person chooses it. */
export type QuickFix = { readonly title: string } & (
  | { readonly kind: 'replace'; readonly span: Span; readonly text: string }
  /** Both by their numbers in the notebook, from 1. */
  | { readonly kind: 'move cell'; readonly cell: number; readonly above: number }
  /** Run a cell, then the one with the problem. */
  | { readonly kind: 'run cell'; readonly notebook: string; readonly cell: number }
  /** Show a cell of another notebook. */
  | { readonly kind: 'go to cell'; readonly notebook: string; readonly cell: number }
  | { readonly kind: 'run with upstream' }
  /** Choose how a contract takes up what its files have now; by the pattern of the `landing()`. */
  | { readonly kind: 'accept drift'; readonly pattern: string }
  | { readonly kind: 'trust' }
);

/** A problem as it is marked in a cell's text. */
export interface MarkedProblem {
  readonly problem: Problem;
  /** The notebook, relative to its project, with forward slashes; undefined outside of any project. */
  readonly notebook: string | undefined;
  readonly text: string;
  readonly span: Span;
}

/** What can be done about a problem, the best first; nothing where only a person can decide. */
export function quickFixes(marked: MarkedProblem, catalog: Catalog): readonly QuickFix[] {
  const { problem } = marked;
  switch (problem.code) {
    case 'workspace.untrusted':
      return [{ kind: 'trust', title: 'Decide whether you trust this folder' }];
    case 'run.stale-upstream':
      return [runWithUpstream];
    case 'sql.failed':
      return [
        ...ownFixes(marked, catalog),
        ...(problem.fix === undefined ? meantColumn(marked, catalog) : []),
      ];
    case 'graph.never-built':
      return [
        ...ownFixes(marked, catalog),
        ...(modelsOfCell(marked.text).length > 0 ? [runWithUpstream] : []),
      ];
    default:
      return ownFixes(marked, catalog);
  }
}

const runWithUpstream: QuickFix = {
  kind: 'run with upstream',
  title: 'Run this cell with all that it reads',
};

/** What the problem itself says can be done. */
function ownFixes({ problem, notebook, text, span }: MarkedProblem, catalog: Catalog): readonly QuickFix[] {
  const { fix } = problem;
  switch (fix?.kind) {
    case undefined:
      return [];
    case 'replace':
      return fix.texts.map((meant) => replacement(text, replacedSpan(text, span, meant), meant));
    case 'move cell':
      return [{ ...fix, title: 'Move the cell that builds it above this one' }];
    case 'accept drift':
      return [{ ...fix, title: 'Choose what the contract says from now on…' }];
    case 'build': {
      const table = parseLakeTable(fix.model);
      const model = table === undefined ? undefined : catalog.tables.get(lakeKey(table))?.model;
      return model === undefined ? [] : [toBuilder(model, notebook)];
    }
  }
}

/** Each notebook runs by itself, so a cell of another one is shown and not run. */
function toBuilder({ name, notebook, cell }: DefinedModel, from: string | undefined): QuickFix {
  return notebook === from
    ? { kind: 'run cell', notebook, cell, title: `Run the cell that builds ${name}, then this one` }
    : { kind: 'go to cell', notebook, cell, title: `Go to the cell that builds ${name} (${notebook})` };
}

function replacement(text: string, span: Span, meant: string): QuickFix {
  return {
    kind: 'replace',
    span,
    text: meant,
    title: `Change ${text.slice(span.start, span.end)} to ${meant}`,
  };
}

/** The engine names no candidates for `s.amout`; the catalog knows what `s` has. */
function meantColumn({ text, span }: MarkedProblem, catalog: Catalog): readonly QuickFix[] {
  const name = nameAt(text, span.start);
  const sources = visibleSources(queriesAt(text, span.start), catalog);
  const [column, owner] = (name?.parts ?? []).map((part) => part.toLowerCase()).toReversed();
  if (name === undefined || column === undefined || findColumn(name.parts.slice(-2), sources) !== undefined)
    return [];
  const owners = sources.filter(({ names }) => owner === undefined || names.includes(owner));
  if (owner !== undefined && owners.length === 0) {
    const meant = suggest(
      owner,
      sources.flatMap(({ names }) => names),
    );
    const first = name.spans.at(-2);
    return meant === undefined || first === undefined ? [] : [replacement(text, first, writtenName(meant))];
  }
  const known = owners.flatMap(({ columns }) => columns.map((each) => each.name));
  const meant = suggest(column, known);
  const last = name.spans.at(-1);
  return meant === undefined || last === undefined ? [] : [replacement(text, last, writtenName(meant))];
}
