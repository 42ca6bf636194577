/** The schemas whose tables are the lake, from the files' side to the business' side. */
export const layers = ['bronze', 'silver', 'gold'] as const;

export type Layer = (typeof layers)[number];

/** The layer that a schema's name means, whatever its case; undefined for any other schema. */
export function asLayer(schema: string): Layer | undefined {
  const lower = schema.toLowerCase();
  return layers.find((layer) => layer === lower);
}
