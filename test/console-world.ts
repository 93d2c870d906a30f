import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { runBills } from '../src/cli/commands-billing.ts'
import { camt, GIRO } from './bank-files-made.ts'
import { GOOD_PASSWORD } from './browser.ts'
import { createSubscriber, seedOperator, type TestKvit } from './harness.ts'

/** Where a browser may be: named, or installed as Debian and others do (`apt-get install chromium`). */
const BROWSERS = [
  process.env['KVIT_TEST_BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
export const BROWSER = BROWSERS.find((path) => path !== undefined && existsSync(path))

/** Names that must be shown as they are, and run nowhere. */
export const HOSTILE = [
  '<img src=x onerror=window.hacked=1>',
  '"><script>window.hacked=1</script>',
  "javascript:window.hacked=1//'",
  '{{constructor.constructor("window.hacked=1")()}}',
]

/** Customers with a month of usage, bills, payments, money of nobody, and usage that could not be charged. */
export async function seedConsole({ client, request }: TestKvit): Promise<void> {
  await seedOperator(client)
  for (const key of ['anna', 'boris', 'clara']) await createSubscriber(client, key, { language: 'en' })
  await createSubscriber(client, 'dora', { creditLimit: '0' })
  await client.post('/v1/top-ups', { key: 't-1', account: 'dora', currency: 'EUR', amount: '25.00', method: 'card' })
  await client.post('/v1/blocks', {
    key: 'b-1',
    service: 'dora',
    reason: 'fraud',
    scope: 'outgoing',
    note: 'odd calls',
  })
  for (const [at, name] of HOSTILE.entries()) await client.post('/v1/customers', { key: `hostile-${at}`, name })
  const record = (service: string, at: number): object => ({
    ...{ id: `${service}-${at}`, source: 'switch-1', service, type: 'call' },
    ...{
      time: `2026-01-${String((at % 27) + 1).padStart(2, '0')}T${String(8 + (at % 12)).padStart(2, '0')}:15:00Z`,
      data: { minutes: `${(at % 9) + 1}.5` },
    },
  })
  const usage = ['anna', 'boris', 'clara', 'nobody'].flatMap((service) =>
    Array.from({ length: 30 }, (_, at) => record(service, at)),
  )
  await client.post('/v1/usage', usage)
  await runBills(client, '2026-02-01')
  await client.post('/v1/payments', {
    key: 'p-1',
    account: 'anna',
    method: 'bank',
    currency: 'EUR',
    amount: '12.00',
    receivedOn: '2026-02-01',
    reference: 'INV-000001',
  })
  await client.post('/v1/bank-accounts', { key: 'giro', issuer: 'op', name: 'Giro', iban: GIRO, currency: 'EUR' })
  const entries = [
    { minor: 2_280, day: '2026-02-02', text: 'INV-000005', name: 'Boris', iban: 'DE75512108001245126199' },
    { minor: 1_234, day: '2026-02-02', text: 'thank you', name: 'Somebody', iban: 'DE12500105170648489890' },
  ]
  const headers = { 'content-type': 'application/octet-stream' }
  await request('POST', '/v1/bank-files', { raw: camt([{ id: 'S-1', entries }]), headers })
}

/** Every screen, as its address says it. */
export const SCREENS: readonly (readonly [string, string])[] = [
  ['home', '/'],
  ['customers', '/customers'],
  ['new-customer', '/customers/new'],
  ['customer', '/customers/anna'],
  ['prepaid-customer', '/customers/dora'],
  ['timeline', '/customers/anna?tab=timeline'],
  ['next-bill', '/customers/anna?tab=next'],
  ['documents', '/documents'],
  ['document', '/documents/INV-000004'],
  ['proof', '/documents/INV-000004?tab=proof'],
  ['payments', '/payments'],
  ['bank-lines', '/bank-lines'],
  ['plans', '/plans'],
  ['plan', '/plans/basic'],
  ['suspense', '/suspense'],
  ['profile', '/profile'],
]

export async function openBrowser(): Promise<Browser> {
  // Documents are set without the fonts of the machine; a browser needs them.
  const { FONTCONFIG_FILE: _, ...env } = process.env as Record<string, string>
  return chromium.launch({ executablePath: BROWSER as string, args: ['--no-sandbox', '--disable-dev-shm-usage'], env })
}

/** What a page did that it must not do. */
export interface Watched {
  readonly page: Page
  readonly wrong: string[]
}

/** A page that notes everything its policy forbids, errors of its scripts, dialogs, and requests to anybody else. */
export async function openPage(context: BrowserContext, origin: string): Promise<Watched> {
  const page = await context.newPage()
  const wrong: string[] = []
  await page.addInitScript({
    content: `document.addEventListener('securitypolicyviolation', (event) =>
      console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber))`,
  })
  page.on('console', (message) => {
    if (message.text().startsWith('policy:') || message.text().includes('Content Security Policy'))
      wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    // What a browser shows PDFs with is its own.
    if (!/^(blob|data|chrome|chrome-extension):/.test(request.url()) && new URL(request.url()).origin !== origin)
      wrong.push(`asked ${request.url()}`)
  })
  return { page, wrong }
}

/** What of WCAG 2.2 AA a page does not keep, as axe finds it. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as axe.AxeResults
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.locator('h1').first().waitFor()
  await page.locator('.waiting').waitFor({ state: 'detached' })
}

export async function takePicture(context: BrowserContext, page: Page, file: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true })
  const devtools = await context.newCDPSession(page)
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 40 })
  await writeFile(file, Buffer.from(data, 'base64'))
}

/** A link that invites somebody, as `kvit user invite` shows it. */
export async function invite({ client }: TestKvit, email: string, role: string): Promise<string> {
  return (await client.post<{ link: string }>('/v1/users', { email, roles: [role] })).link
}

export async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor()
}
