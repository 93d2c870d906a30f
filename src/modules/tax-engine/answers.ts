import type { OutsideOf, TaxParties } from '../../core/billing/tax-facts.ts'
import type { TaxDecision } from '../../core/tax/decide-tax.ts'
import { questionKey, type TaxQuestion } from '../../core/tax/outside-engine.ts'
import { newId } from '../../platform/clock.ts'
import { digestOfContent } from '../../platform/content-digest.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { TenantEngine } from './tenant-engine.ts'

/** An answer, or a question that has none yet. */
export interface TaxAnswer {
  readonly id: string
  readonly partiesDigest: string
  readonly taxClass: string
  readonly suppliedOn: string
  readonly accountId: string
  readonly question: TaxParties
  readonly engine: string
  readonly state: 'asked' | 'answered' | 'own_rules'
  readonly decision: TaxDecision | null
  readonly reference: string | null
  readonly reason: string | null
  readonly askedAt: Date
  readonly answeredAt: Date | null
}

/** What an answer depends on, and nothing else of the terms. */
function partiesIn({ seller, buyer: { proofs: _proofs, ...buyer }, currency }: TaxParties): TaxParties {
  return { seller, buyer, currency }
}

function digestOf(parties: TaxParties): string {
  return digestOfContent(partiesIn(parties)).toString('hex')
}

/**
 * What the engine has said of parties, such as those of the accounts that are billed together.
 * @returns for each of them what it answers; undefined for all where no engine is asked
 */
export async function outsideTaxOf(
  db: Database,
  engine: TenantEngine | null,
  all: readonly TaxParties[],
): Promise<OutsideOf> {
  if (engine === null) return () => undefined
  const digests = [...new Set(all.map(digestOf))]
  const query = db.selectFrom('taxAnswer').selectAll().where('state', '<>', 'asked')
  const rows = (await query.where('partiesDigest', '=', anyOf(digests, 'text')).execute()) as unknown as TaxAnswer[]
  const known = Map.groupBy(rows, ({ partiesDigest }) => partiesDigest)
  return (parties) => ({
    ...{ engine: engine.label, countries: engine.values.countries },
    answers: new Map(
      (known.get(digestOf(parties)) ?? []).map((row) => [questionKey(row), row.decision as TaxDecision]),
    ),
  })
}

/** Notes what is to be asked, once. In the transaction that keeps the document which waits for it. */
export async function noteQuestions(
  db: Database,
  engine: TenantEngine,
  all: readonly { readonly accountId: string; readonly parties: TaxParties; readonly asks: readonly TaxQuestion[] }[],
  nowMs: number,
): Promise<void> {
  const rows = all.flatMap(({ accountId, parties, asks }) => {
    const partiesDigest = digestOf(parties)
    const question = JSON.stringify(partiesIn(parties))
    const own = new Map(asks.map((one) => [questionKey(one), one]))
    return [...own.values()].map(({ taxClass, suppliedOn }) => ({
      ...{ id: newId(), partiesDigest, taxClass, suppliedOn, accountId, question, engine: engine.values.engine },
      ...{
        state: 'asked' as const,
        decision: null,
        reference: null,
        reason: null,
        askedAt: new Date(nowMs),
        answeredAt: null,
      },
    }))
  })
  if (rows.length === 0) return
  const into = db.insertInto('taxAnswer').values(rows)
  await into.onConflict((on) => on.columns(['partiesDigest', 'taxClass', 'suppliedOn']).doNothing()).execute()
}

/** Questions without an answer, the oldest first. */
export async function listQuestions(db: Database, limit: number): Promise<TaxAnswer[]> {
  const query = db.selectFrom('taxAnswer').selectAll().where('state', '=', 'asked')
  return (await query.orderBy('askedAt').orderBy('id').limit(limit).execute()) as unknown as TaxAnswer[]
}

/** Keeps an answer, or why there is none; one that is there is never changed. */
export async function keepAnswer(
  db: Database,
  id: string,
  { decision, ...answer }: Pick<TaxAnswer, 'state' | 'decision' | 'reference' | 'reason'>,
  nowMs: number,
): Promise<void> {
  const answeredAt = answer.state === 'asked' ? null : new Date(nowMs)
  const set = { ...answer, decision: decision === null ? null : JSON.stringify(decision), answeredAt }
  await db.updateTable('taxAnswer').set(set).where('id', '=', id).where('state', '=', 'asked').execute()
}
