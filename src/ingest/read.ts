import type { ResultColumn } from '../protocol/result.js';
import { quoteIdentifier, quoteLiteral } from '../sql/names.js';
import { readAs, typedColumns } from './columnType.js';
import type { Contract } from './contractSchema.js';
import { isCompressed } from './fileBytes.js';
import { type FileHeader, longestRecord } from './header.js';
import type { LandingFile } from './landingFiles.js';

/** A file with its header. */
export interface HeadedFile extends LandingFile {
  readonly header: FileHeader;
}

/** The columns of {@link selectOf}. */
export function landingColumns(contract: Contract): readonly ResultColumn[] {
  return [...contract.columns, { name: '_file', type: 'VARCHAR' }, { name: '_row', type: 'BIGINT' }];
}

/**
 * The query that reads files by their contract, strictly: a record that does not fit fails it. Every file is a
 * query of its own, because only there does `row_number() OVER ()` give the number of the record in its file;
 * over several files, or partitioned by file, it does not.
 */
export function selectOf(files: readonly HeadedFile[], contract: Contract): string {
  const names = contract.columns.map(({ name }) => quoteIdentifier(name));
  const reads = files.map(
    (file) =>
      `SELECT ${names.join(', ')}, ${quoteLiteral(file.path)} AS _file, row_number() OVER () AS _row\nFROM ${readCsv(file, contract)}`,
  );
  const columns = typedColumns(contract.columns, contract);
  const attempts = columns.flatMap(({ attempt }) => attempt ?? []);
  const converted = columns.map((column) => column.converted);
  return (
    `SELECT ${[...converted, '_file', '_row'].join(', ')}\n` +
    `FROM (SELECT ${['*', ...attempts].join(', ')} FROM (\n${reads.join('\nUNION ALL\n')}\n))`
  );
}

/**
 * All options are given: what the engine finds out by itself, it finds differently from file to file.
 * `new_line` alone is not, because with it the strict reader gives no rows and no error. `parallel` would let
 * it guess where records begin in the middle of a file, and take lines inside long quoted values for records;
 * numbering the records reads the file by one thread anyway. `hive_partitioning` would replace a column by a
 * part of the path.
 */
function readCsv(file: HeadedFile, contract: Contract): string {
  const options = [
    'auto_detect = false',
    `header = ${contract.header}`,
    `delim = ${quoteLiteral(contract.delimiter)}`,
    `quote = ${quoteLiteral(contract.quote)}`,
    `escape = ${quoteLiteral(contract.escape)}`,
    'strict_mode = true',
    `columns = {${columnsOf(file, contract)}}`,
    `nullstr = [${contract.nullStrings.map(quoteLiteral).join(', ')}]`,
    `encoding = ${quoteLiteral(contract.encoding)}`,
    `compression = ${quoteLiteral(isCompressed(file.path) ? 'gzip' : 'none')}`,
    `max_line_size = ${longestRecord}`,
    `buffer_size = ${2 * longestRecord}`,
    'parallel = false',
    'hive_partitioning = false',
  ];
  return `read_csv(${quoteLiteral(literalPath(file.absolute))}, ${options.join(', ')})`;
}

/** The engine goes by position, so each file's columns are listed in its own order. */
function columnsOf({ header }: HeadedFile, { columns }: Contract): string {
  const typeOf = new Map(columns.map(({ name, type }) => [name, readAs(type)]));
  return header.order
    .map((name) => `${quoteLiteral(name)}: ${quoteLiteral(typeOf.get(name) ?? 'VARCHAR')}`)
    .join(', ');
}

/** The engine takes a path for a pattern: `a[1].csv` would read `a1.csv`. */
function literalPath(absolute: string): string {
  const path = process.platform === 'win32' ? absolute.replaceAll('\\', '/') : absolute;
  return path.replaceAll(/[*?[]/g, '[$&]');
}
