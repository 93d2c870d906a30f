import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '../../platform/config.ts'
import { Client, type Json } from '../client.ts'
import { Interrupted, tellWhenInterrupted, whenInterrupted } from '../interrupts.ts'
import { formatTable, showError } from '../output.ts'
import { type Check, type Operator, readBilledLines, runOperator } from './operator.ts'
import { OPERATORS } from './operators.ts'

/** PDFs written per operator. */
const PDFS = 3

interface AuditReport {
  readonly holds: boolean
  readonly totals: { received: number; charged: number; suspended: number; duplicates: number; recycled: number }
  readonly segments: number
  readonly results: { invariant: string; holds: boolean; detail: string }[]
}

async function demonstrate(operator: Operator): Promise<boolean> {
  const config = readConfig(process.env)
  const client = new Client(config, operator.tenant, undefined, whenInterrupted())
  const startedMs = performance.now()
  // It takes a minute or so, and more on a machine that is busy.
  console.log(`\n${operator.title} …\n`)
  try {
    await runOperator(client, operator)
    const { invoices, lines } = await readBilledLines(client)
    const checks = await operator.expect(lines)
    const audit = await client.get<AuditReport>('/v1/check')
    const balance = await client.get<{
      totals: { currency: string; debit: string; credit: string; difference: string }[]
    }>('/v1/ledger/trial-balance')
    const rows = [...toRows(checks), ...systemRows(audit, balance.totals, invoices)]
    console.log(formatTable(rows, ['check', 'expected', 'kvit', 'ok']))
    for (const { invariant, detail } of audit.results.filter(({ holds }) => !holds))
      console.log(`✗ ${invariant}: ${detail}`)
    const folder = join(config.dataDir, 'demo', operator.folder)
    await mkdir(folder, { recursive: true })
    for (const { id, number } of invoices.slice(0, PDFS))
      await writeFile(join(folder, `${number}.pdf`), await client.download(`/v1/invoices/${id}/pdf`))
    console.log(`\n${((performance.now() - startedMs) / 1000).toFixed(1)} s; PDFs in ${folder}`)
    return rows.every(({ ok }) => ok === '✓')
  } finally {
    await client.close()
  }
}

function toRows(checks: readonly Check[]): { check: string; expected: string; kvit: string; ok: string }[] {
  return checks.map((row) => ({ ...row, ok: row.expected === row.kvit ? '✓' : '✗' }))
}

function systemRows(
  { totals, holds, segments, results }: AuditReport,
  balance: readonly Json[],
  invoices: readonly Json[],
): ReturnType<typeof toRows> {
  const sum = `${totals.charged} + ${totals.suspended} + ${totals.duplicates}`
  const total = String(totals.charged + totals.suspended + totals.duplicates)
  const paid = invoices.filter(({ state }) => state === 'paid').length
  const row = (check: string, expected: string, kvit: string): Check => ({ check, expected, kvit })
  const chain = results.find(({ invariant }) => invariant.includes('chain'))
  return toRows([
    row(`records received = charged + suspended + duplicate (${sum})`, String(totals.received), total),
    row(`invoices paid (of ${invoices.length}; one is left partly open)`, String(invoices.length - 1), String(paid)),
    ...balance.map(({ currency, debit, credit }) =>
      row(`trial balance ${String(currency)}: debit = credit`, String(debit), String(credit)),
    ),
    row(`journal chain of ${segments} segments verified`, 'true', String(chain?.holds)),
    row(`all ${results.length} invariants hold`, 'true', String(holds)),
  ])
}

const ok: boolean[] = []
const startedMs = performance.now()
tellWhenInterrupted(
  () => `interrupted; ${ok.length} of ${OPERATORS.length} operators are done, and ./kvit demo goes on with the rest`,
)
try {
  for (const operator of OPERATORS) ok.push(await demonstrate(operator))
} catch (error) {
  if (!(error instanceof Interrupted)) showError(error, false)
  process.exit(error instanceof Interrupted ? error.exitCode : 1)
}
console.log(`\nAll in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`)
console.log(
  'Go on: ./kvit start, then open the API reference it names; ./kvit -t demo-electricity invoice list; ./kvit -t demo-tokens check',
)
process.exitCode = ok.every(Boolean) ? 0 : 1
