import { z } from 'zod'
import { parseNumbersAsTexts } from '../../core/base/numbers-as-texts.ts'
import type { EngineReads } from '../../engine/index.ts'
import { day, zone } from '../../platform/http/dates.ts'
import { rawJson } from '../../platform/http/parse-json.ts'
import { type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import * as answers from './answers.ts'
import { simulate } from './simulate.ts'

const BODY_LIMIT = 16 * 1024 * 1024
const MAX_RECORDS = 20_000

const body = z
  .strictObject({
    version: z.coerce.number().int().positive().optional(),
    files: z
      .array(z.strictObject({ name: z.string().min(1).max(200), text: z.string() }))
      .min(1)
      .max(100)
      .optional(),
    records: z.array(z.record(z.string(), z.unknown())).min(1).max(MAX_RECORDS).optional(),
    usage: z
      .strictObject({ account: z.string().min(1).max(200), from: day, until: day })
      .refine(({ from, until }) => until > from, { message: 'until must be after from', path: ['until'] })
      .optional(),
    startsOn: z.iso
      .date()
      .optional()
      .describe(
        'Of `records`: the day on which their subscription began, by which phases are chosen; long ago when absent',
      ),
    zone: zone.default('UTC'),
  })
  .refine(({ records, usage }) => (records === undefined) !== (usage === undefined), 'give records, or name usage')

export function simulationRoutes(engine: EngineReads): Route[] {
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/plans/{code}/simulate',
      scope: 'usage:read',
      tag: 'Re-rating',
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      summary:
        'What usage would cost on a plan, published or in `files`: `records` as they would be delivered, or the recorded `usage` of an account',
      params: z.object({ code: z.string().min(1).max(100) }),
      content: { type: 'application/json', schema: body },
      answer: answers.simulated,
      aside: 'short',
      handle: async (context, { params, body: bytes }) => {
        const { version, files, records, usage, zone, startsOn } = read(bytes)
        return simulate(engine, context, {
          code: params.code,
          version,
          files: files ?? null,
          records: records?.map((record) => JSON.stringify({ id: '-', source: '-', service: '-', ...record })) ?? null,
          usage: usage ?? null,
          zone,
          startsOn: startsOn ?? null,
        })
      },
    }),
  ]
}

/** Numbers become their own text: records keep every digit. */
function read(bytes: unknown): z.infer<typeof body> {
  let content: unknown
  try {
    content = parseNumbersAsTexts(rawJson(bytes))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('invalid_json', error instanceof Error ? error.message : String(error))
  }
  const parsed = body.safeParse(content)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new Refusal('invalid_request', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), { errors })
}
