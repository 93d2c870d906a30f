import type { ColumnType, Generated } from 'kysely'

/**
 * The columns of all tables, written by `tools/table-types.ts` out of the migrations: change those, not this.
 */
export interface Tables {
  apiKey: ApiKeyTable
  appUser: AppUserTable
  heartbeat: HeartbeatTable
  membership: MembershipTable
  oidcSignIn: OidcSignInTable
  recoveryCode: RecoveryCodeTable
  tenant: TenantTable
  tenantRole: TenantRoleTable
  userIdentity: UserIdentityTable
  userLink: UserLinkTable
  userSession: UserSessionTable
  account: AccountTable
  accountBalance: AccountBalanceTable
  accountingPeriod: AccountingPeriodTable
  adjustment: AdjustmentTable
  allocation: AllocationTable
  approvalRequest: ApprovalRequestTable
  archiveFile: ArchiveFileTable
  attachment: AttachmentTable
  auditEntry: AuditEntryTable
  autoCharge: AutoChargeTable
  balanceEntry: BalanceEntryTable
  balanceOpening: BalanceOpeningTable
  bankAccount: BankAccountTable
  bankFile: BankFileTable
  bankLine: BankLineTable
  bankMatch: BankMatchTable
  bankStatement: BankStatementTable
  billRun: BillRunTable
  billedFor: BilledForTable
  bonusRule: BonusRuleTable
  bookLine: BookLineTable
  books: BooksTable
  brandImage: BrandImageTable
  brandVersion: BrandVersionTable
  cashDesk: CashDeskTable
  cashMovement: CashMovementTable
  cashReceipt: CashReceiptTable
  cashShift: CashShiftTable
  changedRow: ChangedRowTable
  chargingSession: ChargingSessionTable
  chargingSettings: ChargingSettingsTable
  commitCredit: CommitCreditTable
  contact: ContactTable
  contractCommit: ContractCommitTable
  counter: CounterTable
  coupon: CouponTable
  couponCode: CouponCodeTable
  couponRedemption: CouponRedemptionTable
  customer: CustomerTable
  dailyFee: DailyFeeTable
  delivery: DeliveryTable
  deliveryAttempt: DeliveryAttemptTable
  deliveryPreference: DeliveryPreferenceTable
  depositEntry: DepositEntryTable
  dispute: DisputeTable
  disputeLine: DisputeLineTable
  documentDraft: DocumentDraftTable
  documentRequest: DocumentRequestTable
  documentSeries: DocumentSeriesTable
  draftApproval: DraftApprovalTable
  dunningCallTask: DunningCallTaskTable
  dunningHandOver: DunningHandOverTable
  dunningHandOverAccount: DunningHandOverAccountTable
  dunningHold: DunningHoldTable
  dunningPolicy: DunningPolicyTable
  dunningRun: DunningRunTable
  dunningStep: DunningStepTable
  enforcement: EnforcementTable
  enforcementTarget: EnforcementTargetTable
  event: EventTable
  eventHead: EventHeadTable
  eventSubscriber: EventSubscriberTable
  exchangeRate: ExchangeRateTable
  gatewayPayout: GatewayPayoutTable
  gatewayPayoutLine: GatewayPayoutLineTable
  glAccount: GlAccountTable
  glRule: GlRuleTable
  idempotency: IdempotencyTable
  invoice: InvoiceTable
  invoiceAnchor: InvoiceAnchorTable
  invoiceLine: InvoiceLineTable
  issueHold: IssueHoldTable
  issuer: IssuerTable
  job: JobTable
  lateCharge: LateChargeTable
  lateChargeReturn: LateChargeReturnTable
  lateChargeStanding: LateChargeStandingTable
  meter: MeterTable
  notice: NoticeTable
  noticeAddress: NoticeAddressTable
  noticeAttempt: NoticeAttemptTable
  noticePreference: NoticePreferenceTable
  noticeSecret: NoticeSecretTable
  noticeSend: NoticeSendTable
  noticeTemplate: NoticeTemplateTable
  oneOffInvoice: OneOffInvoiceTable
  partition: PartitionTable
  payment: PaymentTable
  paymentAttempt: PaymentAttemptTable
  paymentClaim: PaymentClaimTable
  paymentDispute: PaymentDisputeTable
  paymentGateway: PaymentGatewayTable
  paymentGatewaySecret: PaymentGatewaySecretTable
  paymentLink: PaymentLinkTable
  paymentLinkCheckout: PaymentLinkCheckoutTable
  paymentMethod: PaymentMethodTable
  paymentPlan: PaymentPlanTable
  paymentPlanDocument: PaymentPlanDocumentTable
  paymentPlanPart: PaymentPlanPartTable
  paymentReversal: PaymentReversalTable
  periodChange: PeriodChangeTable
  planVersion: PlanVersionTable
  posting: PostingTable
  prepaidSale: PrepaidSaleTable
  prepaidTaking: PrepaidTakingTable
  proForma: ProFormaTable
  rateDeckVersion: RateDeckVersionTable
  reRating: ReRatingTable
  reRatingAccount: ReRatingAccountTable
  recognition: RecognitionTable
  referral: ReferralTable
  referralProgram: ReferralProgramTable
  refund: RefundTable
  schedule: ScheduleTable
  sealedRow: SealedRowTable
  segment: SegmentTable
  sepaFile: SepaFileTable
  sepaMandate: SepaMandateTable
  sepaOrder: SepaOrderTable
  service: ServiceTable
  serviceBlock: ServiceBlockTable
  serviceBlockUnread: ServiceBlockUnreadTable
  serviceKey: ServiceKeyTable
  serviceState: ServiceStateTable
  setting: SettingTable
  settingSecret: SettingSecretTable
  subscription: SubscriptionTable
  subscriptionChange: SubscriptionChangeTable
  suspense: SuspenseTable
  taxAnswer: TaxAnswerTable
  taxIdCheck: TaxIdCheckTable
  taxRate: TaxRateTable
  terminalNetwork: TerminalNetworkTable
  terminalRefusal: TerminalRefusalTable
  terminalRegistry: TerminalRegistryTable
  terminalTransaction: TerminalTransactionTable
  topUp: TopUpTable
  topUpReversal: TopUpReversalTable
  usageCorrection: UsageCorrectionTable
  usageImport: UsageImportTable
  usageImportRows: UsageImportRowsTable
  usageRetraction: UsageRetractionTable
  voucher: VoucherTable
  voucherBatch: VoucherBatchTable
  voucherFailure: VoucherFailureTable
  webhookAttempt: WebhookAttemptTable
  webhookDelivery: WebhookDeliveryTable
  webhookEndpoint: WebhookEndpointTable
  webhookSecret: WebhookSecretTable
}

interface ApiKeyTable {
  id: string
  tenant: string | null
  name: string
  secretSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  scopes: ColumnType<string[], readonly string[], readonly string[]>
  createdAt: Date
  revokedAt: Date | null
  madeBy: string | null
  person: string | null
  expiresAt: Date | null
  lastUsedAt: Date | null
  requestsPerSecond: number | null
  replaces: string | null
  ownerUser: string | null
}

interface AppUserTable {
  id: string
  email: string
  name: string
  passwordHash: string | null
  vouchedBy: string | null
  totpSecret: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  totpSince: Date | null
  totpStep: ColumnType<bigint, bigint | number | undefined, bigint | number>
  resetRequestedAt: Date | null
  createdAt: Date
  isEmailClaimed: Generated<boolean>
  totpKey: string | null
}

interface HeartbeatTable {
  server: string
  beatenAt: Date
}

interface MembershipTable {
  userId: string
  tenant: string
  roles: ColumnType<string[], readonly string[], readonly string[]>
  invitedBy: string
  createdAt: Date
  disabledAt: Date | null
}

interface OidcSignInTable {
  cookieSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  state: string
  nonce: string
  verifier: string
  returnTo: string
  expiresAt: Date
}

interface RecoveryCodeTable {
  userId: string
  codeSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  usedAt: Date | null
}

interface TenantTable {
  name: string
  schemaName: string
  clock: Date | null
  acceptanceWindowDays: number
  createdAt: Date
}

interface TenantRoleTable {
  tenant: string
  name: string
  description: string
  scopes: ColumnType<string[], readonly string[], readonly string[]>
  createdAt: Date
}

interface UserIdentityTable {
  issuer: string
  subject: string
  userId: string
  linkedAt: Date
}

interface UserLinkTable {
  id: string
  kind: 'invitation' | 'password_reset'
  secretSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  email: string
  userId: string | null
  tenant: string | null
  roles: ColumnType<string[] | null, readonly string[] | null | undefined, readonly string[] | null>
  madeBy: string
  heldBy: string | null
  createdAt: Date
  expiresAt: Date
  endedAt: Date | null
}

interface UserSessionTable {
  id: string
  secretSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  userId: string
  way: string
  ip: string
  userAgent: string
  createdAt: Date
  seenAt: Date
  endedAt: Date | null
}

interface AccountTable {
  id: string
  key: string
  customerId: string
  issuerId: string
  currency: string
  zone: string
  cycleUnit: string
  cycleCount: number
  cycleAnchor: string
  termsDays: number
  billedUntil: string | null
  createdAt: Date
  updatedAt: Date
  creditLimitMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  sponsorAccountId: string | null
  sponsorCaps: Generated<unknown>
  thresholds: Generated<unknown>
  progressiveThresholdMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  progressiveRepeats: Generated<boolean>
  metadata: Generated<unknown>
  pricesIncludeTax: Generated<boolean>
  gracePeriod: string | null
  brand: string | null
  splitBy: string | null
  billedTo: Generated<unknown>
}

interface AccountBalanceTable {
  accountId: string
  content: unknown
  asOfSeq: ColumnType<bigint, bigint | number, bigint | number>
}

interface AccountingPeriodTable {
  id: string
  issuerId: string
  startDay: string
  endDay: string
  state: 'open' | 'closing' | 'closed'
  generation: number
  cutoffAt: Date
  cutoffSeq: ColumnType<bigint, bigint | number, bigint | number>
  cutoffId: string
}

interface AdjustmentTable {
  id: string
  key: string
  accountId: string
  content: unknown
  reason: string
  status: string
  requestedBy: string
  decidedBy: string | null
  createdAt: Date
  decidedAt: Date | null
  requestedByPerson: string | null
}

interface AllocationTable {
  id: string
  accountId: string
  paymentId: string | null
  creditNoteId: string | null
  invoiceId: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  allocatedAt: Date
  balanceSource: string | null
  payerAccountId: string | null
}

interface ApprovalRequestTable {
  id: string
  kind: 'payment' | 'top_up' | 'credit_note' | 'void' | 'debit_note' | 'write_off' | 'dispute'
  subjectId: string
  subjectKey: string
  accountId: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  reason: string
  status: 'pending' | 'applied' | 'rejected' | 'expired'
  requestedBy: string
  requestedByPerson: string
  decidedBy: string | null
  createdAt: Date
  expiresAt: Date
  decidedAt: Date | null
  content: unknown
}

interface ArchiveFileTable {
  path: string
  partitionId: number
  kind: string
  day: string | null
  fromSeq: ColumnType<bigint, bigint | number, bigint | number>
  throughSeq: ColumnType<bigint, bigint | number, bigint | number>
  rows: ColumnType<bigint, bigint | number, bigint | number>
  bytes: ColumnType<bigint, bigint | number, bigint | number>
  sha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  minTime: Date | null
  maxTime: Date | null
  maxEnd: Date | null
}

interface AttachmentTable {
  id: string
  customerId: string
  subjectKind: 'document' | 'customer' | 'dispute'
  subjectId: string
  name: string
  type: string
  bytes: number
  sha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  content: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  addedBy: string
  addedAt: Date
  deletedBy: string | null
  deletedAt: Date | null
  deleteReason: string | null
  isEnclosed: Generated<boolean>
}

interface AuditEntryTable {
  id: string
  at: Date
  requestId: string
  outcome: 'done' | 'begun' | 'refused'
  actorKind: string
  actorId: string | null
  person: string
  route: string
  object: string | null
  fields: ColumnType<string[], readonly string[], readonly string[]>
  problem: string | null
  ip: string
  userAgent: string
}

interface AutoChargeTable {
  accountId: string
  chargeOn: 'issue' | 'due'
  setAt: Date
}

interface BalanceEntryTable {
  id: string
  accountId: string
  kind: string
  unit: string | null
  amount: ColumnType<string, string | bigint, string | bigint>
  key: string | null
  note: string | null
  createdAt: Date
}

interface BalanceOpeningTable {
  accountId: string
  openedAt: Date
  billedCharges: ColumnType<string, string | bigint | undefined, string | bigint>
  documentsMinor: ColumnType<string, string | bigint | undefined, string | bigint>
  paymentsMinor: ColumnType<string, string | bigint | undefined, string | bigint>
}

interface BankAccountTable {
  id: string
  key: string
  issuerId: string
  name: string
  iban: string | null
  number: string | null
  bic: string | null
  currency: string
  csvMapping: unknown
  openingMinor: ColumnType<string, string | bigint, string | bigint>
  createdAt: Date
}

interface BankFileTable {
  id: string
  name: string
  digest: ColumnType<Buffer, Uint8Array, Uint8Array>
  bytes: number
  importedBy: string
  createdAt: Date
}

interface BankLineTable {
  id: string
  bankAccountId: string
  bankStatementId: string | null
  entryId: string
  entryMinor: ColumnType<string, string | bigint, string | bigint>
  fingerprint: ColumnType<Buffer, Uint8Array, Uint8Array>
  bankReference: string | null
  balanceMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  bookedOn: string
  valueOn: string | null
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  chargesMinor: ColumnType<string, string | bigint, string | bigint>
  isReversal: boolean
  code: string | null
  counterpartyName: string | null
  counterpartyIban: string | null
  counterpartyAccount: string | null
  counterpartyBic: string | null
  endToEndId: string | null
  mandateId: string | null
  paymentInfoId: string | null
  creditorReference: string | null
  remittance: string
  returnReason: string | null
  state: string
  proposals: unknown
  note: string | null
  accountId: string | null
  createdAt: Date
}

interface BankMatchTable {
  id: string
  bankLineId: string
  kind: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  paymentId: string | null
  refundId: string | null
  otherLineId: string | null
  score: number | null
  reasons: unknown
  madeBy: string
  createdAt: Date
  undoneAt: Date | null
  undoneBy: string | null
  payoutId: string | null
  cashMovementId: string | null
}

interface BankStatementTable {
  id: string
  bankFileId: string
  bankAccountId: string
  format: string
  kind: string
  reference: string
  number: string | null
  openingMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  closingMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  fromOn: string | null
  toOn: string | null
  entries: number
  newEntries: number
  createdAt: Date
}

interface BillRunTable {
  id: string
  untilDay: string
  status: string
  accountsTotal: number
  accountsDone: number
  documents: number
  error: string | null
  createdAt: Date
  finishedAt: Date | null
  issued: Generated<number>
  held: Generated<number>
  inGrace: Generated<number>
}

interface BilledForTable {
  invoiceId: string
  accountId: string
  adjustment: ColumnType<string, string | bigint, string | bigint>
  appliedAt: Date | null
}

interface BonusRuleTable {
  code: string
  content: unknown
  updatedAt: Date
}

interface BookLineTable {
  id: string
  issuerId: string
  periodId: string
  generation: number
  position: ColumnType<bigint, bigint | number, bigint | number>
  entryId: string
  day: string
  belongsOn: string | null
  template: string
  documentId: string | null
  postingId: string | null
  subject: string | null
  ledgerAccount: string
  accountId: string | null
  code: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  booksMinor: ColumnType<string, string | bigint, string | bigint>
  rate: string | null
}

interface BooksTable {
  issuerId: string
  currency: string
  zone: string
  opensOn: string
  policies: unknown
  createdAt: Date
}

interface BrandImageTable {
  digest: string
  format: string
  bytes: ColumnType<Buffer, Uint8Array, Uint8Array>
  createdAt: Date
}

interface BrandVersionTable {
  id: string
  key: string
  version: number
  content: unknown
  digest: string
  createdAt: Date
}

interface CashDeskTable {
  id: string
  key: string
  name: string
  issuerId: string
  currency: string
  zone: string
  stepMinor: ColumnType<string, string | bigint, string | bigint>
  isOpen: boolean
  lastReceipt: ColumnType<bigint, bigint | number | undefined, bigint | number>
  lastShift: Generated<number>
  drawerMinor: ColumnType<string, string | bigint | undefined, string | bigint>
  safeMinor: ColumnType<string, string | bigint | undefined, string | bigint>
  createdAt: Date
}

interface CashMovementTable {
  id: string
  key: string
  deskId: string
  shiftId: string | null
  kind: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  reason: string
  recordedBy: string
  createdAt: Date
}

interface CashReceiptTable {
  id: string
  deskId: string
  shiftId: string
  number: ColumnType<bigint, bigint | number, bigint | number>
  key: string
  kind: 'payment' | 'cancel'
  cancelsId: string | null
  accountId: string
  recordedAs: 'payment' | 'top_up'
  paymentId: string | null
  state: 'pending' | 'done' | 'failed'
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  cashMinor: ColumnType<string, string | bigint, string | bigint>
  tenderedMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  note: string | null
  recordedBy: string
  createdAt: Date
}

interface CashShiftTable {
  id: string
  deskId: string
  number: number
  person: string
  openedBy: string
  openedAt: Date
  floatMinor: ColumnType<string, string | bigint, string | bigint>
  closedBy: string | null
  closedAt: Date | null
  expectedMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  countedMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  denominations: unknown
  report: unknown
}

interface ChangedRowTable {
  id: string
  kind: string
  key: string
}

interface ChargingSessionTable {
  key: string
  content: string
}

interface ChargingSettingsTable {
  one: Generated<boolean>
  content: unknown
  limitsSetBy: Generated<unknown>
}

interface CommitCreditTable {
  lineId: string
  accountId: string
  code: string
  origin: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  takenMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  appliedAt: Date | null
}

interface ContactTable {
  id: string
  customerId: string
  key: string
  name: string
  email: string | null
  phone: string | null
  addresses: unknown
  language: string | null
  zone: string | null
  roles: unknown
  quietFrom: string | null
  quietUntil: string | null
  createdAt: Date
  updatedAt: Date
  removedAt: Date | null
}

interface ContractCommitTable {
  id: string
  accountId: string
  subscriptionId: string
  code: string
  termStart: string
  termEnd: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  origin: string
  openedAt: Date
  planVersionId: string | null
}

interface CounterTable {
  subscriptionId: string
  planVersionId: string
  priceCode: string
  cell: string
  periodStart: string
  measures: ColumnType<string[], readonly string[], readonly string[]>
  amount: ColumnType<string, string | bigint, string | bigint>
  records: ColumnType<bigint, bigint | number, bigint | number>
  asOfSeq: ColumnType<bigint, bigint | number, bigint | number>
  series: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
}

interface CouponTable {
  id: string
  code: string
  name: string
  currency: string | null
  terms: unknown
  isAutomatic: boolean
  byBatch: boolean
  maxRedemptions: number | null
  maxPerCustomer: number | null
  validFrom: string | null
  validUntil: string | null
  archivedAt: Date | null
  createdAt: Date
  issuedAfter: string | null
}

interface CouponCodeTable {
  codeSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  couponId: string
  redemptionId: string | null
}

interface CouponRedemptionTable {
  id: string
  key: string
  couponId: string
  customerId: string
  accountId: string | null
  subscriptionId: string | null
  fromDay: string
  untilDay: string | null
  createdAt: Date
  issuedAfter: string | null
  dueFrom: string | null
}

interface CustomerTable {
  id: string
  key: string
  name: string
  email: string | null
  address: string | null
  taxId: string | null
  language: string
  createdAt: Date
  updatedAt: Date
  metadata: Generated<unknown>
  kind: string | null
  postalAddress: unknown
  taxIds: Generated<unknown>
  certificates: Generated<unknown>
  evidence: Generated<unknown>
  purchaseOrder: string | null
  electronicAddress: unknown
  erasedAt: Date | null
  einvoice: unknown
}

interface DailyFeeTable {
  subscriptionId: string
  priceCode: string
  day: string
  accountId: string
  planVersionId: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  isPaid: boolean
  takenAt: Date
  id: string
}

interface DeliveryTable {
  id: string
  documentKind: 'invoice' | 'pro_forma'
  documentId: string
  key: string
  number: string
  accountId: string
  customerId: string
  transport: 'email' | 'folder' | 'peppol'
  formats: unknown
  origin: 'request' | 'issue'
  askedTo: string | null
  toScheme: string | null
  toId: string | null
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown'
  reason: string | null
  said: string | null
  providerId: string | null
  round: Generated<number>
  askAt: Date | null
  createdAt: Date
  sentAt: Date | null
  endedAt: Date | null
}

interface DeliveryAttemptTable {
  deliveryId: string
  number: number
  customerId: string
  kind: 'send' | 'ask'
  round: number
  beganAt: Date
  endedAt: Date | null
  outcome: 'sent' | 'delivered' | 'declined' | 'unknown' | 'absent' | null
  said: string | null
}

interface DeliveryPreferenceTable {
  customerId: string
  transports: unknown
  formats: unknown
  email: string | null
  setAt: Date
}

interface DepositEntryTable {
  id: string
  key: string
  accountId: string
  kind: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  method: string | null
  reason: string
  paymentId: string | null
  recordedBy: string
  recordedByPerson: string
  createdAt: Date
}

interface DisputeTable {
  id: string
  key: string
  accountId: string
  invoiceId: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  reasonCode: string
  text: string | null
  status: 'open' | 'accepted' | 'rejected' | 'withdrawn'
  openedBy: string
  openedByPerson: string
  openedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  decision: string | null
  creditNoteId: string | null
}

interface DisputeLineTable {
  disputeId: string
  invoiceId: string
  position: number
  askedMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  quantity: string | null
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  isOpen: boolean
}

interface DocumentDraftTable {
  accountId: string
  billingDay: string
  reasons: unknown
  madeAt: Date
  id: string
  kind: Generated<string>
  purpose: Generated<string>
  untilDay: string | null
  request: unknown
  totalMinor: ColumnType<string, string | bigint | undefined, string | bigint>
  warnings: Generated<unknown>
  dueAt: Date | null
}

interface DocumentRequestTable {
  invoiceId: string
  correctsId: string
  accountId: string
  key: string
  content: unknown
  kind: string
  reasonCode: string
  money: string | null
  refundMinor: ColumnType<string, string | bigint | undefined, string | bigint>
  rebill: Generated<boolean>
  requestedBy: string
  createdAt: Date
}

interface DocumentSeriesTable {
  issuerId: string
  series: string
  lastNumber: ColumnType<bigint, bigint | number, bigint | number>
}

interface DraftApprovalTable {
  id: string
  draftId: string
  accountId: string
  billingDay: string
  currency: string
  totalMinor: ColumnType<string, string | bigint, string | bigint>
  warnings: unknown
  note: string | null
  approvedBy: string
  approvedByPerson: string
  approvedAt: Date
}

interface DunningCallTaskTable {
  id: string
  runId: string
  accountId: string
  stepId: string
  script: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  state: 'open' | 'done' | 'cancelled'
  outcome: string | null
  note: string | null
  createdAt: Date
  endedBy: string | null
  endedAt: Date | null
}

interface DunningHandOverTable {
  id: string
  key: string
  recipient: string | null
  madeBy: string
  madeAt: Date
}

interface DunningHandOverAccountTable {
  id: string
  runId: string
  accountId: string
  handOverId: string | null
  state: 'waiting' | 'handed_over' | 'recalled'
  currency: string
  items: unknown
  amountMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  createdAt: Date
  recalledAt: Date | null
}

interface DunningHoldTable {
  id: string
  accountId: string
  reason: string
  untilOn: string | null
  madeBy: string
  madeAt: Date
  releasedBy: string | null
  releasedAt: Date | null
  releaseReason: string | null
}

interface DunningPolicyTable {
  id: string
  key: string
  version: number
  state: 'in_force' | 'draft' | 'withdrawn'
  content: unknown
  madeBy: string
  madeAt: Date
}

interface DunningRunTable {
  id: string
  accountId: string
  policyId: string
  state: 'running' | 'ended'
  currency: string
  block: 'soft' | 'hard' | null
  blocks: Generated<number>
  startedOn: string
  startedAt: Date
  endedOn: string | null
  endedAt: Date | null
  reopened: Generated<number>
}

interface DunningStepTable {
  id: string
  runId: string
  accountId: string
  stepId: string
  position: number
  action: string
  state: 'asked' | 'done' | 'not_available' | 'failed' | 'skipped'
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  daysOverdue: number
  doneOn: string
  doneAt: Date
  detail: string | null
}

interface EnforcementTable {
  id: string
  targetId: string
  serviceId: string
  accountId: string
  wishedVersion: number
  toldVersion: number | null
  state: 'waiting' | 'told' | 'failed'
  dueAt: Date
  claimedBy: string | null
  claimedUntil: Date | null
  attempts: Generated<number>
  words: string | null
  attemptedAt: Date | null
  toldAt: Date | null
  createdAt: Date
}

interface EnforcementTargetTable {
  id: string
  key: string
  kind: 'webhook' | 'radius'
  terms: unknown
  isOn: boolean
  repeatHours: number | null
  keyId: string
  ciphertext: ColumnType<Buffer, Uint8Array, Uint8Array>
  failures: Generated<number>
  restUntil: Date | null
  createdAt: Date
  updatedAt: Date
}

interface EventTable {
  id: string
  seq: ColumnType<bigint | null, bigint | number | null | undefined, bigint | number | null>
  type: string
  objectKind: string
  objectId: string
  accountId: string | null
  customerId: string | null
  requestId: string | null
  actor: string | null
  data: unknown
  createdAt: Date
  writtenAt: Generated<Date>
}

interface EventHeadTable {
  one: Generated<boolean>
  seq: ColumnType<bigint, bigint | number, bigint | number>
  forgotten: ColumnType<bigint, bigint | number | undefined, bigint | number>
}

interface EventSubscriberTable {
  name: string
  seq: ColumnType<bigint, bigint | number, bigint | number>
  failures: Generated<number>
  lastError: string | null
  retryAt: Date | null
}

interface ExchangeRateTable {
  id: string
  source: string
  day: string
  base: string
  currency: string
  rate: ColumnType<string, string | bigint, string | bigint>
  createdAt: Date
}

interface GatewayPayoutTable {
  id: string
  gatewayId: string
  providerId: string
  currency: string
  grossMinor: ColumnType<string, string | bigint, string | bigint>
  feeMinor: ColumnType<string, string | bigint, string | bigint>
  netMinor: ColumnType<string, string | bigint, string | bigint>
  arrivedOn: string
  differences: unknown
  bookedAt: Date
}

interface GatewayPayoutLineTable {
  id: string
  payoutId: string
  gatewayId: string
  providerId: string
  kind: string
  attemptId: string | null
  grossMinor: ColumnType<string, string | bigint, string | bigint>
  feeMinor: ColumnType<string, string | bigint, string | bigint>
}

interface GlAccountTable {
  id: string
  issuerId: string
  code: string
  name: string
  kind: string
  createdAt: Date
}

interface GlRuleTable {
  id: string
  issuerId: string
  ledger: string
  detail: string | null
  country: string | null
  segment: string | null
  code: string
  createdAt: Date
}

interface IdempotencyTable {
  key: string
  requestSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  status: number
  body: string
  createdAt: Date
  afterCommit: Generated<unknown>
}

interface InvoiceTable {
  id: string
  kind: string
  issuerId: string
  series: string
  number: ColumnType<bigint, bigint | number, bigint | number>
  accountId: string
  billingDay: string
  purpose: string
  currency: string
  totalMinor: ColumnType<string, string | bigint, string | bigint>
  issuedOn: string
  dueOn: string
  document: unknown
  issuedAt: Date
  balanceAdjustment: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  balanceAppliedAt: Date | null
  sellsBalance: Generated<boolean>
  balanceSettledAt: Date | null
  metadata: Generated<unknown>
  part: Generated<string>
}

interface InvoiceAnchorTable {
  invoiceId: string
  documentDigest: ColumnType<Buffer, Uint8Array, Uint8Array>
  chargesRoot: ColumnType<Buffer, Uint8Array, Uint8Array>
  anchor: ColumnType<Buffer, Uint8Array, Uint8Array>
  seq: ColumnType<bigint, bigint | number, bigint | number>
  place: number
  anchoredAt: Date
}

interface InvoiceLineTable {
  id: string
  invoiceId: string
  position: number
  kind: string
  accountId: string
  subscriptionId: string | null
  planVersionId: string | null
  priceCode: string
  cell: string
  periodStart: string
  periodEnd: string
  isLate: boolean
  description: string
  measures: ColumnType<string[] | null, readonly string[] | null | undefined, readonly string[] | null>
  records: ColumnType<bigint | null, bigint | number | null | undefined, bigint | number | null>
  throughSeq: ColumnType<bigint | null, bigint | number | null | undefined, bigint | number | null>
  exactAmount: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  adjustment: Generated<string>
  basis: unknown
  charged: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  taxes: unknown
  netMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  taxMinor: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  creditsLineId: string | null
  isUnbilled: Generated<boolean>
}

interface IssueHoldTable {
  id: string
  accountId: string
  draftId: string | null
  untilAt: Date | null
  reason: string
  placedBy: string
  placedByPerson: string
  placedAt: Date
  releasedBy: string | null
  releasedByPerson: string | null
  releasedAt: Date | null
}

interface IssuerTable {
  id: string
  key: string
  name: string
  address: string
  taxId: string | null
  bankDetails: string | null
  invoiceSeries: string
  creditNoteSeries: string
  createdAt: Date
  updatedAt: Date
  metadata: Generated<unknown>
  legalForm: string | null
  postalAddress: unknown
  standing: Generated<string>
  registrations: Generated<unknown>
  oneStopShop: unknown
  belowThreshold: unknown
  taxRounding: Generated<string>
  withholding: unknown
  bankAccounts: Generated<unknown>
  correctiveForm: Generated<boolean>
  brand: string | null
  contact: unknown
  electronicAddress: unknown
}

interface JobTable {
  id: string
  kind: string
  key: string
  payload: unknown
  state: 'waiting' | 'running' | 'complete' | 'failed' | 'cancelled'
  dueAt: Date
  isScheduled: boolean
  attempts: number
  retryAt: Date | null
  losses: number
  owner: string | null
  leaseUntil: Date | null
  fence: ColumnType<bigint, bigint | number, bigint | number>
  isCancelAsked: boolean
  isAskedAgain: boolean
  done: ColumnType<bigint, bigint | number, bigint | number>
  total: ColumnType<bigint | null, bigint | number | null | undefined, bigint | number | null>
  words: string | null
  error: string | null
  requestId: string | null
  actor: string | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

interface LateChargeTable {
  id: string
  accountId: string
  invoiceId: string
  kind: 'interest' | 'fee'
  currency: string
  fromOn: string
  untilOn: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  yearDays: number
  capPercent: string | null
  segments: unknown
  text: string
  oneOffId: string
  position: number
  chargedAt: Date
}

interface LateChargeReturnTable {
  id: string
  chargeId: string
  accountId: string
  kind: 'waived' | 'credited'
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  reason: string
  creditNoteId: string | null
  madeBy: string
  madeAt: Date
}

interface LateChargeStandingTable {
  invoiceId: string
  accountId: string
  chargedUntil: string
}

interface MeterTable {
  code: string
  position: number
  content: unknown
  publishedAt: Date
}

interface NoticeTable {
  id: string
  kind: string
  key: string
  customerId: string
  accountId: string | null
  about: string | null
  data: unknown
  onlyChannel: string | null
  onlyTo: string | null
  origin: 'event' | 'request' | 'trial' | 'module'
  state: 'new' | 'planned' | 'suppressed'
  reason: string | null
  createdAt: Date
}

interface NoticeAddressTable {
  customerId: string
  channel: string
  address: string
  reason: string
  notedAt: Date
}

interface NoticeAttemptTable {
  sendId: string
  number: number
  customerId: string
  beganAt: Date
  endedAt: Date | null
  outcome: 'accepted' | 'failed' | 'unknown' | null
  reason: string | null
  said: string | null
}

interface NoticePreferenceTable {
  id: string
  customerId: string
  personId: string
  kind: string
  channel: string
  isWanted: boolean | null
  origin: 'request' | 'link' | 'one_click' | 'complaint'
  createdAt: Date
}

interface NoticeSecretTable {
  noticeId: string
  customerId: string
  keyId: string
  ciphertext: ColumnType<Buffer, Uint8Array, Uint8Array>
  createdAt: Date
}

interface NoticeSendTable {
  id: string
  noticeId: string
  kind: string
  customerId: string
  personId: string
  channel: string
  step: number
  condition: 'failed' | 'not_delivered' | 'not_read'
  afterMinutes: number
  priority: number
  state: 'stand_by' | 'waiting' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'suppressed'
  reason: string | null
  said: string | null
  dueAt: Date
  retryAt: Date | null
  attempts: Generated<number>
  owner: string | null
  address: string | null
  language: string | null
  templateId: string | null
  subject: string | null
  text: string | null
  html: string | null
  providerId: string | null
  cost: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  costCurrency: string | null
  linkSha256: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  createdAt: Date
  sentAt: Date | null
  endedAt: Date | null
  readAt: Date | null
}

interface NoticeTemplateTable {
  id: string
  kind: string
  channel: string
  language: string
  brand: string | null
  version: number
  subject: string | null
  text: string
  html: string | null
  state: 'draft' | 'approved' | 'rejected'
  requestedBy: string
  requestedByPerson: string | null
  createdAt: Date
  decidedBy: string | null
  decidedAt: Date | null
}

interface OneOffInvoiceTable {
  id: string
  key: string
  accountId: string
  content: unknown
  requestedBy: string
  requestedByPerson: string
  createdAt: Date
}

interface PartitionTable {
  id: number
  owner: string | null
  epoch: ColumnType<bigint, bigint | number, bigint | number>
  leaseUntil: Date | null
  headSeq: ColumnType<bigint, bigint | number, bigint | number>
  headDigest: ColumnType<Buffer, Uint8Array, Uint8Array>
  checkpointSeq: ColumnType<bigint, bigint | number, bigint | number>
  hashSeed: ColumnType<Buffer, Uint8Array, Uint8Array>
  archivedSeq: ColumnType<bigint, bigint | number | undefined, bigint | number>
}

interface PaymentTable {
  id: string
  key: string
  accountId: string
  method: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  receivedOn: string
  reference: string | null
  createdAt: Date
  lowersOwed: Generated<boolean>
  balanceAppliedAt: Date | null
  metadata: Generated<unknown>
}

interface PaymentAttemptTable {
  id: string
  key: string
  kind: 'charge' | 'refund' | 'setup'
  gatewayId: string
  accountId: string
  methodId: string | null
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  invoiceId: string | null
  claimedUntil: Date | null
  refundId: string | null
  chargeId: string | null
  origin: string
  returnUrl: string | null
  state: 'created' | 'pending' | 'succeeded' | 'failed' | 'unknown'
  capturedMinor: ColumnType<string, string | bigint | undefined, string | bigint>
  refundedMinor: ColumnType<string, string | bigint | undefined, string | bigint>
  providerId: string | null
  payerUrl: string | null
  reason: string | null
  mayRetry: boolean | null
  paymentId: string | null
  askedAt: Date
  asks: Generated<number>
  askAt: Date | null
  createdAt: Date
  endedAt: Date | null
}

interface PaymentClaimTable {
  key: string
  invoiceId: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  createdAt: Date
  endedAt: Date | null
}

interface PaymentDisputeTable {
  id: string
  attemptId: string
  accountId: string
  providerId: string
  state: 'open' | 'won' | 'lost'
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  feeMinor: ColumnType<string, string | bigint, string | bigint>
  reversalId: string | null
  paymentId: string | null
  openedAt: Date
  closedAt: Date | null
}

interface PaymentGatewayTable {
  id: string
  name: string
  adapter: string
  currencies: unknown
  priority: number
  isOpen: boolean
  createdAt: Date
  routing: unknown
}

interface PaymentGatewaySecretTable {
  gatewayId: string
  field: string
  keyId: string
  ciphertext: ColumnType<Buffer, Uint8Array, Uint8Array>
  setAt: Date
}

interface PaymentLinkTable {
  id: string
  accountId: string
  purpose: 'document' | 'open_items' | 'top_up'
  invoiceId: string | null
  secretSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  origin: 'request' | 'issued'
  madeBy: string | null
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  revokeReason: string | null
}

interface PaymentLinkCheckoutTable {
  id: string
  linkId: string
  secretSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  createdAt: Date
  expiresAt: Date
}

interface PaymentMethodTable {
  id: string
  key: string
  accountId: string
  gatewayId: string
  state: string
  kind: string | null
  brand: string | null
  last4: string | null
  expires: string | null
  isDefault: boolean
  tokenKey: string | null
  token: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  createdAt: Date
  removedAt: Date | null
}

interface PaymentPlanTable {
  id: string
  key: string
  accountId: string
  kind: 'promise' | 'instalments'
  currency: string
  content: unknown
  promisedBy: string | null
  note: string | null
  state: 'open' | 'kept' | 'broken' | 'cancelled'
  madeBy: string
  createdAt: Date
  endedAt: Date | null
  endReason: string | null
}

interface PaymentPlanDocumentTable {
  planId: string
  invoiceId: string
  openMinor: ColumnType<string, string | bigint, string | bigint>
  isOpen: boolean
}

interface PaymentPlanPartTable {
  planId: string
  position: number
  dueOn: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
}

interface PaymentReversalTable {
  id: string
  paymentId: string
  accountId: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  reason: string
  reversedBy: string
  createdAt: Date
  raisesOwed: boolean
  balanceAppliedAt: Date | null
}

interface PeriodChangeTable {
  id: string
  issuerId: string
  periodId: string
  generation: number
  kind: 'closed' | 'reopened'
  reason: string | null
  lines: ColumnType<bigint | null, bigint | number | null | undefined, bigint | number | null>
  digest: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  previousDigest: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  createdAt: Date
}

interface PlanVersionTable {
  id: string
  code: string
  version: number
  content: unknown
  digest: ColumnType<Buffer, Uint8Array, Uint8Array>
  publishedAt: Date
  currency: string
  baseVersionId: string | null
  subscriptionId: string | null
  availableFrom: Date | null
  metadata: Generated<unknown>
}

interface PostingTable {
  id: string
  entryId: string
  template: string
  ledgerAccount: string
  accountId: string | null
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  documentId: string
  postedAt: Date
}

interface PrepaidSaleTable {
  id: string
  accountId: string
  origin: string
  key: string
  currency: string
  grossMinor: ColumnType<string, string | bigint, string | bigint>
  netMinor: ColumnType<string, string | bigint, string | bigint>
  taxes: unknown
  taxClass: string
  description: string
  soldOn: string
  createdAt: Date
}

interface PrepaidTakingTable {
  saleId: string
  accountId: string
  leftMinor: ColumnType<string, string | bigint, string | bigint>
  owedAgainMinor: ColumnType<string, string | bigint, string | bigint>
  reason: string
  reversedBy: string
  createdAt: Date
}

interface ProFormaTable {
  id: string
  key: string
  accountId: string
  issuerId: string
  number: ColumnType<bigint, bigint | number, bigint | number>
  currency: string
  totalMinor: ColumnType<string, string | bigint, string | bigint>
  issuedOn: string
  content: unknown
  document: unknown
  requestedBy: string
  requestedByPerson: string
  createdAt: Date
}

interface RateDeckVersionTable {
  id: string
  code: string
  version: number
  name: string
  effectiveFrom: string
  settings: unknown
  rowCount: number
  content: ColumnType<Buffer, Uint8Array, Uint8Array>
  digest: ColumnType<Buffer, Uint8Array, Uint8Array>
  fileName: string
  importedAt: Date
}

interface ReRatingTable {
  id: string
  key: string
  status: string
  plans: unknown
  accountIds: ColumnType<string[] | null, readonly string[] | null | undefined, readonly string[] | null>
  fromDay: string
  untilDay: string
  reason: string
  requestedBy: string
  decidedBy: string | null
  triedThrough: string | null
  documents: number
  error: string | null
  createdAt: Date
  decidedAt: Date | null
  finishedAt: Date | null
  requestedByPerson: string | null
}

interface ReRatingAccountTable {
  reRatingId: string
  accountId: string
  currency: string
  status: string
  records: ColumnType<bigint, bigint | number, bigint | number>
  leftOut: ColumnType<bigint, bigint | number, bigint | number>
  fault: string | null
  beforeAmount: ColumnType<string, string | bigint, string | bigint>
  afterAmount: ColumnType<string, string | bigint, string | bigint>
  difference: ColumnType<string, string | bigint, string | bigint>
  appliedRecords: ColumnType<bigint, bigint | number, bigint | number>
  appliedDifference: ColumnType<string, string | bigint, string | bigint>
  isNoted: boolean
  documentId: string | null
}

interface RecognitionTable {
  id: string
  issuerId: string
  periodId: string
  generation: number
  subject: string
  documentId: string | null
  accountId: string
  ledgerAccount: string
  currency: string
  billedOn: string | null
  netMinor: ColumnType<string, string | bigint, string | bigint>
  recognisedMinor: ColumnType<string, string | bigint, string | bigint>
  lateMinor: ColumnType<string, string | bigint, string | bigint>
  earnedMinor: ColumnType<string, string | bigint, string | bigint>
  deferredMinor: ColumnType<string, string | bigint, string | bigint>
  unbilledMinor: ColumnType<string, string | bigint, string | bigint>
  deferredBooks: ColumnType<string, string | bigint, string | bigint>
  unbilledBooks: ColumnType<string, string | bigint, string | bigint>
}

interface ReferralTable {
  id: string
  key: string
  program: string
  referrerAccountId: string
  referredAccountId: string
  content: unknown
  createdAt: Date
}

interface ReferralProgramTable {
  code: string
  content: unknown
  updatedAt: Date
}

interface RefundTable {
  id: string
  accountId: string
  creditNoteId: string | null
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  currency: string
  createdAt: Date
  method: string | null
  reference: string | null
  sentOn: string | null
  sentAt: Date | null
  recordedBy: string | null
  paymentId: string | null
  key: string | null
  attemptId: string | null
}

interface ScheduleTable {
  code: string
  content: unknown
  digest: ColumnType<Buffer, Uint8Array, Uint8Array>
  publishedAt: Date
}

interface SealedRowTable {
  kind: string
  key: string
  digest: ColumnType<Buffer, Uint8Array, Uint8Array>
  seq: ColumnType<bigint, bigint | number, bigint | number>
  place: number
}

interface SegmentTable {
  partitionId: number
  seq: ColumnType<bigint, bigint | number, bigint | number>
  epoch: ColumnType<bigint, bigint | number, bigint | number>
  codec: number
  committedAt: Date
  usageFrom: Date | null
  usageUntil: Date | null
  received: number
  charged: number
  suspended: number
  duplicates: number
  recycled: number
  payload: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  digest: ColumnType<Buffer, Uint8Array, Uint8Array>
  previousDigest: ColumnType<Buffer, Uint8Array, Uint8Array>
  payloadDigest: ColumnType<Buffer, Uint8Array, Uint8Array>
  identities: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
  archivedAt: Date | null
  corrected: Generated<number>
}

interface SepaFileTable {
  id: string
  key: string
  kind: string
  messageId: string
  bankAccountId: string
  xml: string
  createdBy: string
  createdAt: Date
}

interface SepaMandateTable {
  id: string
  reference: string
  accountId: string
  holder: string
  iban: string
  bic: string | null
  scheme: string
  isOneOff: boolean
  signedOn: string
  lastUsedOn: string | null
  endedOn: string | null
  endReason: string | null
  createdAt: Date
}

interface SepaOrderTable {
  id: string
  sepaFileId: string
  paymentInfoId: string
  endToEndId: string
  accountId: string
  mandateId: string | null
  invoiceId: string | null
  refundId: string | null
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  sequence: string | null
  dueOn: string
  state: string
  reason: string | null
  paymentId: string | null
  createdAt: Date
}

interface ServiceTable {
  id: string
  key: string
  accountId: string
  validFrom: Date
  validUntil: Date | null
  createdAt: Date
  updatedAt: Date
  metadata: Generated<unknown>
}

interface ServiceBlockTable {
  id: string
  key: string
  accountId: string
  serviceId: string | null
  reason: 'dunning_soft' | 'dunning_hard' | 'customer' | 'fraud' | 'admin'
  scope: 'outgoing' | 'incoming' | 'data' | 'all'
  kbps: number | null
  note: string | null
  fromAt: Date
  untilAt: Date | null
  placedBy: string
  placedByPerson: string
  placedAt: Date
  liftedBy: string | null
  liftedAt: Date | null
  liftNote: string | null
  lookAt: Date | null
}

interface ServiceBlockUnreadTable {
  accountId: string
  mark: string
}

interface ServiceKeyTable {
  key: string
}

interface ServiceStateTable {
  serviceId: string
  accountId: string
  version: number
  state: 'open' | 'throttled' | 'restricted' | 'blocked'
  barred: unknown
  kbps: number | null
  reasons: unknown
  changedAt: Date
}

interface SettingTable {
  name: string
  content: unknown
  changedAt: Date
  changedBy: string
}

interface SettingSecretTable {
  setting: string
  field: string
  keyId: string
  ciphertext: ColumnType<Buffer, Uint8Array, Uint8Array>
  setAt: Date
}

interface SubscriptionTable {
  id: string
  key: string
  accountId: string
  serviceId: string | null
  planVersionId: string
  quantity: number
  startsAt: Date
  endsAt: Date | null
  createdAt: Date
  updatedAt: Date
  alignment: Generated<'calendar' | 'anniversary'>
  trialDays: number | null
  termUnit: string | null
  termCount: number | null
  renews: Generated<boolean>
  parentId: string | null
  metadata: Generated<unknown>
}

interface SubscriptionChangeTable {
  id: string
  subscriptionId: string
  position: number
  effectiveAt: Date
  kind: 'plan' | 'quantity' | 'pause' | 'resume' | 'cancel' | 'renew'
  content: unknown
  note: string | null
  recordedAt: Date
  withdrawnAt: Date | null
}

interface SuspenseTable {
  id: string
  status: string
  reason: string
  detail: string
  record: string
  originalRecord: string
  source: string
  recordId: string
  service: string
  type: string
  fingerprint: ColumnType<Buffer, Uint8Array, Uint8Array>
  importId: string | null
  note: string | null
  receivedAt: Date
  updatedAt: Date
  importRow: ColumnType<bigint | null, bigint | number | null | undefined, bigint | number | null>
}

interface TaxAnswerTable {
  id: string
  partiesDigest: string
  taxClass: string
  suppliedOn: string
  accountId: string
  question: unknown
  engine: string
  state: 'asked' | 'answered' | 'own_rules'
  decision: unknown
  reference: string | null
  reason: string | null
  askedAt: Date
  answeredAt: Date | null
}

interface TaxIdCheckTable {
  id: string
  customerId: string
  taxId: string
  register: string
  verdict: string
  consultation: string | null
  name: string | null
  address: string | null
  reason: string | null
  askedFor: string | null
  askedBy: string
  askedAt: Date
}

interface TaxRateTable {
  id: string
  content: unknown
  source: string
  asOf: string
  createdAt: Date
}

interface TerminalNetworkTable {
  gatewayId: string
  currency: string
  zone: string
  minMinor: ColumnType<string, string | bigint, string | bigint>
  maxMinor: ColumnType<string, string | bigint, string | bigint>
  accountBy: unknown
  shows: unknown
  addresses: unknown
  format: 'xml' | 'json'
  credits: 'by_account' | 'payment' | 'top_up'
  registryMapping: unknown
  updatedAt: Date
}

interface TerminalRefusalTable {
  id: string
  gatewayId: string
  command: string
  txnId: string
  accountId: string | null
  accountText: string
  sumText: string
  reason: string
  times: number
  createdAt: Date
  lastAt: Date
}

interface TerminalRegistryTable {
  id: string
  gatewayId: string
  key: string
  fromOn: string
  untilOn: string
  digest: ColumnType<Buffer, Uint8Array, Uint8Array>
  rows: number
  agreed: number
  totalMinor: ColumnType<string, string | bigint, string | bigint>
  feeMinor: ColumnType<string, string | bigint, string | bigint>
  differences: unknown
  differenceCount: number
  payoutId: string | null
  createdAt: Date
}

interface TerminalTransactionTable {
  id: string
  gatewayId: string
  txnId: string
  accountId: string | null
  accountText: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  paidAt: Date | null
  terminal: string | null
  state: 'pending' | 'paid' | 'refused' | 'cancelling' | 'cancelled'
  kind: 'payment' | 'top_up' | null
  paymentId: string | null
  createdAt: Date
  cancelledAt: Date | null
  cancelReason: string | null
  cancelledBy: string | null
}

interface TopUpTable {
  id: string
  key: string
  accountId: string
  currency: string
  amountMinor: ColumnType<string, string | bigint, string | bigint>
  method: string
  reference: string | null
  bonuses: unknown
  createdAt: Date
  unit: string | null
  units: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
  unitPrice: ColumnType<string | null, string | bigint | null | undefined, string | bigint | null>
}

interface TopUpReversalTable {
  id: string
  topUpId: string
  accountId: string
  reason: string
  reversedBy: string
  createdAt: Date
  owedAgainMinor: ColumnType<string, string | bigint, string | bigint>
}

interface UsageCorrectionTable {
  id: string
  key: string
  requestSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  source: string
  recordId: string
  action: string
  reason: string
  requestedBy: string
  accountId: string
  currency: string
  recordBefore: unknown
  recordAfter: unknown
  difference: ColumnType<string, string | bigint, string | bigint>
  seq: ColumnType<bigint, bigint | number, bigint | number>
  createdAt: Date
}

interface UsageImportTable {
  id: string
  name: string
  fingerprint: string
  delivery: number
  mapping: unknown
  header: unknown
  status: string
  sizeBytes: ColumnType<bigint, bigint | number, bigint | number>
  nextOffset: ColumnType<bigint, bigint | number, bigint | number>
  rows: ColumnType<bigint, bigint | number, bigint | number>
  received: ColumnType<bigint, bigint | number, bigint | number>
  charged: ColumnType<bigint, bigint | number, bigint | number>
  suspended: ColumnType<bigint, bigint | number, bigint | number>
  duplicates: ColumnType<bigint, bigint | number, bigint | number>
  createdAt: Date
  updatedAt: Date
  refusal: string | null
}

interface UsageImportRowsTable {
  importId: string
  seq: ColumnType<bigint, bigint | number, bigint | number>
  fromRow: number
  untilRow: number
}

interface UsageRetractionTable {
  id: string
  key: string
  importId: string
  reason: string
  requestedBy: string
  status: string
  recordsTotal: ColumnType<bigint, bigint | number, bigint | number>
  recordsRetracted: ColumnType<bigint, bigint | number, bigint | number>
  recordsGone: ColumnType<bigint, bigint | number, bigint | number>
  suspenseWrittenOff: ColumnType<bigint, bigint | number, bigint | number>
  doneSeq: ColumnType<bigint, bigint | number, bigint | number>
  error: string | null
  createdAt: Date
  finishedAt: Date | null
}

interface VoucherTable {
  codeSha256: ColumnType<Buffer, Uint8Array, Uint8Array>
  batchId: string
  redeemedBy: string | null
  redeemedAt: Date | null
}

interface VoucherBatchTable {
  id: string
  key: string
  currency: string | null
  content: unknown
  vouchers: number
  expiresAt: Date | null
  revokedAt: Date | null
  createdAt: Date
}

interface VoucherFailureTable {
  id: string
  accountId: string
  createdAt: Date
}

interface WebhookAttemptTable {
  deliveryId: string
  number: number
  at: Date
  milliseconds: number
  status: number | null
  error: string | null
  answer: string | null
}

interface WebhookDeliveryTable {
  id: string
  endpointId: string
  eventId: string
  eventType: string
  seq: ColumnType<bigint, bigint | number, bigint | number>
  objectId: string
  replayId: string | null
  state: 'waiting' | 'delivered' | 'failed'
  dueAt: Date
  claimedUntil: Date | null
  attempts: Generated<number>
  createdAt: Date
  endedAt: Date | null
}

interface WebhookEndpointTable {
  id: string
  key: string
  url: string
  description: string | null
  types: unknown
  isOrdered: boolean
  state: 'on' | 'off' | 'disabled'
  reason: 'gone' | 'failing' | null
  failingSince: Date | null
  failures: Generated<number>
  restUntil: Date | null
  createdAt: Date
  updatedAt: Date
}

interface WebhookSecretTable {
  endpointId: string
  id: string
  keyId: string
  ciphertext: ColumnType<Buffer, Uint8Array, Uint8Array>
  createdAt: Date
  endsAt: Date | null
}
