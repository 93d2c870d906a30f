import type { z } from 'zod'

/** How a field of a request is written as a text, in an option of a command or in a cell of a file. */
export type FieldForm = 'text' | 'whole' | 'boolean' | 'texts' | 'json'

/** The part of JSON Schema that tells it. */
interface Described {
  readonly type?: string
  readonly anyOf?: readonly Described[]
  readonly items?: Described
}

const known = new WeakMap<z.ZodType, FieldForm>()

/** @returns `texts` for a list of texts, `json` for what has parts; a field that may be null has the form of what it is otherwise. */
export function formOf(schema: z.ZodType): FieldForm {
  const before = known.get(schema)
  if (before !== undefined) return before
  const form = formOfDescribed(schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Described)
  known.set(schema, form)
  return form
}

function formOfDescribed({ type, anyOf, items }: Described): FieldForm {
  const [only, other] = (anyOf ?? []).filter((one) => one.type !== 'null')
  if (only !== undefined) return other === undefined ? formOfDescribed(only) : 'json'
  if (type === 'array') return items?.type === 'string' ? 'texts' : 'json'
  if (type === 'integer' || type === 'number') return 'whole'
  if (type === 'boolean') return 'boolean'
  return type === 'object' ? 'json' : 'text'
}

/** A list of texts, `a, b`; null where it is written as JSON, `["a","b"]`. */
export function listedTexts(text: string): string[] | null {
  return text.startsWith('[') ? null : text.split(',').map((part) => part.trim())
}
