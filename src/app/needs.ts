import { drawCode } from '../adapters/typst/draw-code.ts'
import type { PaymentCode } from '../core/payment-codes/payment-order.ts'
import type { AccessService } from '../modules/access/index.ts'
import type { ApprovalNeeds } from '../modules/approvals/index.ts'
import type { CheckProgressOf, Checks } from '../modules/audit/index.ts'
import {
  askReversal,
  type BalanceNeeds,
  carryOutPaymentReversal,
  carryOutTopUpReversal,
  type SoldTermsOf,
  TopUps,
} from '../modules/balances/index.ts'
import { type BankNeeds, releaseLineOf } from '../modules/banks/index.ts'
import {
  carryOutCredit,
  carryOutDebit,
  carryOutForAccount,
  carryOutVoid,
  creditDoorOf,
  soldTermsOf,
  type TaxEngineNeeds,
  takeFeesOfNewDays,
} from '../modules/billing/index.ts'
import { type BooksNeeds, carryOutWriteOff } from '../modules/books/index.ts'
import type { PdfRenderer } from '../modules/brands/index.ts'
import { cancelReceiptOf } from '../modules/cash-desk/index.ts'
import type { DeliveryNeeds } from '../modules/deliveries/index.ts'
import type { ListGiven } from '../modules/discounts/index.ts'
import { carryOutAcceptance, type DisputeNeeds } from '../modules/disputes/index.ts'
import type { DunningNeeds } from '../modules/dunning/index.ts'
import { type FilesEnclosedWith, givenByDiscounts } from '../modules/invoices/index.ts'
import type { Parts, PersonalRows, ReadingParts } from '../modules/module.ts'
import type { ChannelNeeds } from '../modules/notifications/index.ts'
import type { OverviewNeeds } from '../modules/overview/index.ts'
import { PARTY_KINDS, type PartyNeeds } from '../modules/parties/index.ts'
import { AttemptRunner, Checkouts, type GatewayNeeds, Gateways } from '../modules/payment-gateways/index.ts'
import type { PaymentPorts } from '../modules/payments/index.ts'
import type { People } from '../modules/people/index.ts'
import { listBonusRules } from '../modules/promotions/index.ts'
import { receivablesOf } from '../modules/receivables/index.ts'
import type { EnforcementNeeds } from '../modules/service-blocks/index.ts'
import { subscriptionKind } from '../modules/subscriptions/index.ts'
import type { TaxIdNeeds } from '../modules/tax-ids/index.ts'
import type { WebhookNeeds } from '../modules/webhooks/index.ts'
import type { EventType } from '../platform/events/event-type.ts'
import type { SecretKeys } from '../platform/secrets/secret-keys.ts'
import type { SettingsType } from '../platform/settings/settings-type.ts'
import { dunningPorts } from './dunning-ports.ts'

/** All that modules need of the process, some of it of each other, against the direction of their imports. */
export interface Needs
  extends Parts,
    BalanceNeeds,
    PartyNeeds,
    Pick<PaymentPorts, 'askReversal'>,
    ApprovalNeeds,
    DisputeNeeds,
    DunningNeeds,
    BooksNeeds,
    BankNeeds,
    TaxIdNeeds,
    TaxEngineNeeds,
    DeliveryNeeds,
    ChannelNeeds,
    GatewayNeeds,
    WebhookNeeds,
    EnforcementNeeds,
    OverviewNeeds {
  readonly access: AccessService
  readonly people: People
  readonly givenByDiscounts: ListGiven
  /** How money is taxed that comes in. */
  readonly soldTermsOf: SoldTermsOf
  readonly checkouts: Checkouts
  /** A code that a payer scans, as SVG. */
  readonly drawCode: (code: PaymentCode) => string
  /** Everything that Kvit tells of. */
  readonly eventTypes: readonly EventType[]
  /** Everything that a tenant can set. */
  readonly settingsTypes: readonly SettingsType[]
  /** Everything that is known of customers. */
  readonly personal: readonly PersonalRows[]
  readonly rotateSecrets: SecretKeys['rotate']
  readonly checkProgress: CheckProgressOf
}

/** All that routes for reading need. */
export interface ReadingNeeds extends ReadingParts {
  readonly pdf: PdfRenderer
  readonly checks: Checks
  readonly personal: readonly PersonalRows[]
  readonly enclosedWith: FilesEnclosedWith
}

/** What there is beside the parts that all modules get. */
type Others = Pick<
  Needs,
  | 'access'
  | 'people'
  | 'eventTypes'
  | 'settingsTypes'
  | 'personal'
  | keyof OverviewNeeds
  | 'rotateSecrets'
  | 'checkProgress'
  | 'usageReaderOf'
  | 'taxIdRegister'
  | 'taxEngines'
  | keyof GatewayNeeds
  | keyof DeliveryNeeds
  | keyof ChannelNeeds
  | 'bankReader'
  | 'receivers'
  | 'radius'
>

export function needsOf(parts: Parts, others: Others): Needs {
  const { db, engine, nowMs } = parts
  const receivables = receivablesOf(db, engine, async (within, payment, amountMinor, atMs) => {
    await releaseLineOf(within, payment, amountMinor, atMs)
    await cancelReceiptOf(within, payment, amountMinor, atMs)
  })
  const withMoney = { ...parts, receivables }
  const gateways = new Gateways(others)
  const onFault = parts.onFault('a payment gateway could not be asked; it is asked again')
  const checkouts = new Checkouts(gateways, new AttemptRunner({ ...withMoney, onFault }, gateways))
  const disputes = { creditDoor: creditDoorOf(parts), settleOpen: receivables.settle }
  return {
    ...parts,
    ...others,
    givenByDiscounts,
    checkouts,
    drawCode,
    receivables,
    ...disputes,
    dunning: dunningPorts({ ...parts, ...disputes }),
    carryOut: {
      payment: carryOutPaymentReversal(withMoney),
      top_up: carryOutTopUpReversal(withMoney),
      credit_note: carryOutCredit(withMoney),
      void: carryOutVoid(withMoney),
      debit_note: carryOutDebit(withMoney),
      write_off: carryOutWriteOff(withMoney),
      dispute: carryOutForAccount(withMoney, carryOutAcceptance(disputes)),
    },
    askReversal,
    topUps: new TopUps(parts, receivables, { bonusRules: listBonusRules, soldTermsOf }),
    soldTermsOf,
    kinds: [...PARTY_KINDS, subscriptionKind],
    takeDueFees: async (tenant) => takeFeesOfNewDays(db, engine, tenant, nowMs),
  }
}
