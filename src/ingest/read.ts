import type { ResultColumn } from '../protocol/result.js';
import { quoteIdentifier, quoteLiteral } from '../sql/names.js';
import { longestCopiedRecord, rowNumbersFor } from './cleanCopy.js';
import { typedColumns } from './columnType.js';
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
  const columns = contract.columns.map(({ name, type }) => ({ name, type }));
  return [...columns, { name: '_file', type: 'VARCHAR' }, { name: '_row', type: 'BIGINT' }];
}

/** A file as the engine reads it. */
export interface ReadableFile extends HeadedFile {
  /** The absolute path of a {@link CleanCopy} to read instead. */
  readonly copy?: string;
}

/**
 * The query that reads files by their contract, strictly: a record that does not fit fails it.
 * @param rejects the absolute path of a Parquet file whose `_file` and `_row` name records to leave out.
 */
export function selectOf(files: readonly ReadableFile[], contract: Contract, rejects?: string): string {
  const columns = typedColumns(contract.columns, contract);
  const attempts = columns.flatMap(({ attempt }) => attempt ?? []);
  const converted = columns.map((column) => column.converted);
  const texts = textsOf(files, contract);
  const left =
    rejects === undefined
      ? texts
      : `SELECT * FROM (${texts}) AS r ANTI JOIN ${parquetOf(rejects)} AS x ON r._file = x._file AND r._row = x._row`;
  return (
    `SELECT ${[...converted, '_file', '_row'].join(', ')}\n` +
    `FROM (SELECT ${['*', ...attempts].join(', ')} FROM (\n${left}\n))`
  );
}

/**
 * The texts of all records with `_file` and `_row`. Every file is a query of its
 * own, because only there does `row_number() OVER ()` give the number of the record in its file; over several
 * files, or partitioned by file, it does not.
 */
export function textsOf(files: readonly ReadableFile[], contract: Contract): string {
  const { digits } = rowNumbersFor(contract);
  const reads = files.map((file) => {
    const row =
      file.copy === undefined ? 'row_number() OVER ()' : `translate(_row, '${digits}', '0123456789')::BIGINT`;
    return `SELECT ${textColumnsOf(file, contract)}, ${quoteLiteral(file.path)} AS _file, ${row} AS _row\nFROM ${readCsv(file, contract)}`;
  });
  return reads.join('\nUNION ALL\n');
}

/** The contract's columns; one that the file lacks is empty. */
function textColumnsOf({ header }: ReadableFile, { columns }: Contract): string {
  const present = new Set(header.order);
  return columns
    .map(({ name }) => {
      const column = quoteIdentifier(name);
      return present.has(name) ? column : `NULL::VARCHAR AS ${column}`;
    })
    .join(', ');
}

/** A Parquet file in a FROM. */
export function parquetOf(absolute: string, more = ''): string {
  return `read_parquet(${quoteLiteral(literalPath(absolute))}, hive_partitioning = false${more})`;
}

/**
 * All options are given: what the engine finds out by itself, it finds differently from file to file.
 * `new_line` alone is not, because with it the strict reader gives no rows and no error. `parallel` would let
 * it guess where records begin in the middle of a file, and take lines inside long quoted values for records;
 * numbering the records reads the file by one thread anyway. `hive_partitioning` would replace a column by a
 * part of the path.
 */
function readCsv(file: ReadableFile, contract: Contract): string {
  const isCopy = file.copy !== undefined;
  const longest = isCopy ? longestCopiedRecord(contract) : longestRecord;
  const options = [
    'auto_detect = false',
    `header = ${contract.header || isCopy}`,
    `delim = ${quoteLiteral(contract.delimiter)}`,
    `quote = ${quoteLiteral(contract.quote)}`,
    `escape = ${quoteLiteral(contract.escape)}`,
    'strict_mode = true',
    `columns = {${columnsOf(file)}}`,
    `nullstr = [${contract.nullStrings.map(quoteLiteral).join(', ')}]`,
    `encoding = ${quoteLiteral(isCopy ? 'utf-8' : contract.encoding)}`,
    `compression = ${quoteLiteral(isCompressed(file.path) && !isCopy ? 'gzip' : 'none')}`,
    `max_line_size = ${longest}`,
    `buffer_size = ${2 * longest}`,
    'parallel = false',
    'hive_partitioning = false',
  ];
  return `read_csv(${quoteLiteral(literalPath(file.copy ?? file.absolute))}, ${options.join(', ')})`;
}

/**
 * The engine goes by position, so each file's columns are listed in its own order. All are read as texts: see
 * {@link typedColumns}.
 */
function columnsOf({ header, copy }: ReadableFile): string {
  const names = copy === undefined ? header.order : ['_row', ...header.order];
  return names.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
}

/** The engine takes a path for a pattern: `a[1].csv` would read `a1.csv`. */
export function literalPath(absolute: string): string {
  const path = process.platform === 'win32' ? absolute.replaceAll('\\', '/') : absolute;
  return path.replaceAll(/[*?[]/g, '[$&]');
}
