import type { Catalogue } from './catalogue.js';
import { csvRecord, money } from './csv.js';
import { untidy } from './dirt.js';
import { type Random, randomFor } from './random.js';

/** A small file that does not grow with the sales. */
export interface MasterFile {
  readonly path: string;
  readonly text: string;
  readonly rows: number;
  /** Rows with text that has blanks around it or another case. */
  readonly untidy: number;
}

const masterStream = 3;

/** `stores.csv`, `products.csv` and `customers.csv`, as somebody keeps them by hand. */
export function masterFiles(
  catalogue: Catalogue,
  seed: number,
): { readonly stores: MasterFile; readonly products: MasterFile; readonly customers: MasterFile } {
  const random = randomFor(seed, masterStream);
  return {
    stores: storesFile(catalogue, random),
    products: productsFile(catalogue, random),
    customers: customersFile(catalogue),
  };
}

function storesFile({ stores }: Catalogue, random: Random): MasterFile {
  const dirty = (index: number): boolean => index % 5 === 2;
  const rows = stores.map((store, index) => [
    store.id,
    store.name,
    dirty(index) ? untidy(store.city, random) : store.city,
    store.openedOn,
    hourOfDay(store.opens),
    hourOfDay(store.closes),
  ]);
  const header = ['store_id', 'store_name', 'city', 'opened_on', 'opens', 'closes'];
  return masterFile('stores.csv', header, rows, dirty);
}

function productsFile({ products }: Catalogue, random: Random): MasterFile {
  const dirty = (index: number): boolean => index % 9 === 4;
  const rows = products.map((product, index) => [
    product.id,
    product.name,
    dirty(index) ? untidy(product.department.name, random) : product.department.name,
    money(product.priceCents),
  ]);
  return masterFile('products.csv', ['product_id', 'product_name', 'department', 'list_price'], rows, dirty);
}

function customersFile({ customers }: Catalogue): MasterFile {
  const rows = customers.map(({ id, name, email, city, memberSince }) => [
    id,
    name,
    email,
    city,
    memberSince,
  ]);
  const header = ['customer_id', 'customer_name', 'email', 'city', 'member_since'];
  return masterFile('customers.csv', header, rows, () => false);
}

function masterFile(
  path: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  dirty: (index: number) => boolean,
): MasterFile {
  return {
    path,
    text: [header, ...rows].map(csvRecord).join(''),
    rows: rows.length,
    untidy: rows.filter((_, index) => dirty(index)).length,
  };
}

function hourOfDay(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
