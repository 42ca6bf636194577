import type { GraphNode } from '../graph/node.js';
import type { TableDetails } from '../lake/changes.js';
import type { TableEntry } from '../lake/manifest.js';

/** What a model says of its table for people to read. */
export function detailsOf({ model }: GraphNode): TableDetails {
  return {
    ...(model.description === undefined ? {} : { description: model.description }),
    ...(model.owner === undefined ? {} : { owner: model.owner }),
    tags: model.tags,
    columnDescriptions: Object.fromEntries(model.columns.map(({ column, value }) => [column, value])),
    notebook: model.position.notebook,
    cell: model.position.cell,
  };
}

/** What is published of it. */
export function detailsIn({
  description,
  owner,
  tags,
  columnDescriptions,
  notebook,
  cell,
}: TableEntry): TableDetails {
  return {
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
    tags,
    columnDescriptions,
    notebook,
    cell,
  };
}

/** The rest of a table's entry. */
export function withoutDetails({ name, form, version, earlier }: TableEntry) {
  return { name, form, version, earlier };
}
