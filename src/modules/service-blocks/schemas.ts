import { z } from 'zod'
import { BLOCK_REASONS, BLOCK_SCOPES, SERVICE_STATES, USE_KINDS } from '../../core/charging/service-blocks.ts'
import { instant } from '../../platform/http/dates.ts'
import { key, reference, textUpTo } from '../../platform/http/fields.ts'
import { ofAccount } from '../parties/index.ts'

export const BLOCK_STATES = ['standing', 'coming', 'ended', 'lifted'] as const
const MAX_KBPS = 1_000_000_000
const reason = z.enum(BLOCK_REASONS)
const scope = z.enum(BLOCK_SCOPES)
const note = textUpTo(500).nullable()
const barred = z.array(z.enum(USE_KINDS))

export const blockDraft = z
  .strictObject({
    key: key.describe('The caller’s own identifier: the same key never places a second block'),
    service: reference.optional().describe('One service, by its id or key; either it or `account`'),
    account: reference.optional().describe('Every service of an account, also those that it gets later'),
    reason: reason.describe('Payment lifts the two of dunning; `fraud` and `admin` need the scope `blocks:admin`'),
    scope: scope.optional().describe('What is barred: `outgoing` of `dunning_soft`, `all` of the others unless set'),
    kbps: z
      .int()
      .min(1)
      .max(MAX_KBPS)
      .nullable()
      .default(null)
      .describe('Slows down to so many kilobits per second, and bars nothing; null bars'),
    note: note.default(null).describe('For people'),
    from: instant.optional().describe('Now unless set'),
    until: instant.nullable().default(null).describe('Until it is lifted unless set'),
  })
  .refine(({ service, account }) => (service === undefined) !== (account === undefined), {
    message: 'name either a service or an account',
    path: ['service'],
  })
  .refine(({ kbps, scope: of = 'all' }) => kbps === null || of === 'all' || of === 'data', {
    message: 'what slows down is about data: leave the scope out',
    path: ['scope'],
  })

export const liftDraft = z.strictObject({ note: note.default(null).describe('Why, for people') })

export const blockAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    ...ofAccount,
    serviceId: z.uuid().nullable().describe('Null is every service of the account'),
    service: z.string().nullable().describe('Its key'),
    reason,
    scope,
    kbps: z.int().nullable(),
    note: z.string().nullable(),
    state: z.enum(BLOCK_STATES).describe('`coming`: it begins later'),
    from: z.iso.datetime(),
    until: z.iso.datetime().nullable(),
    placedBy: z.string().describe('The key or user; `dunning` for dunning itself'),
    placedAt: z.iso.datetime(),
    liftedBy: z.string().nullable(),
    liftedAt: z.iso.datetime().nullable(),
    liftNote: z.string().nullable(),
  })
  .meta({ id: 'ServiceBlock' })

const stateShape = {
  serviceId: z.uuid(),
  service: z.string().describe('Its key'),
  accountId: z.uuid(),
  state: z
    .enum(SERVICE_STATES)
    .describe('`restricted`: some kinds of use are barred; `blocked`: all of them; `throttled`: none, but it is slow'),
  barred: barred.describe('Kinds of use that are barred'),
  kbps: z.int().nullable().describe('The most kilobits per second that it may use; null where nothing slows it down'),
  reasons: z.array(reason),
  at: z.iso.datetime().describe('The time that it is the state of'),
}
const stateAnswer = z.strictObject(stateShape).meta({ id: 'ServiceState' })
export const statesAnswer = z.strictObject({
  items: z.array(stateAnswer),
  nextCursor: z.uuid().nullable().describe('`cursor` of the next page; null where there is none'),
})
export const serviceWithBlocks = z
  .strictObject({ ...stateShape, blocks: z.array(blockAnswer).describe('Those that stand at that time') })
  .meta({ id: 'ServiceStateWithBlocks' })
