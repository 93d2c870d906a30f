import { type Api, kindsOf, type Route, refOf, type Schema } from './description.ts'

/**
 * All shapes of the API with names of their own, for languages in which a shape cannot stand where it is used: that of a body is
 * `PostCustomersBody`, and that of a field in it `PostCustomersBodyPostalAddress`.
 */

export type TypeRef =
  | { readonly kind: 'text' | 'integer' | 'number' | 'flag' | 'unknown' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: TypeRef }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'several'; readonly several: readonly TypeRef[] }
  | { readonly kind: 'or null'; readonly of: TypeRef }

interface Field {
  readonly name: string
  readonly type: TypeRef
  readonly isRequired: boolean
  readonly description: string
}

export interface NamedType {
  readonly name: string
  readonly description: string
  /** Null where it is another name of `type`. */
  readonly fields: readonly Field[] | null
  readonly type: TypeRef
  /** Whether there may be other fields beside these. */
  readonly isOpen: boolean
  /** Whether it is sent. */
  readonly isSent: boolean
}

/** A route with its types by name. */
export interface TypedRoute extends Route {
  readonly parameters: readonly (Field & { readonly isInPath: boolean })[]
  /** Null where it asks for none; bytes where it asks for no JSON. */
  readonly bodyType: TypeRef | 'bytes' | null
  /** Null where it answers with no JSON. */
  readonly answerType: TypeRef | null
  /** Of a list: what its items are. */
  readonly itemType: TypeRef | null
}

export interface TypedApi {
  readonly types: readonly NamedType[]
  readonly routes: readonly TypedRoute[]
}

export function typedApi(api: Api): TypedApi {
  const types = new Map<string, NamedType>()
  const name = new Namer(types)
  for (const { name: thing, schema, isSent } of api.things) name.thing(thing, schema, isSent)
  const routes = api.routes.map((route) => typedRoute(route, name))
  return { types: [...types.values()], routes }
}

function typedRoute(route: Route, name: Namer): TypedRoute {
  const base = pascal(route.operationId)
  const parameters = [...route.pathParameters, ...route.query].map((one) => ({
    name: one.name,
    type: name.typeOf(one.schema, `${base}${pascal(one.name)}`, true),
    isRequired: one.isRequired,
    description: one.description,
    isInPath: route.pathParameters.includes(one),
  }))
  const { body, answer } = route
  const answerType = answer === null ? null : name.typeOf(answer, `${base}Answer`, false)
  return {
    ...route,
    parameters,
    bodyType:
      body === null ? null : body.type === 'application/json' ? name.typeOf(body.schema, `${base}Body`, true) : 'bytes',
    answerType,
    itemType: route.isList ? name.itemOf(answer, `${base}Answer`) : null,
  }
}

/** Gives names, and keeps what it has named. */
class Namer {
  private readonly types: Map<string, NamedType>

  constructor(types: Map<string, NamedType>) {
    this.types = types
  }

  thing(name: string, schema: Schema, isSent: boolean): void {
    if (isShape(schema)) this.add(name, schema, isSent)
    else {
      const type = this.typeOf(schema, `${name}One`, isSent)
      this.types.set(name, { name, description: schema.description ?? '', fields: null, type, isOpen: false, isSent })
    }
  }

  typeOf(schema: Schema, name: string, isSent: boolean): TypeRef {
    const thing = refOf(schema)
    if (thing !== null) return { kind: 'named', name: thing }
    if (schema.const !== undefined) return wordsOf([schema.const])
    if (schema.enum !== undefined) return wordsOf(schema.enum)
    const several = schema.anyOf ?? schema.oneOf
    if (several !== undefined) return this.oneOf(several, name, isSent)
    const kinds = kindsOf(schema)
    const [kind] = kinds
    if (kind === undefined) return { kind: 'unknown' }
    if (kinds.length > 1)
      return this.oneOf(
        kinds.map((one) => ({ ...schema, type: one })),
        name,
        isSent,
      )
    return this.ofKind(kind, schema, name, isSent)
  }

  itemOf(answer: Schema | null, name: string): TypeRef | null {
    const items = answer?.properties?.['items']?.items
    return items === undefined ? null : this.typeOf(items, `${name}Item`, false)
  }

  private ofKind(kind: string, schema: Schema, name: string, isSent: boolean): TypeRef {
    if (kind === 'array') return { kind: 'list', of: this.typeOf(schema.items ?? {}, `${name}Item`, isSent) }
    if (kind === 'object') {
      if (isShape(schema)) return this.add(name, schema, isSent)
      const { additionalProperties: more } = schema
      return {
        kind: 'map',
        of: typeof more === 'object' ? this.typeOf(more, `${name}Value`, isSent) : { kind: 'unknown' },
      }
    }
    const plain = ({ string: 'text', integer: 'integer', number: 'number', boolean: 'flag' } as const)[kind]
    return { kind: plain ?? 'unknown' }
  }

  private oneOf(several: readonly Schema[], name: string, isSent: boolean): TypeRef {
    const others = several.filter(({ type }) => type !== 'null')
    const shapes = others.filter(isShape)
    const types = others.map((one) =>
      this.typeOf(one, shapes.length > 1 && isShape(one) ? `${name}${shapes.indexOf(one) + 1}` : name, isSent),
    )
    const apart = merged(types)
    const [only] = apart
    const type: TypeRef = apart.length === 1 && only !== undefined ? only : { kind: 'several', several: apart }
    return others.length === several.length ? type : { kind: 'or null', of: type }
  }

  private add(name: string, schema: Schema, isSent: boolean): TypeRef {
    const { properties = {}, required = [], additionalProperties: more, description = '' } = schema
    if (this.types.has(name)) throw new Error(`two shapes are called ${name}`)
    const named = { name, description, fields: [] as Field[], type: { kind: 'named', name } as const }
    // Kept before its fields are named, so that it stands before them.
    this.types.set(name, { ...named, isOpen: more === true || typeof more === 'object', isSent })
    for (const [field, inner] of Object.entries(properties))
      named.fields.push({
        name: field,
        type: this.typeOf(inner, `${name}${pascal(field)}`, isSent),
        isRequired: required.includes(field),
        description: inner.description ?? '',
      })
    return named.type
  }
}

function isShape({ type, properties }: Schema): boolean {
  return type === 'object' && properties !== undefined && Object.keys(properties).length > 0
}

function wordsOf(values: readonly (string | number | boolean)[]): TypeRef {
  if (values.every((value) => typeof value === 'string')) return { kind: 'words', words: values }
  return { kind: values.every((value) => typeof value === 'boolean') ? 'flag' : 'integer' }
}

/** Each type once; words of several lists are one list, and none beside any text. */
function merged(types: readonly TypeRef[]): TypeRef[] {
  const words = types.flatMap((type) => (type.kind === 'words' ? type.words : []))
  const others = types.filter(({ kind }) => kind !== 'words')
  const hasText = others.some(({ kind }) => kind === 'text')
  const all: TypeRef[] =
    words.length === 0 || hasText ? others : [{ kind: 'words', words: [...new Set(words)] }, ...others]
  return all.filter((type, at) => all.findIndex((other) => sameType(other, type)) === at)
}

function sameType(one: TypeRef, other: TypeRef): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** `next-invoice` and `nextInvoice` are `NextInvoice`. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
