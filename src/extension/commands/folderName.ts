/**
 * A name of a folder or file, on every system, from what a person typed: `Sales 2026!` → `sales-2026`.
 * Empty when nothing in it can be used.
 */
export function folderName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
}
