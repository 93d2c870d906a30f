import { z } from 'zod'
import type { Caller } from '../../platform/http/authorize.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import type { Expansions, Shown } from './kind.ts'
import { listByIds } from './store.ts'

/** Names that one request expands. */
const MAX_NAMES = 10

/** Names, and names within what they name; nothing goes deeper: `account`, `account.customer`. */
function namesOf(of: Expansions): string[] {
  return Object.entries(of).flatMap(([name, { kind }]) => [
    name,
    ...Object.keys(kind().expansions).map((inner) => `${name}.${inner}`),
  ])
}

interface ExpandQuery {
  readonly expand: z.ZodOptional<z.ZodType<readonly string[]>>
}

/** The parameter `expand`: `expand=account,customer`, or `expand[]=account&expand[]=customer`. */
export function expandQuery(of: Expansions): ExpandQuery {
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
  of: Expansions,
  items: readonly object[],
  names: readonly string[] = [],
): Promise<readonly object[]> {
  if (names.length > 0 && !scopes.includes('customers:read'))
    throw new Refusal('forbidden', 'expand: the key needs the scope customers:read, too')
  return expanded(context, of, items as readonly Shown[], names)
}

async function expanded(
  context: Pick<ReadContext, 'db' | 'nowMs'>,
  of: Expansions,
  items: readonly Shown[],
  names: readonly string[],
): Promise<readonly Shown[]> {
  const paths = names.map((name) => name.split('.') as [string, string?])
  let shown = items
  for (const [name, own] of Map.groupBy(paths, ([first]) => first)) {
    const { kind: kindOf, id } = of[name] as Expansions[string]
    const kind = kindOf()
    const idOf = (item: object): unknown => (item as Readonly<Record<string, unknown>>)[id]
    const ids = new Set(items.map(idOf).filter((one) => typeof one === 'string'))
    const whole = await kind.view(context.db, await listByIds(context.db, kind.name, [...ids]), context.nowMs)
    const inner = own.flatMap(([, second]) => (second === undefined ? [] : [second]))
    const byId = new Map((await expanded(context, kind.expansions, whole, inner)).map((one) => [one.id, one]))
    shown = shown.map((item) => ({ ...item, [name]: byId.get(String(idOf(item))) ?? null }))
  }
  return shown
}
