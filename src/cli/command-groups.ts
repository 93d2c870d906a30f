import type { Cli } from './cli.ts'

/** Adds the commands of one file to the program. */
type AddCommands = (cli: Cli) => void | Promise<void>

interface CommandGroup {
  /** The first words of its commands. */
  readonly words: readonly string[]
  readonly load: () => Promise<AddCommands>
}

/** Which file has which commands: a call loads what it needs. The order is that of the help. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    words: [
      'start',
      'doctor',
      'check',
      'head',
      'archive',
      'test',
      'demo',
      'crossing',
      'soak-test',
      'bench',
      'completion',
      'tenant',
      'key',
    ],
    load: async () => (await import('./commands-system.ts')).addSystemCommands,
  },
  { words: ['user', 'role', 'audit'], load: async () => (await import('./commands-people.ts')).addPeopleCommands },
  { words: ['backup', 'restore'], load: async () => (await import('./commands-backup.ts')).addBackupCommands },
  { words: ['plan'], load: async () => (await import('./commands-catalog.ts')).addCatalogCommands },
  { words: ['deck'], load: async () => (await import('./commands-deck.ts')).addDeckCommands },
  {
    words: ['issuer', 'customer', 'account', 'service', 'subscription'],
    load: async () => (await import('./commands-customers.ts')).addCustomerCommands,
  },
  {
    words: ['customer'],
    load: async () => (await import('./commands-personal-data.ts')).addPersonalDataCommands,
  },
  { words: ['customer'], load: async () => (await import('./commands-tax-ids.ts')).addTaxIdCommands },
  { words: ['usage', 'suspense'], load: async () => (await import('./commands-usage.ts')).addUsageCommands },
  { words: ['usage'], load: async () => (await import('./commands-corrections.ts')).addCorrectionCommands },
  {
    words: ['balance', 'voucher', 'charge'],
    load: async () => (await import('./commands-charging.ts')).addChargingCommands,
  },
  { words: ['approval'], load: async () => (await import('./commands-approvals.ts')).addApprovalCommands },
  {
    words: ['invoice', 'bill', 'explain', 'payment', 'ledger'],
    load: async () => (await import('./commands-billing.ts')).addBillingCommands,
  },
  { words: ['invoice', 'refund'], load: async () => (await import('./commands-notes.ts')).addNoteCommands },
  {
    words: ['invoice', 'delivery', 'customer'],
    load: async () => (await import('./commands-deliveries.ts')).addDeliveryCommands,
  },
  { words: ['notice', 'contact'], load: async () => (await import('./commands-notices.ts')).addNoticeCommands },
  { words: ['attachment'], load: async () => (await import('./commands-attachments.ts')).addAttachmentCommands },
  {
    words: ['invoice', 'account', 'payment-link'],
    load: async () => (await import('./commands-payment-links.ts')).addPaymentLinkCommands,
  },
  {
    words: ['late-charge'],
    load: async () => (await import('./commands-late-charges.ts')).addLateChargeCommands,
  },
  {
    words: ['payment-plan'],
    load: async () => (await import('./commands-payment-plans.ts')).addPaymentPlanCommands,
  },
  { words: ['dunning'], load: async () => (await import('./commands-dunning.ts')).addDunningCommands },
  { words: ['dispute'], load: async () => (await import('./commands-disputes.ts')).addDisputeCommands },
  {
    words: ['refer', 'commits', 'coupon'],
    load: async () => (await import('./commands-discounts.ts')).addDiscountCommands,
  },
  { words: ['deposit'], load: async () => (await import('./commands-deposits.ts')).addDepositCommands },
  {
    words: ['gateway', 'payment-method', 'payment', 'refund', 'account'],
    load: async () => (await import('./commands-gateways.ts')).addGatewayCommands,
  },
  { words: ['cash'], load: async () => (await import('./commands-cash.ts')).addCashCommands },
  { words: ['terminal'], load: async () => (await import('./commands-terminals.ts')).addTerminalCommands },
  { words: ['job'], load: async () => (await import('./commands-jobs.ts')).addJobCommands },
  {
    words: ['settings', 'secrets'],
    load: async () => (await import('./commands-settings.ts')).addSettingsCommands,
  },
  { words: ['channel'], load: async () => (await import('./commands-channels.ts')).addChannelCommands },
  { words: ['block'], load: async () => (await import('./commands-blocks.ts')).addBlockCommands },
  { words: ['block'], load: async () => (await import('./commands-enforcement.ts')).addEnforcementCommands },
  { words: ['brand'], load: async () => (await import('./commands-brands.ts')).addBrandCommands },
  { words: ['webhook'], load: async () => (await import('./commands-webhooks.ts')).addWebhookCommands },
  { words: ['event'], load: async () => (await import('./commands-events.ts')).addEventCommands },
  { words: ['proof', 'verify'], load: async () => (await import('./commands-proof.ts')).addProofCommands },
  { words: ['einvoice'], load: async () => (await import('./commands-einvoice.ts')).addEInvoiceCommands },
  { words: ['crypto'], load: async () => (await import('./commands-crypto.ts')).addCryptoCommands },
  { words: ['bank'], load: async () => (await import('./commands-banks.ts')).addBankCommands },
  {
    words: ['mandate', 'sepa'],
    load: async () => (await import('./commands-direct-debits.ts')).addDirectDebitCommands,
  },
  { words: ['books'], load: async () => (await import('./commands-books.ts')).addBooksCommands },
  { words: ['tax'], load: async () => (await import('./commands-tax.ts')).addTaxCommands },
  { words: ['rerate'], load: async () => (await import('./commands-rerating.ts')).addReRatingCommands },
  { words: ['plan'], load: async () => (await import('./commands-rerating.ts')).addSimulation },
]

/** Options of the program that take a value. */
const WITH_VALUE = new Set(['-t', '--tenant'])

/**
 * The words of the command that was called, without its options; null when it is all of them that are asked for: by the
 * help, by a completion, or because there is no such command.
 */
export function wordsOf(args: readonly string[]): readonly string[] | null {
  const words = namedWords(args)
  // A completion is about all commands.
  if (words[0] === 'completion') return null
  const isKnown = COMMAND_GROUPS.some((group) => group.words.includes(words[0] ?? ''))
  return isKnown ? words : null
}

/** The first three words of a call, without options and without `help`: `-t web help invoice list` is `invoice list`. */
export function namedWords(args: readonly string[]): string[] {
  const words: string[] = []
  for (let at = 0; at < args.length && words.length < 3; at++) {
    const arg = args[at] as string
    if (WITH_VALUE.has(arg)) at++
    else if (!arg.startsWith('-')) words.push(arg)
  }
  if (words[0] === 'help') words.shift()
  return words
}
