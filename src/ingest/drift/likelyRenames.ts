import { suggest } from '../../protocol/suggest.js';
import type { Contract, ContractColumn } from '../contractSchema.js';
import type { ComparedFile } from './fileDrift.js';

/**
 * Which new name is probably which column of the contract: no file has both, and they are called alike, or the
 * new one stands where the other stood and its values have its type. Texts are no numbers under another name. Each column has one new name.
 * @param types of the new columns' values, by their names.
 */
export function likelyRenames(
  contract: Contract,
  files: readonly ComparedFile[],
  types: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  const free = () => contract.columns.filter(({ name }) => ![...renames.values()].includes(name));
  for (const likely of [sameButForm, alike, atItsPlace]) {
    for (const name of new Set(files.flatMap(({ match }) => match.extra))) {
      if (renames.has(name)) continue;
      const having = files.filter(({ match }) => match.extra.includes(name));
      const isGone = ({ name: column }: ContractColumn) =>
        having.every(({ match }) => !match.order.includes(column));
      const type = types.get(name);
      const gone = free().filter((column) => isGone(column) && mayHold(column.type, type));
      const column = likely({ name, type }, gone, { contract, having });
      if (column !== undefined) renames.set(name, column);
    }
  }
  return renames;
}

interface NewName {
  readonly name: string;
  /** Of its values; undefined where it has none. */
  readonly type: string | undefined;
}

interface Around {
  readonly contract: Contract;
  /** The files that have the new name. */
  readonly having: readonly ComparedFile[];
}

function sameButForm({ name }: NewName, gone: readonly ContractColumn[]): string | undefined {
  return gone.find((column) => plain(column.name) === plain(name))?.name;
}

function alike({ name }: NewName, gone: readonly ContractColumn[]): string | undefined {
  return suggest(
    name,
    gone.map((column) => column.name),
  );
}

/** Between the same neighbours, whatever else is new or gone elsewhere. */
function atItsPlace(
  { name, type }: NewName,
  gone: readonly ContractColumn[],
  { contract, having }: Around,
): string | undefined {
  const columns = contract.columns.map((column) => column.name);
  const found = gone.find((column) => {
    const at = columns.indexOf(column.name);
    return having.every(({ names }) => {
      const place = names.indexOf(name);
      return [-1, 1].every((beside) => names[place + beside] === columns[at + beside]);
    });
  });
  return found !== undefined && isOfType(type, found.type) ? found.name : undefined;
}

function mayHold(wanted: string, found: string | undefined): boolean {
  const isNumeric = /^(?:BIGINT|INTEGER|DOUBLE|DECIMAL)/;
  return found === undefined || !isNumeric.test(wanted) || isNumeric.test(found);
}

function isOfType(found: string | undefined, wanted: string): boolean {
  if (found === wanted) return true;
  const isNumber = found === 'BIGINT' || found === 'DOUBLE';
  return (
    isNumber &&
    (wanted === 'DOUBLE' || wanted.startsWith('DECIMAL') || (wanted === 'INTEGER' && found === 'BIGINT'))
  );
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
