import { z } from 'zod'
import type { Caller } from '../../platform/http/authorize.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import type { Kind } from './schemas.ts'
import { listByIds } from './store.ts'
import { type Shown, toViews } from './views.ts'

/** Something that can stand whole in an answer: what it is, and the field of the answer that has its id. */
interface Expansion {
  readonly kind: Kind
  readonly id: string
}

const customer: Expansion = { kind: 'customer', id: 'customerId' }
const ofAccount = { account: { kind: 'account', id: 'accountId' }, customer } as const
/** By what is shown: what can stand whole in it, under the name of its field. */
const EXPANSIONS = {
  issuer: {},
  customer: {},
  account: {
    customer,
    issuer: { kind: 'issuer', id: 'issuerId' },
    sponsor: { kind: 'account', id: 'sponsorAccountId' },
  },
  service: ofAccount,
  subscription: {
    ...ofAccount,
    service: { kind: 'service', id: 'serviceId' },
    parent: { kind: 'subscription', id: 'parentId' },
  },
  invoice: ofAccount,
  payment: ofAccount,
} as const satisfies Record<string, Readonly<Record<string, Expansion>>>
export type Expandable = keyof typeof EXPANSIONS

/** Names that one request expands. */
const MAX_NAMES = 10

function expansionsOf(of: Expandable): Readonly<Record<string, Expansion>> {
  return EXPANSIONS[of]
}

/** Names, and names within what they name; nothing goes deeper: `account`, `account.customer`. */
function namesOf(of: Expandable): string[] {
  return Object.entries(expansionsOf(of)).flatMap(([name, { kind }]) => [
    name,
    ...Object.keys(expansionsOf(kind)).map((inner) => `${name}.${inner}`),
  ])
}

interface ExpandQuery {
  readonly expand: z.ZodOptional<z.ZodType<readonly string[]>>
}

/** The parameter `expand`: `expand=account,customer`, or `expand[]=account&expand[]=customer`. */
export function expandQuery(of: Expandable): ExpandQuery {
  const names = namesOf(of)
  if (names.length === 0) return {} as ExpandQuery
  const name = z.enum(names, {
    error: ({ input }) => `${JSON.stringify(input)} cannot be expanded; one of: ${names.join(', ')}`,
  })
  const list = z.array(name).max(MAX_NAMES, `at most ${MAX_NAMES} names`)
  return {
    expand: z
      .preprocess((given) => [given].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : [one])), list)
      .optional()
      .describe('What is to stand whole in the answer, in place of its key; needs the scope `customers:read`, too'),
  }
}

/**
 * Puts what is named whole into items of an answer. All things of one name are read at once, however many items there are.
 * @throws Refusal where the key may not read them.
 */
export async function expand(
  context: Pick<ReadContext, 'db' | 'nowMs'>,
  { scopes }: Pick<Caller, 'scopes'>,
  of: Expandable,
  items: readonly object[],
  names: readonly string[] = [],
): Promise<readonly object[]> {
  if (names.length > 0 && !scopes.includes('customers:read'))
    throw new Refusal('forbidden', 'expand: the key needs the scope customers:read, too')
  return expanded(context, of, items as readonly Shown[], names)
}

async function expanded(
  context: Pick<ReadContext, 'db' | 'nowMs'>,
  of: Expandable,
  items: readonly Shown[],
  names: readonly string[],
): Promise<readonly Shown[]> {
  const paths = names.map((name) => name.split('.') as [string, string?])
  let shown = items
  for (const [name, own] of Map.groupBy(paths, ([first]) => first)) {
    const { kind, id } = expansionsOf(of)[name] as Expansion
    const idOf = (item: object): unknown => (item as Readonly<Record<string, unknown>>)[id]
    const ids = new Set(items.map(idOf).filter((one) => typeof one === 'string'))
    const whole = await toViews(context.db, kind, await listByIds(context.db, kind, [...ids]), context.nowMs)
    const inner = own.flatMap(([, second]) => (second === undefined ? [] : [second]))
    const byId = new Map((await expanded(context, kind, whole, inner)).map((one) => [one.id, one]))
    shown = shown.map((item) => ({ ...item, [name]: byId.get(String(idOf(item))) ?? null }))
  }
  return shown
}
