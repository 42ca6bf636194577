import { quotedString } from '@duckdb/node-api';
import type { DropRule } from '../engine.js';

/** TRUE for a row that breaks a rule. Line breaks keep its comment from swallowing what follows. */
export function isBroken({ when }: DropRule): string {
  return `(\n${when}\n)`;
}

/** TRUE for a row that breaks one of the rules, else FALSE. */
export function breaksAny(rules: readonly DropRule[]): string {
  return `(${rules.map(isBroken).join(' OR ')}) IS TRUE`;
}

/** The texts of the rules that a row breaks, in order; `tells` gives the SQL that tells of one. */
export function brokenTexts(
  rules: readonly DropRule[],
  tells: (rule: DropRule, index: number) => string = isBroken,
): string {
  const texts = rules.map(
    (rule, index) => `CASE WHEN ${tells(rule, index)} THEN ${quotedString(rule.text)} END`,
  );
  return `list_filter([${texts.join(', ')}], lambda item: item IS NOT NULL)`;
}
