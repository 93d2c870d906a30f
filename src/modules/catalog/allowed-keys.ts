import { z } from 'zod'
import { closestSpelling } from '../../core/base/suggest-spelling.ts'
import { catalogFile } from './schemas.ts'

/** What is used of a JSON schema. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly items?: Shape
  readonly oneOf?: readonly Shape[]
  readonly anyOf?: readonly Shape[]
  readonly const?: unknown
}

const ROOT = z.toJSONSchema(catalogFile, { io: 'input', unrepresentable: 'any' }) as Shape
/** What the objects under some keys are called; others are called by the key. */
const NAMES: Readonly<Record<string, string>> = {
  meters: 'a meter',
  schedules: 'a schedule',
  plans: 'a plan',
  prices: 'a price',
  phases: 'a phase',
  tiers: 'a tier',
  bands: 'a band',
}
/** Owners of a key that a message lists. */
const MAX_OWNERS = 6

/** What says which of several shapes an object has. */
const DISCRIMINATORS = ['model', 'kind'] as const

function variantsOf(shape: Shape): readonly Shape[] {
  return (shape.oneOf ?? shape.anyOf ?? [shape]).flatMap((one) => (one === shape ? [one] : variantsOf(one)))
}

/** What an object is called in a message. @param key of which it is the value. @param parent what it is part of. */
function nameOf({ properties = {} }: Shape, key: string, parent: string): string {
  const model = properties['model']?.const
  if (typeof model === 'string') return `the model ${model}`
  const kind = properties['kind']?.const
  if (typeof kind === 'string') return `a price of kind ${kind}`
  const name = NAMES[key] ?? `"${key}"`
  return parent.startsWith('the model') ? `${name} of ${parent}` : name
}

/** By key: the objects that may have it. */
const OWNERS = ownersOf(ROOT, '', '')

function ownersOf(
  shape: Shape,
  key: string,
  parent: string,
  found = new Map<string, Set<string>>(),
): Map<string, Set<string>> {
  for (const variant of variantsOf(shape)) {
    const owner = key === '' ? 'the file' : nameOf(variant, key, parent)
    for (const [name, inner] of Object.entries(variant.properties ?? {})) {
      found.set(name, (found.get(name) ?? new Set()).add(owner))
      ownersOf(inner, name, owner, found)
    }
    if (variant.items !== undefined) ownersOf(variant.items, key, parent, found)
    if (typeof variant.additionalProperties === 'object') ownersOf(variant.additionalProperties, key, parent, found)
  }
  return found
}

/** The object at a path of a file, as its shape has it: which variant it is follows from its fields. */
function shapeAt(content: unknown, path: readonly (string | number)[]): { shape: Shape; name: string } {
  let [shape, value, key, name]: [Shape, unknown, string, string] = [ROOT, content, '', 'the file']
  for (const step of path) {
    value = (value as Record<string | number, unknown> | null | undefined)?.[step]
    const isEntry = typeof step === 'number' || shape.properties === undefined
    const inner = isEntry ? (shape.items ?? shape.additionalProperties) : shape.properties?.[step]
    shape = chosen(typeof inner === 'object' ? inner : {}, value)
    if (!isEntry) key = String(step)
    if (shape.properties !== undefined) name = nameOf(shape, key, name)
  }
  return { shape, name }
}

function chosen(shape: Shape, value: unknown): Shape {
  const variants = variantsOf(shape)
  const given = (value ?? {}) as Readonly<Record<string, unknown>>
  return (
    variants.find(({ properties = {} }) =>
      DISCRIMINATORS.some((name) => properties[name]?.const !== undefined && properties[name].const === given[name]),
    ) ??
    variants.find(({ properties, items }) => (Array.isArray(value) ? items : properties) !== undefined) ??
    variants[0] ??
    {}
  )
}

/** What is wrong with a key that an object does not have, and what would be right. */
export function explainUnknownKey(content: unknown, path: readonly (string | number)[], key: string): string {
  const { shape, name } = shapeAt(content, path)
  const here = closestSpelling(key, Object.keys(shape.properties ?? {}))
  const owners = OWNERS.get(key)
  if (owners !== undefined && here === undefined)
    return `"${key}" does not belong to ${name}; it belongs to ${list(owners)}`
  if (owners !== undefined)
    return `"${key}" does not belong to ${name}, but to ${list(owners)}; did you mean "${here}"?`
  if (here !== undefined) return `unknown key "${key}"; did you mean "${here}"?`
  const elsewhere = closestSpelling(key, OWNERS.keys())
  if (elsewhere !== undefined)
    return `unknown key "${key}"; "${elsewhere}" does not belong to ${name}, but to ${list(OWNERS.get(elsewhere) ?? [])}`
  return `unknown key "${key}"; ${name} has ${Object.keys(shape.properties ?? {}).join(', ')}`
}

function list(owners: Iterable<string>): string {
  const all = [...owners]
  const shown = all.slice(0, MAX_OWNERS).join(', ')
  return all.length > MAX_OWNERS ? `${shown} and ${all.length - MAX_OWNERS} more` : shown
}
