import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import type { CliCommand } from './command.ts'
import { collectLines, toLinePart } from './line-option.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { toJson } from './option-values.ts'
import { formatTable, Worded } from './output.ts'

const REASONS = 'goodwill, billing_error, returned, duplicate, disputed or other'

interface Common {
  readonly reason: string
  readonly key?: string
  readonly text?: string
  readonly dryRun?: boolean
}

function addCommon(command: CliCommand): CliCommand {
  return command
    .requiredOption('--reason <reason>', REASONS)
    .option('--text <text>', 'printed as the reason')
    .option(
      '--key <key>',
      'your own identifier of the note; the same key has one effect. Needed, unless it is a dry run',
    )
    .option('--dry-run', 'only tell what would be issued')
}

/** A note in words: its lines, its sums, and where its money goes. */
function wordsOfNote(note: Json): string {
  const { document, corrects, left, lowered, refund, rebilled, approvalRequest } = note as Json & {
    document: {
      number: string
      kind: string
      currency: string
      lines: Json[]
      totals: Readonly<Record<string, string>>
    }
    refund: { amount: string } | null
    rebilled: { number: string; total: string }[]
    approvalRequest?: { id: string; waitsFor: string }
  }
  const { number, kind, currency, lines, totals } = document
  const name = kind === 'credit_note' ? 'Credit note' : 'Debit note'
  return [
    `${name} ${number}, on ${String(corrects)}`,
    '',
    formatTable(
      lines.map(({ position, description, quantity, amount }) => ({
        '#': position,
        what: description,
        quantity,
        amount,
      })),
    ),
    '',
    `net ${totals['net']}, tax ${totals['tax']}, total ${totals['total']} ${currency}`,
    `left of ${String(corrects)}: ${String(left)}; lowered of what was open: ${String(lowered)}`,
    ...(refund === null ? [] : [`to be paid back: ${refund.amount}`]),
    ...(approvalRequest === undefined
      ? []
      : [`not issued yet: it waits for ${approvalRequest.waitsFor} (kvit approval approve ${approvalRequest.id})`]),
    ...rebilled.map((one) => `billed anew: ${one.number}, ${one.total}`),
  ].join('\n')
}

async function ask(client: Client, reference: string, path: string, body: Json): Promise<Worded> {
  const note = await client.post(`/v1/invoices/${encodeURIComponent(reference)}/${path}`, body)
  return new Worded(note, () => wordsOfNote(note))
}

/** Documents that are corrected on request, and refunds. */
export function addNoteCommands({ program, run }: Cli): void {
  const invoice = program.group('invoice')
  addCommon(
    invoice
      .command('credit <reference>')
      .description('credit an issued document: all that is left of it, an amount, or lines (docs/documents.md)')
      .example('LDN-000001 --reason goodwill --amount 25.00 --key credit-1'),
  )
    .option('--amount <decimal>', 'with tax; spread over the lines')
    .option(
      '--line <line>',
      'a position, or with an amount, and with units: 2, 2:10.00 or 2:10.00:100; may be repeated',
      collectLines,
    )
    .option('--money <use>', 'what is not open of the document: open_invoices, balance or refund')
    .action(async (reference: string, { line, ...body }: Common & { line?: readonly string[] }) =>
      run((client) =>
        ask(client, reference, 'credit-notes', {
          ...body,
          ...(line === undefined ? {} : { lines: line.map(toLinePart) }),
        }),
      ),
    )
  addCommon(
    invoice
      .command('void <reference>')
      .description('void an issued document by a credit note of all of it')
      .example('LDN-000001 --reason billing_error --rebill now --key void-1'),
  )
    .requiredOption(
      '--rebill <when>',
      'whether what it billed is billed anew: never, next (by the next bill run) or now',
    )
    .action(async (reference: string, { rebill, ...body }: Common & { rebill: string }) =>
      run(async (client) => {
        if (!['never', 'next', 'now'].includes(rebill))
          throw new Error(`--rebill is never, next or now, not "${rebill}"`)
        return ask(client, reference, 'void', { ...body, rebill: rebill !== 'never', atOnce: rebill === 'now' })
      }),
    )
  addCommon(
    invoice
      .command('debit <reference>')
      .description('charge more by a debit note that names an issued document')
      .example('LDN-000001 --reason billing_error --description "Visit of a technician" --amount 40.00 --key debit-1'),
  )
    .option('--description <text>', 'of one line')
    .option('--amount <decimal>', 'of it, as prices of the account are: without tax or with it')
    .option('--tax-class <class>', 'of it: general unless set')
    .option('--lines <json>', 'several lines, in place of these')
    .action(
      async (
        reference: string,
        {
          description,
          amount,
          taxClass,
          lines,
          ...body
        }: Common & Readonly<Record<'description' | 'amount' | 'taxClass' | 'lines', string | undefined>>,
      ) =>
        run((client) => {
          const one = { description, unitPrice: amount, ...(taxClass === undefined ? {} : { taxClass }) }
          return ask(client, reference, 'debit-notes', {
            ...body,
            lines: lines === undefined ? [one] : toJson('--lines', lines),
          })
        }),
    )
  const refund = program.command('refund').description('money of credit notes and payments that is to be paid back')
  addFilters(
    refund.command('list').description('list refunds, the newest first').example('--account 1001 --status due'),
    [...OF_ACCOUNT, ['--status <status>', 'due or sent']],
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/refunds',
        options,
        ({ account, customerName, amount, currency, status, sentOn, reference, id }) => ({
          ...{ account, customerName, amount, currency, status, sentOn, reference, id },
        }),
      ),
    ),
  )
  refund
    .command('sent <refund>')
    .description('record that a refund was sent')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --method bank --reference T-100')
    .requiredOption('--method <method>', 'bank, cash, card or other')
    .option('--reference <text>', 'such as the number of the transfer')
    .option('--sent-on <date>')
    .action(async (id: string, options: Json) =>
      run((client) => client.post(`/v1/refunds/${encodeURIComponent(id)}/sent`, options)),
    )
}
