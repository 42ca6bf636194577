import { faker } from '@faker-js/faker/locale/en';

/** A kind of goods, with how it sells from January to December. */
export interface Department {
  readonly name: string;
  readonly seasons: readonly number[];
}

export interface UnnumberedProduct {
  readonly name: string;
  readonly department: Department;
  readonly priceCents: number;
  /** How well it sells, in no unit. */
  readonly weight: number;
}

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

/** Invents the products of all departments, from where the seeded source of text stands; no name comes twice. */
export function inventProducts(): readonly UnnumberedProduct[] {
  const taken = new Set<string>();
  return departmentPlans.flatMap((plan) =>
    Array.from({ length: plan.products }, () => inventProduct(plan, taken)),
  );
}

function inventProduct(plan: (typeof departmentPlans)[number], taken: Set<string>): UnnumberedProduct {
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
