import type { Span } from '../protocol/text.js';
import type { References } from '../sql/parser.js';
import type { RowShape } from '../sql/rowShape.js';

const noShape: RowShape = { countable: false, why: 'it is no SELECT' };

/** References to nothing. */
export const noReferences: References = {
  tables: [],
  tableFunctions: [],
  functions: [],
  types: [],
  variables: [],
  volatile: [],
  aggregates: [],
  windows: [],
  unordered: [],
  keepsEveryRow: false,
  shape: noShape,
};

/** The same references with all offsets mapped, as from an embedded query to the statement around it. */
export function mapReferences(references: References, map: (offset: number) => number): References {
  const mapSpan = ({ start, end }: Span): Span => ({ start: map(start), end: map(end) });
  return {
    ...references,
    tables: references.tables.map((table) => ({
      ...table,
      span: mapSpan(table.span),
      ...(table.at === undefined ? {} : { at: { ...table.at, span: mapSpan(table.at.span) } }),
    })),
    tableFunctions: references.tableFunctions.map((call) => ({ ...call, span: mapSpan(call.span) })),
    aggregates: references.aggregates.map(mapSpan),
    windows: references.windows.map(mapSpan),
    unordered: references.unordered.map((each) => ({ ...each, span: mapSpan(each.span) })),
  };
}

/** What several queries of one statement refer to together, as the overloads of a macro. */
export function joinReferences(all: readonly References[]): References {
  const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
  return {
    tables: all.flatMap(({ tables }) => tables),
    tableFunctions: all.flatMap(({ tableFunctions }) => tableFunctions),
    functions: unique(all.flatMap(({ functions }) => functions)),
    types: unique(all.flatMap(({ types }) => types)),
    variables: unique(all.flatMap(({ variables }) => variables)),
    volatile: unique(all.flatMap(({ volatile }) => volatile)),
    aggregates: all.flatMap(({ aggregates }) => aggregates),
    windows: all.flatMap(({ windows }) => windows),
    unordered: all.flatMap(({ unordered }) => unordered),
    keepsEveryRow: false,
    shape: noShape,
  };
}
