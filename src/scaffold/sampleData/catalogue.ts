import { faker } from '@faker-js/faker/locale/en';
import { inventProducts, type UnnumberedProduct } from './products.js';

/** What the tills know: who sells, what is sold, and to whom. */
export interface Catalogue {
  readonly stores: readonly Store[];
  readonly products: readonly Product[];
  readonly customers: readonly Customer[];
}

export interface Store {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  /** `2019-04-27`. */
  readonly openedOn: string;
  /** Hours of the day; on Sundays a store is open from 10 to 18 at most. */
  readonly opens: number;
  readonly closes: number;
  /** How much of the trade it has, in no unit. */
  readonly weight: number;
  readonly cashiers: readonly string[];
}

/** A kind of goods in one pack. */
export interface Product extends UnnumberedProduct {
  readonly id: string;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly city: string;
  readonly memberSince: string;
}

const storePlans = [
  { opens: 7, closes: 22, weight: 30 },
  { opens: 8, closes: 21, weight: 26 },
  { opens: 8, closes: 20, weight: 20 },
  { opens: 9, closes: 20, weight: 14 },
  { opens: 10, closes: 19, weight: 10 },
];

const cashiersPerStore = 5;

/** Invents stores, products, cashiers and customers; the same seed gives the same ones. */
export function inventCatalogue(seed: number, customers: number): Catalogue {
  faker.seed(seed);
  const stores = storePlans.map(inventStore);
  const products = inventProducts().map((product, index) => ({ id: numbered('P', index, 3), ...product }));
  const cities = stores.map((store) => store.city);
  return {
    stores,
    products,
    customers: Array.from({ length: customers }, (_, i) => inventCustomer(i, cities)),
  };
}

function inventStore(plan: (typeof storePlans)[number], index: number): Store {
  const city = faker.location.city();
  return {
    id: numbered('S', index, 2),
    name: `${city} Market`,
    city,
    openedOn: inventDay('2009-01-01', '2024-12-31'),
    ...plan,
    cashiers: Array.from(
      { length: cashiersPerStore },
      () => `${faker.person.firstName()} ${faker.person.lastName()}`,
    ),
  };
}

function inventCustomer(index: number, cities: readonly string[]): Customer {
  const firstName = faker.person.firstName();
  const lastName = faker.person.lastName();
  return {
    id: numbered('C', index, 5),
    name: `${firstName} ${lastName}`,
    email: faker.internet.exampleEmail({ firstName, lastName }).toLowerCase(),
    city: faker.helpers.arrayElement(cities),
    memberSince: inventDay('2020-01-01', '2025-12-31'),
  };
}

function inventDay(from: string, to: string): string {
  return faker.date
    .between({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` })
    .toISOString()
    .slice(0, 10);
}

function numbered(prefix: string, index: number, digits: number): string {
  return `${prefix}${String(index + 1).padStart(digits, '0')}`;
}
