import { parse } from 'node:querystring'

/** `metadata[region]`, `expand[]`: a name, and a key within it. */
const WITHIN = /^(\w+)\[([^[\]]*)\]$/

/**
 * The query of an address. Names with brackets are put together: `metadata[region]=eu&metadata[tier]=gold` is
 * `{ metadata: { region: 'eu', tier: 'gold' } }`, and `expand[]=account&expand[]=customer` is
 * `{ expand: ['account', 'customer'] }`. What a name may hold is for the route to say. `metadata[__proto__]` is not put
 * together, and so refused as unknown: those who check objects would leave the key out, and the filter would give everything.
 */
export function parseQuery(text: string): Record<string, unknown> {
  const query: Record<string, unknown> = { __proto__: null }
  for (const [name, value] of Object.entries(parse(text))) {
    const [, outer, key] = WITHIN.exec(name) ?? []
    if (outer === undefined || key === undefined || key === '__proto__') query[name] = value
    else if (key === '') query[outer] = [query[outer] ?? [], value ?? []].flat()
    else if (isObject(query[outer])) query[outer][key] = value
    else query[outer] = { __proto__: null, [key]: value }
  }
  return query
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
