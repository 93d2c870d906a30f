import { z } from 'zod'
import { thingKey } from '../../platform/http/fields.ts'
import { bytesOf, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { brandContent, brandVersion, image } from './schemas.ts'
import { keepImage, publishBrand } from './service.ts'
import * as store from './store.ts'

/** Bytes of a logo. */
const MAX_IMAGE = 256 * 1024
const byKey = z.object({ key: thingKey })

/** Brands: what pages look like, in versions that never change. */
export function brandRoutes(): Route[] {
  const tag = 'Brands'
  const [read, write] = [
    { scope: 'settings:read', tag },
    { scope: 'settings:write', tag },
  ] as const
  return [
    readRoute({
      ...read,
      url: '/v1/brands',
      summary: 'What pages of issuers and their brands look like: the last version of each',
      answer: z.strictObject({ items: z.array(brandVersion) }),
      handle: async ({ db }) => ({ items: await store.listBrands(db) }),
    }),
    readRoute({
      ...read,
      url: '/v1/brands/{key}',
      summary: 'A brand: its last version, or the one of a number',
      params: byKey,
      query: z.object({
        version: z.coerce
          .number()
          .int()
          .min(1)
          .max(2 ** 31 - 1)
          .optional(),
      }),
      answer: brandVersion,
      handle: async ({ db }, { params, query }) => store.getBrand(db, params.key, query.version),
    }),
    writeRoute({
      ...write,
      method: 'PUT',
      url: '/v1/brands/{key}',
      summary: 'Publish a version of a brand: documents from now on have it, those of before keep theirs',
      params: byKey,
      body: brandContent,
      answer: brandVersion,
      handle: async ({ db, nowMs }, { params, body }) => publishBrand(db, params.key, body, nowMs),
    }),
    writeRoute({
      ...write,
      url: '/v1/brand-images',
      summary: 'Keep a logo, a PNG or an SVG of shapes; brands name it by the hash that is answered',
      bodyLimit: MAX_IMAGE,
      rawBody: true,
      content: { type: 'application/octet-stream', schema: z.string() },
      answer: image,
      handle: async ({ db, nowMs }, { body }) => {
        const kept = await keepImage(db, bytesOf(body), nowMs)
        return { digest: kept.digest, format: kept.format, bytes: kept.bytes.length }
      },
    }),
  ]
}
