/** Short facts as one text. Where it wraps, a line may end with the dot between two of them, but none begins with it. */
export function joinFacts(...facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join('\u00a0· ');
}
