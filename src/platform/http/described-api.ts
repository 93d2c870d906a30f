import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is looked at of a description that is made. */
export interface DescribedApi {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly schema?: { readonly type?: string } }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses?: Readonly<Record<string, { readonly content?: Content }>>
}
type Content = Readonly<Record<string, object>>

/** Requests and answers by operation, such as `POST /v1/customers`; they come from the story of a test. */
type Examples = Readonly<Record<string, { readonly request?: unknown; readonly answer: unknown }>>

/** Says how parameters with parts are written: `metadata[region]=eu`, and `expand=account,customer`. */
export function withStyles(api: DescribedApi): DescribedApi {
  const operations = Object.values(api.paths ?? {}).flatMap((methods) => Object.values(methods))
  for (const parameter of operations.flatMap(({ parameters = [] }) => parameters)) {
    const { in: place, schema } = parameter
    if (place === 'query' && schema?.type === 'object') Object.assign(parameter, { style: 'deepObject', explode: true })
    if (place === 'query' && schema?.type === 'array') Object.assign(parameter, { style: 'form', explode: false })
  }
  return api
}

/** Adds examples to the schemas of requests and answers. */
export function withExamples(api: DescribedApi): DescribedApi {
  const examples = JSON.parse(readFileSync(join(import.meta.dirname, 'api-examples.json'), 'utf8')) as Examples
  for (const [name, { request, answer }] of Object.entries(examples)) {
    const [method = '', path = ''] = name.split(' ')
    const operation = api.paths?.[path]?.[method.toLowerCase()]
    const [success] = Object.entries(operation?.responses ?? {}).filter(([status]) => status.startsWith('2'))
    for (const content of Object.values(success?.[1].content ?? {})) Object.assign(content, { example: answer })
    if (request === undefined) continue
    for (const content of Object.values(operation?.requestBody?.content ?? {}))
      Object.assign(content, { example: request })
  }
  return api
}
