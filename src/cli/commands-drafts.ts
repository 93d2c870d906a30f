import { writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import type { CliCommand } from './command.ts'
import { type ShownInvoice, wordsOfDocument } from './invoice-words.ts'
import { addFilters, type Filter, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { Worded } from './output.ts'

const DRAFT_FILTERS: readonly Filter[] = [
  ...OF_ACCOUNT,
  ['--kind <kind>', 'bill, interim, note or one_off'],
  ['--why <code>', 'grace_period, by_hand, on_hold, review, tax_missing, tax_id, einvoice_rule or failed'],
]

interface Coded {
  readonly code: string
  readonly text: string
}

interface ShownDraft extends Json {
  readonly id: string
  readonly account: string
  readonly kind: string
  readonly currency: string
  readonly total: string
  readonly billingDay: string
  readonly dueAt: string | null
  readonly reasons: readonly Coded[]
  readonly warnings: readonly Coded[]
  readonly documents: readonly ShownInvoice['document'][]
  readonly approvals: readonly Json[]
}

/** `kvit invoice drafts`, `kvit invoice draft …` and `kvit invoice holds`: what is due and not issued. */
export function addDraftCommands({ run, isJson }: Cli, invoice: CliCommand): void {
  addFilters(
    invoice.command('drafts').description('documents that are due and not issued, and why').example('--why review'),
    DRAFT_FILTERS,
  ).action(async (options: Query) => run((client) => listFiltered(client, '/v1/drafts', options, draftColumns)))
  const draft = invoice.command('draft').description('a document that is due and not issued')
  const at = (id: string, path = ''): string => `/v1/drafts/${encodeURIComponent(id)}${path}`
  draft
    .command('show <draft>')
    .description('a draft as it would be issued now, and what is odd about it')
    .example('DRAFT')
    .action(async (id: string) =>
      run(async (client) => {
        const found = await client.get<ShownDraft>(at(id))
        return isJson() ? found : new Worded(found, () => wordsOfDraft(found))
      }),
    )
  draft
    .command('pdf <draft> <file>')
    .description('write it as PDF, marked as a draft')
    .example('DRAFT draft.pdf')
    .option('--document <number>', 'which of its documents, from 1 on', '1')
    .action(async (id: string, file: string, { document }: { document: string }) =>
      run(async (client) => {
        await writeFile(file, await client.download(at(id, `/pdf?document=${encodeURIComponent(document)}`)))
        return file
      }),
    )
  draft
    .command('approve <draft>')
    .description('approve of it for the amount that you saw; what nothing else keeps is issued')
    .example('DRAFT --total 120.00')
    .requiredOption('--total <decimal>', 'the amount that you saw')
    .option('--note <text>')
    .action(async (id: string, options: Json) => run((client) => client.post(at(id, '/approval'), options)))
  draft
    .command('hold <draft>')
    .description('do not issue it, until a time or until it is released')
    .example('DRAFT --reason "asked the customer"')
    .requiredOption('--reason <text>')
    .option('--until <instant>')
    .action(async (id: string, options: Json) =>
      run((client) => client.post('/v1/invoice-holds', { draft: id, ...options })),
    )
  draft
    .command('release <draft>')
    .description('release its hold; what nothing else keeps is issued')
    .example('DRAFT')
    .action(async (id: string) =>
      run(async (client) => {
        const found = await client.get<Json & { id: string; holds: (Json & { id: string; draftId: string | null })[] }>(
          at(id),
        )
        const own = found.holds.find(({ draftId }) => draftId === found.id)
        if (own === undefined) throw new Error('the draft is not on hold; kvit invoice holds shows what is')
        return client.post(`/v1/invoice-holds/${own.id}/release`, {})
      }),
    )
  draft
    .command('issue <draft>')
    .description('issue it now, although its grace period has not ended')
    .example('DRAFT')
    .action(async (id: string) => run((client) => client.post(at(id, '/issue'), {})))
  addFilters(invoice.command('holds').description('what people have put on hold').example('--state open'), [
    ...OF_ACCOUNT,
    ['--state <state>', 'open or released'],
  ]).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/invoice-holds', options, ({ id, draftId, reason, until, placedAt, releasedAt }) => ({
        ...{ id, of: draftId ?? 'the account', reason, until, placedAt, releasedAt },
      })),
    ),
  )
  invoice
    .command('hold <account>')
    .description('issue no document of an account, until a time or until it is released')
    .example('1001 --reason "under dispute" --until 2026-03-01T00:00:00Z')
    .requiredOption('--reason <text>')
    .option('--until <instant>')
    .action(async (account: string, options: Json) =>
      run((client) => client.post('/v1/invoice-holds', { account, ...options })),
    )
  invoice
    .command('release <hold>')
    .description('release a hold; what nothing else keeps is issued')
    .example('HOLD')
    .action(async (hold: string) =>
      run((client) => client.post(`/v1/invoice-holds/${encodeURIComponent(hold)}/release`, {})),
    )
}

function draftColumns(row: Json): Json {
  const { id, account, customerName, kind, billingDay, total, currency, reasons, dueAt } = row as ShownDraft
  const why = reasons.map(({ code }) => code)
  return {
    ...{ id, account, customer: customerName, kind, billingDay, total, currency },
    ...{ why: [...new Set(why)].join(', '), due: dueAt },
  }
}

function wordsOfDraft(draft: ShownDraft): string {
  const { account, kind, billingDay, total, currency, reasons, warnings, documents, dueAt, approvals } = draft
  const listed = (name: string, rows: readonly Coded[]): string[] =>
    rows.map(({ code, text }) => `${name.padEnd(10)}${code}: ${text}`)
  return [
    `Draft ${draft.id}: ${kind} of ${account} at ${billingDay}, ${total} ${currency}`,
    ...listed('waits', reasons),
    ...listed('odd', warnings),
    ...approvals.map((one) => `approved  ${one['total']} ${currency} at ${one['approvedAt']}`),
    ...(dueAt === null ? [] : [`due       ${dueAt}`]),
    ...(documents.length === 0 ? ['nothing of it is due any more'] : []),
    ...documents.flatMap((document) => ['', wordsOfDocument(document, currency)]),
  ].join('\n')
}
