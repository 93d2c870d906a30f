import { z } from 'zod'
import { closestSpelling } from '../../core/base/suggest-spelling.ts'
import { Refusal } from '../problems.ts'
import type { Route } from './route.ts'

/** The parameters that a route reads from the query of an address, such as `limit`; null where it takes whatever comes. */
function parametersOf({ query }: Route): readonly string[] | null {
  if (query instanceof z.ZodObject && query.def.catchall instanceof z.ZodUnknown) return null
  return query !== undefined && 'shape' in query ? Object.keys(query.shape as object) : []
}

/**
 * A parameter that a route does not know is refused: a filter that is misspelt, and so left out, would give everything.
 * @throws Refusal that names every such parameter, the one that was probably meant, and those that there are.
 */
export function assertKnownQuery(route: Route, query: unknown): void {
  const known = parametersOf(route)
  if (known === null) return
  const unknown = Object.keys(query ?? {}).filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const errors = unknown.map((name) => {
    const meant = closestSpelling(name, known)
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
    return { path: name, message: `unknown parameter "${name}"${hint}` }
  })
  const there = known.length === 0 ? 'takes none' : `knows ${known.join(', ')}`
  const said = errors.map(({ message }) => message).join('; ')
  throw new Refusal('invalid_request', `${said} (${route.method} ${route.url} ${there})`, { errors })
}
