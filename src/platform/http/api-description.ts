import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { PROBLEMS } from '../problems.ts'
import { pathOf, type Route } from './route.ts'

/** What `/openapi.json` is made of. */
export function apiDescription(version: string, routes: readonly Route[]): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kvit',
        version,
        description: 'Convergent billing.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }],
    },
    transform: withAnswers(routes),
    transformObject: jsonSchemaTransformObject,
  }
}

/** What every route may answer instead: a problem, RFC 9457. */
const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS)),
    detail: z.string(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457: `code` is stable, `detail` is for people' })

/** Adds what routes answer, and what raw bodies hold, to the description of the API: nothing is checked by it. */
function withAnswers(routes: readonly Route[]): typeof jsonSchemaTransform {
  const byName = new Map(routes.map((route) => [`${route.method} ${pathOf(route)}`, route]))
  return (document) => {
    const { route: described, schema } = document
    const route = byName.get(`${String(described.method)} ${document.url}`)
    if (route === undefined) return jsonSchemaTransform(document)
    const { answer: shape, content, status } = route
    const problems = { description: 'A problem', content: { 'application/problem+json': { schema: problem } } }
    const body = content === undefined ? {} : { body: content.schema, consumes: [content.type] }
    const response = { ...(shape === undefined ? {} : { [status]: shape }), default: problems }
    return jsonSchemaTransform({ ...document, schema: { ...schema, ...body, response } })
  }
}
