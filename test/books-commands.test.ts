/** `kvit books` as a process, against a running server. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runBills } from '../src/cli/commands-billing.ts'
import { readDatevJournal } from './books-readers.ts'
import { runCommand } from './command-line.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, app } = await startKvit('cmd', '2026-01-01T06:00:00Z')
const folder = await mkdtemp(join(tmpdir(), 'kvit-books-'))
after(async () => rm(folder, { recursive: true, force: true }))
const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'cmd' }
const kvit = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await runCommand(['books', ...args], env)
  assert.equal(code, 0, err)
  return out
}

test('books are opened, a period is closed, looked at, and exported; a file is not written over', async () => {
  await seedOperator(client)
  await createSubscriber(client, 'ann')
  await runBills(client, '2026-01-01')
  assert.match(await kvit('open', 'op', '--currency', 'EUR', '--opens-on', '2026-01-01'), /opensOn\s+2026-01-01/)
  await client.post('/v1/tenants/cmd', { clock: '2026-02-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-02-01')
  assert.match(await kvit('close', 'op', '2026-01-01'), /state\s+closed/)
  const balance = await kvit('trial-balance', 'op', '--as-of', '2026-01-31')
  assert.match(balance, /1100\s+Trade receivables\s+10\.00\s+0\.00\s+10\.00/)
  assert.match(balance, /4000\s+Revenue\s+0\.00\s+10\.00\s+-10\.00/)
  assert.match(
    await kvit('sheet', 'op', '--code', '1100', '--as-of', '2026-01-31'),
    /opening 0\.00[\s\S]*invoice_issued[\s\S]*closing 10\.00/,
  )
  assert.match(await kvit('deferred', 'op', '--as-of', '2026-01-31'), /2026-01\s+10\.00\s+2026-01 10\.00/)
  assert.match(await kvit('ageing', 'op'), /ann/)
  assert.match(await kvit('open-items', 'op', '--account', 'ann'), /INV-000001/)
  const letter = join(folder, 'confirmation.pdf')
  await kvit('confirmation', 'op', 'ann', letter, '--as-of', '2026-01-31', '--return-to', 'Auditors Ltd, Dublin')
  assert.equal((await readFile(letter)).subarray(0, 5).toString(), '%PDF-')
  const unknown = await runCommand(['books', 'confirmation', 'op', 'nobody', letter], env)
  assert.deepEqual([unknown.code, /nobody/.test(unknown.err)], [1, true])
  assert.match(await kvit('recognised', 'op', '2026-01-01'), /line:/)
  assert.match(await kvit('periods', 'op'), /2026-01-01\s+2026-02-01\s+closed/)
  const file = join(folder, 'EXTF_Buchungsstapel.csv')
  const args = ['export', 'op', file, '--format', 'datev', '--from', '2026-01-01', '--until', '2026-01-31']
  await kvit(...args)
  assert.deepEqual(readDatevJournal(await readFile(file)).balances, { '1100': 1000, '4000': -1000 })
  const again = await runCommand(['books', ...args], env)
  assert.deepEqual([again.code, /EEXIST|exists/.test(again.err)], [1, true])
  assert.match(await kvit('reopen', 'op', '2026-01-01', '--reason', 'a mistake'), /state\s+open/)
})

test('rates of a file that is longer than one request, a chart, and a write-off', async () => {
  const day = (at: number): string => Temporal.PlainDate.from('2020-01-01').add({ days: at }).toString()
  const rows = Array.from({ length: 1_200 }, (_, at) => `${day(1_199 - at)},1.${1000 + at},N/A,`)
  const file = join(folder, 'eurofxref-hist.csv')
  await writeFile(file, `${['Date,USD,JPY,', ...rows].join('\n')}\n`)
  assert.match(await kvit('rate', 'import', file), /added\s+1200/)
  assert.match(await kvit('rate', 'import', file), /known\s+1200/)
  assert.match(await kvit('rate', 'list', '--currency', 'USD'), new RegExp(`${day(1_199)}\\s+EUR\\s+USD\\s+1\\.1000`))
  const chart = join(folder, 'chart.json')
  const account = { code: '4400', name: 'Basic', kind: 'revenue' }
  await writeFile(
    chart,
    JSON.stringify({ accounts: [account], rules: [{ ledger: 'revenue', detail: 'basic', code: '4400' }] }),
  )
  await kvit('chart', 'set', 'op', chart)
  assert.match(await kvit('chart', 'show', 'op'), /4400\s+Basic\s+revenue/)
  assert.match(
    await kvit('write-off', 'INV-000001', '--key', 'off', '--reason', 'goodwill', '--amount', '1.00'),
    /amount\s+1\.00/,
  )
  const { code, err } = await runCommand(['books', 'close', 'op', '2026-05-01'], env)
  assert.deepEqual([code, /periods are closed in order/.test(err)], [1, true])
})
