import type { AccountFacts } from './account-facts.ts'

/** What was billed of an account and of those that are billed to it, in one: names of billables have the subscription in them. */
export function inOne(facts: AccountFacts): AccountFacts {
  const { children = [], billed, taxByDay } = facts
  if (children.length === 0) return facts
  const taxed = new Map(billed.taxed)
  const byDay = new Map(taxByDay)
  for (const child of children) {
    for (const [key, kept] of child.billed.taxed) taxed.set(key, kept)
    for (const [key, days] of child.taxByDay ?? []) byDay.set(key, days)
  }
  return { ...facts, billed: { ...billed, taxed }, taxByDay: byDay }
}
