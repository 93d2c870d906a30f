import { enclosedWith } from '../modules/attachments/index.ts'
import type { Route } from '../platform/http/route.ts'
import { MODULES } from './modules.ts'
import type { ReadingNeeds } from './needs.ts'
import { PERSONAL_ROWS } from './personal-rows.ts'

/** All routes that are worked on by threads for reading. The server describes them; the threads answer them. */
export function readingRoutes(needs: Omit<ReadingNeeds, 'checks' | 'personal' | 'enclosedWith'>): Route[] {
  const checks = MODULES.flatMap(({ check }) => (check === undefined ? [] : [check]))
  const all = { ...needs, checks, personal: PERSONAL_ROWS, enclosedWith }
  return MODULES.flatMap((module) => [...(module.readingRoutes?.(all) ?? [])])
}

/** By which both sides name a route. */
export function nameOf({ method, url }: Pick<Route, 'method' | 'url'>): string {
  return `${method} ${url}`
}
