/** The schemas whose tables are the lake, upstream first. */
export const layers = ['bronze', 'silver', 'gold'] as const;

export type Layer = (typeof layers)[number];

export function isLayer(name: string): name is Layer {
  return (layers as readonly string[]).includes(name);
}
