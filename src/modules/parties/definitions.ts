import type { AccountDefinitions } from '../../engine/index.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { chargingTerms, type StoredTerms } from './charging-terms.ts'

/** Accounts and services as the engine keeps them. */
export async function loadPartyDefinitions(
  db: Database,
  ids: readonly string[],
): Promise<Pick<AccountDefinitions, 'accounts' | 'services'>> {
  const [accounts, services] = await Promise.all([
    db
      .selectFrom('account')
      .select([
        'id',
        'currency',
        'zone',
        'cycleAnchor as anchor',
        'cycleUnit',
        'cycleCount',
        'creditLimitMinor',
        'sponsorAccountId',
        'sponsorCaps',
        'thresholds',
      ])
      .where('id', '=', anyOf(ids))
      .execute(),
    db
      .selectFrom('service')
      .select(['id', 'key', 'accountId', 'validFrom', 'validUntil'])
      .where('accountId', '=', anyOf(ids))
      .execute(),
  ])
  return {
    accounts: accounts.map(({ id, currency, zone, anchor, cycleUnit, cycleCount, ...terms }) => ({
      id,
      currency,
      zone,
      anchor,
      cycle: { unit: cycleUnit as AccountDefinitions['accounts'][number]['cycle']['unit'], count: cycleCount },
      terms: chargingTerms(currency, terms as StoredTerms),
    })),
    services: services.map(({ id, key, accountId, validFrom, validUntil }) => ({
      id,
      key,
      accountId,
      fromMs: validFrom.getTime(),
      untilMs: validUntil?.getTime() ?? Number.POSITIVE_INFINITY,
    })),
  }
}
