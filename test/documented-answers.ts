import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

type Schema = Readonly<Record<string, unknown>>
interface Operation {
  readonly responses?: Readonly<Record<string, { content?: Readonly<Record<string, { schema?: Schema }>> }>>
}
interface Documented {
  readonly method: string
  readonly path: RegExp
  /** Made when it is asked for first: most files use few of the operations. */
  readonly responses: () => NonNullable<Operation['responses']>
}

/**
 * What a server says of its answers. It is the same for all servers of a test run, and to make it costs a quarter of a second: the
 * first file of a run leaves it in the folder of the run for the others.
 */
async function describedBy(url: string): Promise<string> {
  const folder = process.env['KVIT_TEST_FOLDER']
  const file = folder === undefined ? null : join(folder, 'openapi.json')
  const left = file === null ? null : await readFile(file, 'utf8').catch(() => null)
  if (left !== null) return left
  const text = await (await fetch(`${url}/openapi.json`)).text()
  if (file === null) return text
  const own = `${file}.${process.pid}`
  await writeFile(own, text)
  await rename(own, file)
  return text
}

/** A part of a description in which what it refers to stands where it is meant. */
function resolved(description: Schema, meant: Schema): Schema {
  const resolve = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(resolve)
    if (part === null || typeof part !== 'object') return part
    const { $ref } = part as { $ref?: unknown }
    if (typeof $ref !== 'string')
      return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, resolve(one)]))
    const path = $ref.split('/').slice(1)
    return resolve(path.reduce<unknown>((at, key) => (at as Schema)[key], description))
  }
  return resolve(meant) as Schema
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/**
 * Makes `fetch` compare the JSON that a server answers with what its own description of the API says of it.
 * @returns what differs, as it is found.
 */
export async function watchAnswers(url: string): Promise<readonly string[]> {
  const differences: string[] = []
  const plain = globalThis.fetch
  const description = JSON.parse(await describedBy(url)) as Schema
  const { paths } = description as { paths: Record<string, Record<string, Operation>> }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { responses = {} }]): Documented => ({
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
        responses: once(() => resolved(description, responses) as NonNullable<Operation['responses']>),
      }),
    ),
  )
  const shapes = new Map<Schema, z.ZodType>()
  const shapeOf = (schema: Schema): z.ZodType => {
    const shape = shapes.get(schema) ?? z.fromJSONSchema(schema)
    shapes.set(schema, shape)
    return shape
  }
  globalThis.fetch = async (input, init) => {
    const response = await plain(input, init)
    const target = typeof input === 'string' ? input : ''
    if (!target.startsWith(url)) return response
    const { pathname } = new URL(target)
    const known = operations.find(({ method, path }) => method === (init?.method ?? 'GET') && path.test(pathname))
    const responses = known?.responses()
    const content = (responses?.[response.status] ?? responses?.['default'])?.content
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    const schema = response.ok && responses?.[response.status] === undefined ? undefined : content?.[type]?.schema
    if (schema === undefined) return response
    const { error } = shapeOf(schema).safeParse(await response.clone().json())
    if (error !== undefined) differences.push(`${init?.method ?? 'GET'} ${pathname}: ${z.prettifyError(error)}`)
    return response
  }
  return differences
}
