const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

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

/** From a share, 0 to 1: `43 %`. Done is only what is done: 99.9 % is `99 %`. */
export function formatShare(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
