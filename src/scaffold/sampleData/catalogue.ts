import { faker } from '@faker-js/faker/locale/en';

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

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly department: Department;
  readonly priceCents: number;
  /** How well it sells, in no unit. */
  readonly weight: number;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly city: string;
  readonly memberSince: string;
}

/** A kind of goods, with how it sells from January to December. */
export interface Department {
  readonly name: string;
  readonly seasons: readonly number[];
}

const storePlans = [
  { opens: 7, closes: 22, weight: 30 },
  { opens: 8, closes: 21, weight: 26 },
  { opens: 8, closes: 20, weight: 20 },
  { opens: 9, closes: 20, weight: 14 },
  { opens: 10, closes: 19, weight: 10 },
];

const departmentPlans = [
  {
    name: 'Vegetables',
    seasons: [90, 90, 95, 100, 110, 115, 120, 120, 110, 100, 95, 100],
    invent: () => faker.food.vegetable(),
    packs: ['piece', '500 g', '1 kg'],
    products: 16,
    cents: [79, 499],
  },
  {
    name: 'Fruit',
    seasons: [80, 80, 90, 100, 115, 140, 150, 140, 115, 100, 85, 95],
    invent: () => faker.food.fruit(),
    packs: ['piece', '500 g', '1 kg'],
    products: 16,
    cents: [59, 599],
  },
  {
    name: 'Meat and fish',
    seasons: [90, 90, 95, 105, 110, 115, 115, 110, 100, 95, 100, 150],
    invent: () => faker.food.meat(),
    packs: ['250 g', '500 g'],
    products: 6,
    cents: [449, 1999],
  },
  {
    name: 'Spices',
    seasons: [100, 100, 100, 95, 90, 90, 90, 90, 100, 105, 115, 130],
    invent: () => faker.food.spice(),
    packs: ['40 g', '80 g'],
    products: 10,
    cents: [149, 699],
  },
  {
    name: 'Pantry',
    seasons: [105, 105, 100, 100, 95, 90, 85, 90, 100, 105, 110, 130],
    invent: () => faker.food.ingredient(),
    packs: ['pack', 'family pack'],
    products: 14,
    cents: [99, 899],
  },
  {
    name: 'Ready meals',
    seasons: [115, 115, 105, 100, 95, 85, 80, 85, 100, 110, 115, 105],
    invent: () => faker.food.dish(),
    packs: ['1 portion', '2 portions'],
    products: 8,
    cents: [349, 1299],
  },
] as const;

const cashiersPerStore = 5;

/** Invents stores, products, cashiers and customers; the same seed gives the same ones. */
export function inventCatalogue(seed: number, customers: number): Catalogue {
  faker.seed(seed);
  const stores = storePlans.map(inventStore);
  const taken = new Set<string>();
  const products = departmentPlans
    .flatMap((plan) => Array.from({ length: plan.products }, () => inventProduct(plan, taken)))
    .map((product, index) => ({ id: numbered('P', index, 3), ...product }));
  const cities = stores.map((store) => store.city);
  return { stores, products, customers: Array.from({ length: customers }, (_, i) => inventCustomer(i, cities)) };
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

function inventProduct(plan: (typeof departmentPlans)[number], taken: Set<string>): Omit<Product, 'id'> {
  const { name, seasons } = plan;
  const [least, most] = plan.cents;
  return {
    name: `${newName(plan.invent, taken)}, ${faker.helpers.arrayElement(plan.packs)}`,
    department: { name, seasons },
    priceCents: faker.number.int({ min: Math.ceil(least / 10), max: Math.floor(most / 10) }) * 10 - 1,
    weight: Math.ceil(200 / faker.number.int({ min: 2, max: 20 })),
  };
}

function newName(invent: () => string, taken: Set<string>): string {
  for (;;) {
    const name = invent().toLowerCase();
    if (taken.has(name)) continue;
    taken.add(name);
    return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  }
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
  return faker.date.between({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` }).toISOString().slice(0, 10);
}

function numbered(prefix: string, index: number, digits: number): string {
  return `${prefix}${String(index + 1).padStart(digits, '0')}`;
}
