import { accessModule } from '../modules/access/index.ts'
import { approvalsModule } from '../modules/approvals/index.ts'
import { attachmentsModule } from '../modules/attachments/index.ts'
import { auditModule } from '../modules/audit/index.ts'
import { auditLogModule } from '../modules/audit-log/index.ts'
import { balancesModule } from '../modules/balances/index.ts'
import { banksModule } from '../modules/banks/index.ts'
import { billingModule } from '../modules/billing/index.ts'
import { booksModule } from '../modules/books/index.ts'
import { brandsModule } from '../modules/brands/index.ts'
import { cashDeskModule } from '../modules/cash-desk/index.ts'
import { catalogModule } from '../modules/catalog/index.ts'
import { correctionsModule } from '../modules/corrections/index.ts'
import { deliveriesModule } from '../modules/deliveries/index.ts'
import { depositsModule } from '../modules/deposits/index.ts'
import { discountsModule } from '../modules/discounts/index.ts'
import { disputesModule } from '../modules/disputes/index.ts'
import { dunningModule } from '../modules/dunning/index.ts'
import { eventsModule } from '../modules/events/index.ts'
import { invoicesModule } from '../modules/invoices/index.ts'
import { jobsModule } from '../modules/jobs/index.ts'
import { lateChargesModule } from '../modules/late-charges/index.ts'
import { ledgerModule } from '../modules/ledger/index.ts'
import type { Module } from '../modules/module.ts'
import { notificationsModule } from '../modules/notifications/index.ts'
import { onlineChargingModule } from '../modules/online-charging/index.ts'
import { overviewModule } from '../modules/overview/index.ts'
import { partiesModule } from '../modules/parties/index.ts'
import { paymentGatewaysModule } from '../modules/payment-gateways/index.ts'
import { paymentLinksModule } from '../modules/payment-links/index.ts'
import { paymentNoticesModule } from '../modules/payment-notices/index.ts'
import { paymentPagesModule } from '../modules/payment-pages/index.ts'
import { paymentPlansModule } from '../modules/payment-plans/index.ts'
import { paymentTerminalsModule } from '../modules/payment-terminals/index.ts'
import { paymentsModule } from '../modules/payments/index.ts'
import { peopleModule } from '../modules/people/index.ts'
import { personalDataModule } from '../modules/personal-data/index.ts'
import { promotionsModule } from '../modules/promotions/index.ts'
import { proofsModule } from '../modules/proofs/index.ts'
import { receivablesModule } from '../modules/receivables/index.ts'
import { reratingModule } from '../modules/rerating/index.ts'
import { serviceBlocksModule } from '../modules/service-blocks/index.ts'
import { settingsModule } from '../modules/settings/index.ts'
import { statementsModule } from '../modules/statements/index.ts'
import { subscriptionsModule } from '../modules/subscriptions/index.ts'
import { taxEngineModule } from '../modules/tax-engine/index.ts'
import { taxIdsModule } from '../modules/tax-ids/index.ts'
import { taxRatesModule } from '../modules/tax-rates/index.ts'
import { usageModule } from '../modules/usage/index.ts'
import { webhooksModule } from '../modules/webhooks/index.ts'
import type { Needs, ReadingNeeds } from './needs.ts'

/**
 * All domains. Routes and their description, what is told of, `kvit check`, work in the background, what is taken up at a start and ended at a
 * stop follow from this list. What was left of a domain is taken up in this order; work that is under way is ended in the opposite one.
 */
export const MODULES: readonly Module<Needs, ReadingNeeds>[] = [
  proofsModule,
  accessModule,
  peopleModule,
  settingsModule,
  catalogModule,
  taxRatesModule,
  brandsModule,
  partiesModule,
  taxEngineModule,
  taxIdsModule,
  subscriptionsModule,
  serviceBlocksModule,
  billingModule,
  invoicesModule,
  disputesModule,
  attachmentsModule,
  deliveriesModule,
  receivablesModule,
  usageModule,
  correctionsModule,
  discountsModule,
  reratingModule,
  approvalsModule,
  paymentsModule,
  paymentNoticesModule,
  paymentGatewaysModule,
  paymentTerminalsModule,
  cashDeskModule,
  paymentLinksModule,
  paymentPlansModule,
  paymentPagesModule,
  lateChargesModule,
  dunningModule,
  depositsModule,
  banksModule,
  notificationsModule,
  balancesModule,
  promotionsModule,
  onlineChargingModule,
  ledgerModule,
  eventsModule,
  webhooksModule,
  jobsModule,
  statementsModule,
  booksModule,
  auditModule,
  auditLogModule,
  personalDataModule,
  overviewModule,
]
