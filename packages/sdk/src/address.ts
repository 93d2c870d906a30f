/** What a request asks: parameters of the path and of the query by their names, and the body. */
export type Asks = Readonly<Record<string, unknown>>

/**
 * The address of a request: parameters in their places, and the others as a query. Lists are written `expand=a,b`, and
 * entries `metadata[region]=eu`.
 * @throws TypeError where a parameter of the path is missing: an empty one would lead to another route.
 */
export function addressOf(path: string, asks: Asks): string {
  const inPath = new Set<string>()
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    inPath.add(name)
    return segmentOf(name, asks[name], path)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asks))
    if (name !== 'body' && !inPath.has(name) && value !== undefined && value !== null) addTo(query, name, value)
  const text = query.toString()
  return text === '' ? filled : `${filled}?${text}`
}

function segmentOf(name: string, value: unknown, path: string): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text === '') throw new TypeError(`${path}: ${name} is missing`)
  // Browsers and servers take these for the folder itself and the one above, written out or not.
  if (text === '.' || text === '..') throw new TypeError(`${path}: ${name} cannot be ${text}`)
  return encodeURIComponent(text)
}

function addTo(query: URLSearchParams, name: string, value: unknown): void {
  if (Array.isArray(value)) {
    if (value.length > 0) query.append(name, value.join(','))
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, text] of Object.entries(value))
      if (text !== undefined) query.append(`${name}[${key}]`, String(text))
  } else query.append(name, String(value))
}
