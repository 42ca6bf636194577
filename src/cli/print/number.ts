const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1204` → `1,204`. By hand: making an `Intl.NumberFormat` costs more than a whole plan. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1204, 'row'` → `1,204 rows`. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** In decimal units: `1234567` → `1.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${byteUnits[unit]}`;
}

/** From milliseconds: `34 ms`, `1.3 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 99.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** From a share, 0 to 1: `43 %`. Done is only what is done: 99.9 % is `99 %`. */
export function formatShare(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
