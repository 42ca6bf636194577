import { asLayer, type Layer } from '../protocol/layer.js';
import type { ResultColumn } from '../protocol/result.js';

/** What the language features know of a project at one moment. */
export interface Catalog {
  /** By key, `layer.name` in lower case. */
  readonly tables: ReadonlyMap<string, KnownTable>;
  /** Files as they came: paths below `data/landing`, with forward slashes. */
  readonly landing: readonly string[];
  /** Why it is unknown whether a notebook builds a table without a model, as `while a.ratnb can't be read`. */
  readonly unknown?: string;
}

/** A table of the lake that is published, or that a notebook would build, or both. */
export interface KnownTable {
  readonly key: string;
  readonly name: string;
  readonly layer: Layer;
  readonly form: 'table' | 'view';
  readonly published?: PublishedTable;
  readonly model?: DefinedModel;
}

/** A table's entry in the lake's manifest, as far as it is shown. */
export interface PublishedTable {
  readonly name: string;
  readonly form: 'table' | 'view';
  readonly version: PublishedVersion;
  readonly description?: string;
  readonly owner?: string;
  readonly tags: readonly string[];
  readonly columnDescriptions: Readonly<Record<string, string>>;
}

export interface PublishedVersion {
  readonly version: number;
  readonly rows: number;
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  /** The SELECT that made it. */
  readonly sql: string;
  readonly columns: readonly ResultColumn[];
  readonly inputs: readonly PublishedInput[];
  readonly checks: readonly { readonly check: string; readonly action: string }[];
}

export type PublishedInput =
  | { readonly kind: 'table'; readonly name: string; readonly version: number }
  | {
      readonly kind: 'landing';
      readonly pattern: string;
      readonly files: readonly { readonly path: string }[];
    }
  | { readonly kind: 'file'; readonly path: string };

/** A model as a notebook writes it, built or not. */
export interface DefinedModel {
  readonly key: string;
  readonly name: string;
  readonly layer: Layer;
  readonly form: 'table' | 'view';
  /** The notebook, relative to the project, with forward slashes. */
  readonly notebook: string;
  /** The cell's number in it, from 1. */
  readonly cell: number;
  readonly select: string;
  readonly description?: string;
  readonly owner?: string;
  readonly tags: readonly string[];
  readonly columnDescriptions: Readonly<Record<string, string>>;
  readonly checks: readonly { readonly check: string; readonly action: string }[];
}

/** Puts together what is published and what notebooks define; of two models of one table the first counts. */
export function makeCatalog(
  published: Readonly<Record<string, PublishedTable>>,
  models: readonly DefinedModel[],
  landing: readonly string[] = [],
  unknown?: string,
): Catalog {
  const tables = new Map<string, KnownTable>();
  for (const [key, entry] of Object.entries(published)) {
    const layer = asLayer(key.split('.')[0] ?? '');
    if (layer !== undefined) {
      tables.set(key, { key, name: entry.name, layer, form: entry.form, published: entry });
    }
  }
  for (const model of models) {
    const known = tables.get(model.key);
    if (known?.model !== undefined) continue;
    const { key, name, layer, form } = model;
    tables.set(key, { ...known, key, name, layer, form, model });
  }
  return { tables, landing, ...(unknown === undefined ? {} : { unknown }) };
}

export const emptyCatalog: Catalog = { tables: new Map(), landing: [] };

/** What a table is, in its author's words: those on the screen stand over those that were published. */
export function descriptionOf({ model, published }: KnownTable): string | undefined {
  return model === undefined ? published?.description : model.description;
}

export function ownerOf({ model, published }: KnownTable): string | undefined {
  return model === undefined ? published?.owner : model.owner;
}

/** What a column is, in its author's words. */
export function columnDescriptionOf({ model, published }: KnownTable, column: string): string | undefined {
  const described = model?.columnDescriptions ?? published?.columnDescriptions ?? {};
  const wanted = column.toLowerCase();
  return Object.entries(described).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
