/**
 * What the generators of the clients read: the description that the server gives at `/openapi.json`, as routes, things and events.
 * It is the only place that knows how OpenAPI writes them.
 */

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly (string | number | boolean)[]
  readonly const?: string | number | boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly description?: string
  readonly deprecated?: boolean
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

/** As much of OpenAPI 3.1 as the server writes. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  readonly webhooks: Readonly<
    Record<string, { readonly post: { readonly summary: string; readonly requestBody: { readonly content: Content } } }>
  >
}

export interface Named {
  readonly name: string
  readonly schema: Schema
  readonly isRequired: boolean
  readonly description: string
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
  readonly operationId: string
  readonly tag: string
  /** What it does, and who may: for those who read the client. */
  readonly summary: string
  readonly pathParameters: readonly Named[]
  readonly query: readonly Named[]
  readonly body: { readonly type: string; readonly schema: Schema; readonly isRequired: boolean } | null
  /** Null where it answers with something else than JSON. */
  readonly answer: Schema | null
  /** Whether it answers with a file: always, or where its `format` asks for another one than JSON. */
  readonly hasFile: boolean
  /** Whether a repeated request has one effect by its `Idempotency-Key`. */
  readonly takesKey: boolean
  /** Whether it is a list that is read page by page. */
  readonly isList: boolean
}

/** What one speaks of by a name: `Invoice`. */
interface Thing {
  readonly name: string
  readonly schema: Schema
  /** Whether it is sent, and what has a default may be left out. */
  readonly isSent: boolean
}

export interface EventShape {
  readonly type: string
  readonly meaning: string
  readonly schema: Schema
}

export interface Api {
  readonly version: string
  readonly routes: readonly Route[]
  readonly things: readonly Thing[]
  readonly events: readonly EventShape[]
  readonly problemCodes: readonly string[]
}

/** @param version of the API, as the header `Kvit-Version` of an answer says it. */
export function readApi(description: Description, version: string): Api {
  const routes = Object.entries(description.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => routeOf(method as Route['method'], path, operation)),
    )
    .toSorted((a, b) => (a.path === b.path ? compare(a.method, b.method) : compare(a.path, b.path)))
  const events = Object.entries(description.webhooks)
    .map(([type, { post }]) => ({
      type,
      meaning: post.summary,
      schema: post.requestBody.content['application/json']?.schema ?? {},
    }))
    .toSorted((a, b) => compare(a.type, b.type))
  const { schemas } = description.components
  const used = namesIn([routes, events.map(({ schema }) => schema)], schemas)
  const things = [...used].toSorted(compare).map((name) => ({
    name,
    schema: schemas[name] as Schema,
    isSent: name.endsWith('Input'),
  }))
  const problemCodes = (schemas['Problem']?.properties?.['code']?.enum ?? []).map(String)
  return { version, routes, things, events, problemCodes }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function routeOf(method: Route['method'], path: string, operation: Operation): Route {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const inPlace = (place: Parameter['in']): Named[] =>
    parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, schema, required = false, description: told = '' }) => ({
        name,
        schema,
        isRequired: required,
        description: told,
      }))
  const [content] = Object.entries(requestBody?.content ?? {})
  const [success] = Object.entries(responses).filter(([status]) => status !== 'default')
  const answer = success?.[1].content?.['application/json']?.schema ?? null
  const query = inPlace('query')
  const pathParameters = inPlace('path')
  assertApart([...pathParameters, ...query], `${method} ${path}`)
  return {
    method,
    path,
    operationId,
    tag: operation.tags[0] ?? '',
    summary: `${summary}. ${description}`,
    pathParameters,
    query,
    body:
      content === undefined
        ? null
        : { type: content[0], schema: content[1].schema ?? {}, isRequired: requestBody?.required === true },
    answer,
    hasFile: answer === null || query.some(({ name, schema }) => name === 'format' && (schema.enum ?? []).length > 1),
    takesKey: inPlace('header').some(({ name }) => name === 'Idempotency-Key'),
    isList: query.some(({ name }) => name === 'cursor') && answer?.properties?.['nextCursor'] !== undefined,
  }
}

/** The clients take parameters of the path, of the query and the body side by side, so no two may have one name. */
function assertApart(parameters: readonly Named[], route: string): void {
  const names = parameters.map(({ name }) => name)
  const twice = names.find((name, at) => name === 'body' || names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`${route}: two of what it asks are called ${twice}`)
}

export function refOf({ $ref }: Schema): string | null {
  return $ref === undefined ? null : ($ref.split('/').at(-1) as string)
}

/** Names of all things that something speaks of, and that those speak of. */
function namesIn(parts: unknown, schemas: Readonly<Record<string, Schema>>): Set<string> {
  const found = new Set<string>()
  const look = (part: unknown): void => {
    if (part === null || typeof part !== 'object') return
    const name = refOf(part as Schema)
    if (name !== null && !found.has(name)) {
      found.add(name)
      look(schemas[name])
    }
    for (const inner of Object.values(part)) look(inner)
  }
  look(parts)
  return found
}

/** Whether a query takes `true` and `false`. */
export function isFlag({ enum: values, type }: Schema): boolean {
  return type === 'boolean' || (values?.length === 2 && values.includes('true') && values.includes('false'))
}

/** What a schema says of its kinds: `type`, or one for each of several. */
export function kindsOf({ type }: Schema): readonly string[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : type
}
