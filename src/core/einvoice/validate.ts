import type { ReadDocument } from './read-einvoice.ts'
import type { Rule, Severity } from './rules/rule.ts'

/** A rule that a document breaks, at one place. */
export interface Violation {
  readonly rule: string
  readonly severity: Severity
  /** Such as `line 2`; empty where it is the document as a whole. */
  readonly place: string
  readonly says: string
}

/** Every rule that is broken, in the order of the rules. */
export function validate(read: ReadDocument, rules: readonly Rule[]): Violation[] {
  const broken: Violation[] = []
  for (const { id, severity, says, brokenAt } of rules)
    for (const place of brokenAt(read)) broken.push({ rule: id, severity, place, says })
  return broken
}
