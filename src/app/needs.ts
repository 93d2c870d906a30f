import type { AccessService } from '../modules/access/index.ts'
import type { Checks } from '../modules/audit/index.ts'
import { askReversal, type BalanceNeeds } from '../modules/balances/index.ts'
import type { ListGiven } from '../modules/discounts/index.ts'
import {
  accountsToSettle,
  applyToBalances,
  givenByDiscounts,
  isOpened,
  listAccountDocuments,
  type PdfRenderer,
  takeFeesOfNewDays,
} from '../modules/invoicing/index.ts'
import type { Parts, ReadingParts } from '../modules/module.ts'
import type { PaymentPorts } from '../modules/payments/index.ts'
import type { People } from '../modules/people/index.ts'
import { listBonusRules } from '../modules/promotions/index.ts'
import type { EventType } from '../platform/events/event-type.ts'
import type { SecretKeys } from '../platform/secrets/secret-keys.ts'
import type { SettingsType } from '../platform/settings/settings-type.ts'

/** All that modules need of the process, some of it of each other, against the direction of their imports. */
export interface Needs extends Parts, BalanceNeeds {
  readonly access: AccessService
  readonly people: People
  readonly documents: PaymentPorts
  readonly givenByDiscounts: ListGiven
  /** Everything that Kvit tells of. */
  readonly eventTypes: readonly EventType[]
  /** Everything that a tenant can set. */
  readonly settingsTypes: readonly SettingsType[]
  readonly rotateSecrets: SecretKeys['rotate']
}

/** All that routes for reading need. */
export interface ReadingNeeds extends ReadingParts {
  readonly pdf: PdfRenderer
  readonly checks: Checks
}

/** What there is beside the parts that all modules get. */
type Others = Pick<Needs, 'access' | 'people' | 'eventTypes' | 'settingsTypes' | 'rotateSecrets'>

export function needsOf(parts: Parts, others: Others): Needs {
  const { db, engine, nowMs } = parts
  const apply: PaymentPorts['apply'] = (tenant, atMs, accountId) => applyToBalances(db, engine, tenant, atMs, accountId)
  return {
    ...parts,
    ...others,
    givenByDiscounts,
    documents: { listDocuments: listAccountDocuments, isOpened, apply, askReversal },
    settlement: {
      due: async ({ db: scoped }, accountIds) => accountsToSettle(scoped, accountIds),
      settle: ({ tenant, nowMs: atMs }, accountId) => apply(tenant, atMs, accountId),
    },
    bonusRules: listBonusRules,
    takeDueFees: async (tenants) => takeFeesOfNewDays(db, engine, tenants, nowMs),
  }
}
