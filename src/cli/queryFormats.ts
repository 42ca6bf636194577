/** How `query` can print its rows. */
export const printedFormats = ['table', 'csv', 'json', 'ndjson', 'markdown', 'chart'] as const;
export type PrintedFormat = (typeof printedFormats)[number];

/** Parquet is written by the engine. */
export const queryFormats = [...printedFormats, 'parquet'] as const;
export type QueryFormat = (typeof queryFormats)[number];
