import { z } from 'zod'
import { firstIdOf } from '../../core/base/id.ts'
import { instant } from '../../platform/http/dates.ts'
import { type ListRows, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import type { Naming } from './ports.ts'

const entry = z
  .strictObject({
    id: z.uuid(),
    at: z.iso.datetime(),
    requestId: z.uuid(),
    outcome: z
      .enum(['done', 'begun', 'refused'])
      .describe(
        '`begun` is of requests that commit by themselves: `done` or `refused` follows, unless they were cut off',
      ),
    actor: z.strictObject({
      kind: z
        .enum(['key', 'user', 'link', 'signature', 'nobody'])
        .describe('`signature` is a provider that has signed the request: `person` says which'),
      id: z.string().nullable(),
      name: z.string().nullable().describe('Of the key, or the address of the user, as it is now'),
      person: z.string().describe('Who that is where two people have to agree'),
    }),
    route: z.string(),
    object: z.string().nullable().describe('What it was about: a key or an id out of the address or the answer'),
    fields: z.array(z.string()).describe('Names of what the body had'),
    problem: z.string().nullable().describe('Of a refusal: its code'),
    ip: z.string(),
    userAgent: z.string(),
  })
  .meta({ id: 'AuditEntry' })

interface EntryRow {
  readonly id: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly person: string
}

/** The log of who did what, when and from where. It is written where requests are answered (`platform/http/audit-log.ts`). */
export function auditLogRoutes(people: Naming): Route[] {
  const { text: _noText, createdFrom: _from, createdUntil: _until, ...paging } = listQuery
  return [
    readRoute({
      url: '/v1/audit-log',
      scope: 'audit:read',
      tag: 'Audit log',
      summary: 'Who did what, when and from where',
      query: z.object({
        ...paging,
        actor: z.uuid().optional().describe('A key or a user'),
        person: z.string().max(64).optional().describe('All keys and users that are one person'),
        route: z.string().max(200).optional().describe('Such as `POST /v1/payments`'),
        object: z.string().max(300).optional().describe('A key or an id, as it stands in addresses and answers'),
        outcome: z.enum(['done', 'begun', 'refused']).optional(),
        ip: z.string().max(64).optional(),
        request: z.uuid().optional(),
        from: instant.optional().describe('At this time or later'),
        until: instant.optional().describe('Before this time'),
      }),
      answer: listOf(entry),
      handle: async ({ db }, { query }) => {
        const { actor, person, route, object, outcome, ip, request, from, until } = query
        const indexed = { actorId: actor, route, object }
        const others = { person, outcome, ip, requestId: request }
        const page = await listPage<EntryRow>(
          db,
          { ...query, createdFrom: from, createdUntil: until },
          {
            table: 'auditEntry',
            madeAt: 'at',
            narrow: (rows) => withTimes(withAll(rows, 'auditEntry', indexed), from, until),
            keep: (rows) => withAll(rows, 'row', others),
          },
        )
        const names = await people.namesOf([...new Set(page.items.flatMap(({ actorId }) => actorId ?? []))])
        return { ...page, items: page.items.map((row) => entryView(row, names)) }
      },
    }),
  ]
}

function withAll(rows: ListRows, table: string, values: Readonly<Record<string, string | undefined>>): ListRows {
  return Object.entries(values).reduce(
    (found, [column, value]) => (value === undefined ? found : found.where(`${table}.${column}`, '=', value)),
    rows,
  )
}

/** Ids begin with the time at which they were made, so that an interval of time is one of ids. */
function withTimes(rows: ListRows, from: string | undefined, until: string | undefined): ListRows {
  const since = from === undefined ? rows : rows.where('auditEntry.id', '>=', firstIdOf(Date.parse(from) - LEAD_MS))
  return until === undefined ? since : since.where('auditEntry.id', '<', firstIdOf(Date.parse(until) + LEAD_MS))
}

/** Ids of a busy millisecond run ahead of the clock a little. */
const LEAD_MS = 60_000

function entryView(
  { actorKind: kind, actorId: id, person, ...row }: EntryRow,
  names: ReadonlyMap<string, string>,
): object {
  return { ...row, actor: { kind, id, name: names.get(id ?? '') ?? null, person } }
}
