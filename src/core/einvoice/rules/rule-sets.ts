import { EN16931 } from './en16931.ts'
import type { Rule } from './rule.ts'

export type RuleSetName = 'en16931'

/** Rules by what a document follows; each set has those of EN 16931. */
export const RULE_SETS: Readonly<Record<RuleSetName, readonly Rule[]>> = { en16931: EN16931 }

/** Which set a document claims to follow (BT-24). */
export function ruleSetOf(_specification: string | undefined): RuleSetName {
  return 'en16931'
}
