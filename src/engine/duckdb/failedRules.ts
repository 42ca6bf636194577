import { quotedString } from '@duckdb/node-api';
import type { DropRule } from '../engine.js';

/** TRUE for a row that breaks one of the rules. Line breaks keep a rule's comment from swallowing what follows. */
export function breaksAny(rules: readonly DropRule[]): string {
  return `(${rules.map(({ when }) => `(\n${when}\n)`).join(' OR ')}) IS TRUE`;
}

/** The texts of the rules that a row breaks, in order; `isBroken` gives the SQL that tells of one. */
export function brokenTexts(
  rules: readonly DropRule[],
  isBroken: (rule: DropRule, index: number) => string = ({ when }) => `(\n${when}\n)`,
): string {
  const texts = rules.map(
    (rule, index) => `CASE WHEN ${isBroken(rule, index)} THEN ${quotedString(rule.text)} END`,
  );
  return `list_filter([${texts.join(', ')}], lambda item: item IS NOT NULL)`;
}
