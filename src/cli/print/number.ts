/** From a share, 0 to 1: `43 %`. Done is only what is done: 99.9 % is `99 %`. */
export function formatShare(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
