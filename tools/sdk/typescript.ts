import {
  type Api,
  type EventShape,
  isFlag,
  kindsOf,
  type Named,
  type Route,
  refOf,
  type Schema,
} from './description.ts'
import { sentOnce } from './sent-once.ts'

/**
 * TypeScript types of all routes: what each asks, and what it answers. Only types, so that a bundle has nothing of them but the
 * list of writes that are sent once.
 */
export function typescriptFiles(api: Api): Readonly<Record<string, string>> {
  return {
    'things.ts': `${HEAD}${api.things.map(thingText).join('\n')}`,
    'routes.ts': `${HEAD}${routesText(api)}`,
    'events.ts': `${HEAD}${eventsText(api.events)}`,
    'facts.ts': `${HEAD}${factsText(api)}`,
  }
}

const HEAD =
  '// Written by tools/sdk out of what the server says of its API: change the routes, then `KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts`.\n\n'
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const RAW = 'RawBody'

function thingText({ name, schema, isSent }: Api['things'][number]): string {
  const shape = schema.type === 'object' && schema.properties !== undefined
  const text = typeText(schema, '', isSent)
  return `${docText(schema, '')}${shape ? `export interface ${name} ${text}` : `export type ${name} = ${text}`}\n`
}

function routesText({ routes, things, version }: Api): string {
  const parts = METHODS.map((method) => {
    const own = routes.filter((route) => route.method === method)
    return `  ${method}: {\n${own.map(routeText).join('')}  }\n`
  })
  const lists = routes.filter(({ isList }) => isList).map(({ path }) => `\n  | '${path}'`)
  const files = routes.filter(({ hasFile, method }) => hasFile && method === 'get')
  const body = [
    `/** What can be sent where no JSON is asked for. */`,
    `export type ${RAW} = string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob | ReadableStream<Uint8Array>\n`,
    `/** The version of the API that these types describe. */`,
    `export type ApiVersion = '${version}'\n`,
    `/** All routes by method and address: what they ask (parameters by their names, and \`body\`), and what they answer. */`,
    `export interface Routes {\n${parts.join('')}}\n`,
    `/** Addresses that are read page by page. */`,
    `export type ListPath =${lists.join('')}\n`,
    `/** Addresses that answer with a file or a page, always or where \`format\` asks for one. */`,
    `export type FilePath =${files.map(({ path }) => `\n  | '${path}'`).join('')}\n`,
  ].join('\n')
  const used = things.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  return `import type {\n${used.map((name) => `  ${name},\n`).join('')}} from './things.ts'\n\n${body}`
}

function routeText(route: Route): string {
  const pad = '      '
  const asked = [...route.pathParameters, ...route.query].map((one) => parameterText(one, pad))
  const { body } = route
  if (body !== null) {
    const text = body.type === 'application/json' ? typeText(body.schema, `${pad}  `, true) : RAW
    asked.push(`${pad}  readonly body${body.isRequired ? '' : '?'}: ${text}\n`)
  } else asked.push(`${pad}  readonly body?: undefined\n`)
  const answer = route.answer === null ? '' : `${pad}answer: ${typeText(route.answer, pad, false)}\n`
  return `    /** ${commentOf(route.summary)} */\n    '${route.path}': {\n${pad}asks: {\n${asked.join('')}${pad}}\n${answer}    }\n`
}

function parameterText({ name, schema, isRequired, description }: Named, pad: string): string {
  const doc = description === '' ? '' : `${pad}  /** ${commentOf(description)} */\n`
  return `${doc}${pad}  readonly ${keyOf(name)}${isRequired ? '' : '?'}: ${parameterType(schema, isRequired, pad)}\n`
}

/** A text stands in an address whatever it was; so more is taken than the server reads. */
function parameterType(schema: Schema, isRequired: boolean, pad: string): string {
  const or = isRequired ? '' : ' | undefined'
  if (isFlag(schema)) return `boolean${or}`
  const text = typeText(schema, `${pad}  `, true)
  return `${text === 'unknown' ? 'string' : text}${or}`
}

function eventsText(events: readonly EventShape[]): string {
  const [first] = events
  const envelope = Object.entries(first?.schema.properties ?? {})
    .filter(([name]) => !['type', 'objectKind', 'data'].includes(name))
    .map(([name, schema]) => propertyText(name, schema, true, '', false))
  const shapes = events.map(({ type, meaning, schema: { properties = {} } }) => {
    const { data = {}, objectKind = {} } = properties
    const kind = typeText(objectKind, '  ', false)
    return `  /** ${commentOf(meaning)} */\n  '${type}': { objectKind: ${kind}; data: ${typeText(data, '  ', false)} }\n`
  })
  return [
    `interface Envelope {\n${envelope.join('')}}\n`,
    `/** What each type of event is about, and what it says. */`,
    `export interface EventTypes {\n${shapes.join('')}}\n`,
    `export type EventType = keyof EventTypes\n`,
    `/** An event: \`type\` says which, and so what \`data\` has. Types may come that this client does not know yet. */`,
    `export type KvitEvent<T extends EventType = EventType> = {`,
    `  [K in T]: Envelope & {`,
    `    readonly type: K`,
    `    readonly objectKind: EventTypes[K]['objectKind']`,
    `    readonly data: EventTypes[K]['data']`,
    `  }`,
    `}[T]\n`,
  ].join('\n')
}

function factsText(api: Api): string {
  const { version, problemCodes } = api
  return [
    `export const API_VERSION = '${version}'\n`,
    `/** Codes of problems that this version knows; others may come. */`,
    `export type ProblemCode =${problemCodes.map((code) => `\n  | '${code}'`).join('')}\n`,
    `/** Writes that are not sent again when it is not known what they did. */`,
    `export const SENT_ONCE: readonly string[] = [`,
    ...sentOnce(api).map((name) => `  '${name}',`),
    `]\n`,
  ].join('\n')
}

/** @param isSent what a caller may leave out may be undefined, too. */
function typeText(schema: Schema, pad: string, isSent: boolean): string {
  const name = refOf(schema)
  if (name !== null) return name
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  const several = schema.anyOf ?? schema.oneOf
  if (several !== undefined) return unionText(several.map((one) => typeText(one, pad, isSent)))
  const kinds = kindsOf(schema)
  if (kinds.length === 0) return 'unknown'
  return kinds.map((kind) => kindText(kind, schema, pad, isSent)).join(' | ')
}

/** Words beside "any text" are still words that an editor offers. */
function unionText(texts: readonly string[]): string {
  const parts = new Set(texts)
  if (parts.has('unknown')) return 'unknown'
  const hasWords = texts.some((text) => text.startsWith("'"))
  return [...parts]
    .map((part) => (part === 'string' && hasWords ? '(string & Record<never, never>)' : part))
    .join(' | ')
}

function kindText(kind: string, schema: Schema, pad: string, isSent: boolean): string {
  if (kind === 'integer' || kind === 'number') return 'number'
  if (kind === 'array') return listText(typeText(schema.items ?? {}, pad, isSent))
  return kind === 'object' ? objectText(schema, pad, isSent) : kind
}

function listText(item: string): string {
  const isSimple = /^\w+$/.test(item)
  return isSimple ? `readonly ${item}[]` : `ReadonlyArray<${item}>`
}

function objectText(schema: Schema, pad: string, isSent: boolean): string {
  const { properties = {}, required = [], additionalProperties: more } = schema
  const rest = typeof more === 'object' ? typeText(more, pad, isSent) : more === true ? 'unknown' : null
  const names = Object.entries(properties)
  if (names.length === 0) return `{ readonly [name: string]: ${rest ?? 'never'} }`
  const lines = names.map(([name, inner]) => propertyText(name, inner, required.includes(name), pad, isSent))
  // Beside fields that have types of their own TypeScript takes nothing narrower.
  if (rest !== null) lines.push(`${pad}  readonly [name: string]: unknown\n`)
  return `{\n${lines.join('')}${pad}}`
}

function propertyText(name: string, schema: Schema, isRequired: boolean, pad: string, isSent: boolean): string {
  const optional = isRequired ? '' : '?'
  const or = isSent && !isRequired ? ' | undefined' : ''
  return `${docText(schema, `${pad}  `)}${pad}  readonly ${keyOf(name)}${optional}: ${typeText(schema, `${pad}  `, isSent)}${or}\n`
}

function docText({ description, deprecated }: Schema, pad: string): string {
  if (description === undefined) return ''
  return `${pad}/** ${commentOf(description)}${deprecated === true ? ' @deprecated' : ''} */\n`
}

function commentOf(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value)
}
