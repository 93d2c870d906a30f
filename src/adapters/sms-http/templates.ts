/** What a template may name, such as `{to}`. Null leaves out the field whose template is nothing but that. */
export type TemplateValues = Readonly<Record<string, string | null>>

const NAMED = /\{([a-z_]+)\}/g
/** Objects in objects. */
const MAX_DEPTH = 5

/** A text with values in place of names; what no value is known by stays as it is. @param write each value as it is to stand there */
export function filled(template: string, values: TemplateValues, write: (value: string) => string): string {
  return template.replace(NAMED, (whole, name: string) =>
    Object.hasOwn(values, name) ? write(values[name] ?? '') : whole,
  )
}

/**
 * A body with values in place of names. Values are filled in before anything is written as JSON or as a form, so that a text can make no field of its own.
 * @throws Error where it is nested deeper than five times
 */
export function filledBody(body: unknown, values: TemplateValues, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new Error('the body of a gateway is nested too deep')
  if (typeof body === 'string') {
    const [, only = ''] = /^\{([a-z_]+)\}$/.exec(body) ?? []
    if (Object.hasOwn(values, only) && values[only] === null) return undefined
    return filled(body, values, (value) => value)
  }
  if (Array.isArray(body)) return body.map((part) => filledBody(part, values, depth + 1))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, part]) => {
      const made = filledBody(part, values, depth + 1)
      return made === undefined ? [] : [[name, made]]
    }),
  )
}

/** What stands in JSON at `messages.0.id`, as text; null where there is no text or number. */
export function fieldAt(value: unknown, path: string): string | null {
  let at: unknown = value
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return null
    at = (at as Record<string, unknown>)[name]
  }
  return typeof at === 'string' || typeof at === 'number' ? String(at) : null
}
