/** The console in a real browser, as people use it. Skipped where there is no browser; it is built once for these tests. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runBills } from '../src/cli/commands-billing.ts'
import { buildConsole, DIST } from '../tools/build-console.ts'
import {
  accept,
  BROWSER,
  faults,
  HOSTILE,
  invite,
  openBrowser,
  openPage,
  SCREENS,
  seedConsole,
  settled,
  takePicture,
} from './console-world.ts'
import { startKvit } from './harness.ts'

const skip = BROWSER === undefined ? 'no browser: apt-get install chromium, or name one in KVIT_TEST_BROWSER' : false
/** Pictures of all screens are taken where this is set: `KVIT_CONSOLE_PICTURES=1 ./kvit test test/console.test.ts`. */
const PICTURES =
  process.env['KVIT_CONSOLE_PICTURES'] === undefined ? null : join(import.meta.dirname, '../docs/console')
const KILOBYTE = 1024

const world = skip === false ? await openWorld() : null

async function openWorld() {
  await buildConsole()
  const kvit = await startKvit('shop', '2026-02-03T09:00:00Z')
  await seedConsole(kvit)
  const browser = await openBrowser()
  after(async () => browser.close())
  return { kvit, browser, owner: await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } }) }
}

function opened(): NonNullable<typeof world> {
  assert.ok(world !== null)
  return world
}

test('what is loaded first has 250 KB at most, and each screen 80 KB more', { skip }, () => {
  type Chunk = {
    readonly file: string
    readonly imports?: string[]
    readonly css?: string[]
    readonly isEntry?: boolean
    readonly isDynamicEntry?: boolean
  }
  const chunks = JSON.parse(readFileSync(join(DIST, 'manifest.json'), 'utf8')) as Record<string, Chunk>
  const filesOf = (name: string, seen = new Set<string>()): Set<string> => {
    const chunk = chunks[name] as Chunk
    if (seen.has(chunk.file)) return seen
    for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file)
    for (const other of chunk.imports ?? []) filesOf(other, seen)
    return seen
  }
  const weight = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length, 0) / KILOBYTE
  const first = filesOf('index.html')
  const heavy = Object.entries(chunks)
    .filter(([, { isDynamicEntry }]) => isDynamicEntry === true)
    .map(([name]) => [name, weight([...filesOf(name)].filter((file) => !first.has(file)))] as const)
    .filter(([, kilobytes]) => kilobytes > 80)
  assert.ok(weight(first) <= 250, `${weight(first)} KB`)
  assert.deepEqual(heavy, [])
})

test('its page has a strict policy, its files are kept for ever, and paths of programs stay theirs', {
  skip,
}, async () => {
  const { app } = opened().kvit
  const html = { accept: 'text/html' }
  const page = await fetch(`${app.url}/customers/anna`, { headers: html })
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/)
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal(page.headers.get('cache-control'), 'no-cache')
  const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? []
  const asset = await fetch(`${app.url}${script}`, { headers: { 'accept-encoding': 'br' } })
  assert.deepEqual(
    [asset.status, asset.headers.get('content-encoding'), asset.headers.get('cache-control')],
    [200, 'br', 'public, max-age=31536000, immutable'],
  )
  for (const path of ['/v1/nothing', '/assets/nothing.js', '/pay/x/y/z/nothing', '/reference/nothing.json'])
    assert.match(
      (await fetch(`${app.url}${path}`, { headers: html })).headers.get('content-type') ?? '',
      /json|reference/,
      path,
    )
  assert.equal((await fetch(`${app.url}/v1/nothing`, { headers: html })).status, 404)
})

test('somebody is invited, signs in, and is told what is wrong with a password', { skip }, async () => {
  const { kvit, owner } = opened()
  const { page, wrong } = await openPage(owner, kvit.app.url)
  await page.goto(`${kvit.app.url}/customers`)
  await page.getByLabel('E-mail').first().fill('olha@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('not the one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('E-mail or password are not right.').waitFor()
  assert.deepEqual(await faults(page), [])
  await accept(page, await invite(kvit, 'olha@example.com', 'owner'), 'Olha')
  assert.equal(new URL(page.url()).hash, '', 'the secret of the link is in no history')
  assert.deepEqual(wrong, [])
  await page.close()
})

test('a customer is onboarded without a mouse, and has what was said', { skip }, async () => {
  const { kvit, owner } = opened()
  const { page, wrong } = await openPage(owner, kvit.app.url)
  await page.goto(kvit.app.url)
  await settled(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find or do' }).waitFor()
  await page.keyboard.type('new cust')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'New customer' }).waitFor()
  // The name has the focus; what follows is reached by the tabulator.
  await page.keyboard.type('Zoë & Söhne')
  const until = async (label: string, text: string): Promise<void> => {
    const field = page.getByLabel(label)
    for (
      let steps = 0;
      steps < 40 && !(await field.evaluate((element) => element === element.ownerDocument.activeElement));
      steps++
    )
      await page.keyboard.press('Tab')
    await page.keyboard.type(text)
  }
  await until('E-mail', 'zoe@example.com')
  await until('Service', 'line-zoe')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Zoë & Söhne' }).waitFor()
  await page.getByText('basic, version 1').waitFor()
  assert.match(page.url(), /\/customers\/[0-9a-f-]{36}$/)
  const { items } = await kvit.client.get<{ items: { key: string; plan: string; service: string }[] }>(
    '/v1/subscriptions?account=zoe-sohne',
  )
  assert.deepEqual(
    items.map(({ key, plan, service }) => [key, plan, service]),
    [['zoe-sohne-1', 'basic', 'line-zoe']],
  )
  assert.deepEqual(wrong, [])
  await page.close()
})

test('usage shows by itself; the clock is moved; a bill is opened down to its records, and its proof holds', {
  skip,
}, async () => {
  const { kvit, owner } = opened()
  const { page, wrong } = await openPage(owner, kvit.app.url)
  await page.goto(kvit.app.url)
  await page.getByText('120 records received').waitFor()
  const record = { source: 'switch-2', service: 'line-zoe', type: 'call', time: '2026-02-03T08:00:00Z' }
  await kvit.client.post(
    '/v1/usage',
    [1, 2].map((at) => ({ ...record, id: `z-${at}`, data: { minutes: '30' } })),
  )
  await page.getByText('122 records received').waitFor({ timeout: 4_000 })
  await page.getByRole('button', { name: '+ 31 days' }).click()
  await page.getByText('Test clock: 6 Mar 2026').waitFor()
  await runBills(kvit.client, '2026-03-01')
  await page.goto(`${kvit.app.url}/documents?text=zoe-sohne`)
  await page.getByRole('link', { name: /^INV-/ }).first().click()
  await page.getByRole('button', { name: /^Calls: / }).click()
  const opening = page.getByRole('dialog')
  await opening.getByText('switch-2 z-1').waitFor()
  await opening.getByText('switch-2 z-2').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Proof' }).click()
  await page.getByRole('button', { name: 'Check the proof' }).click()
  await page.getByText('The proof holds').waitFor()
  await page.getByRole('link', { name: 'PDF' }).click()
  await page.getByRole('link', { name: 'Save as PDF' }).waitFor()
  assert.deepEqual(wrong, [])
  await page.close()
})

test('a line is credited after what would be issued was shown; suspended usage is corrected and charged', {
  skip,
}, async () => {
  const { kvit, owner } = opened()
  const { page, wrong } = await openPage(owner, kvit.app.url)
  await page.goto(`${kvit.app.url}/documents/INV-000004`)
  await page.getByRole('button', { name: 'Credit…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What to credit').selectOption({ index: 1 })
  await dialog.getByLabel('Amount, EUR').fill('5,00')
  await dialog.getByRole('button', { name: 'See what would be issued' }).click()
  await dialog.getByText(/A credit note of .* would be issued/).waitFor()
  await dialog.getByRole('button', { name: 'Issue' }).click()
  await dialog.getByText('Issued:').waitFor()
  await page.goto(`${kvit.app.url}/suspense`)
  await page.getByRole('button', { name: 'nobody-29' }).click()
  const text = await dialog.getByLabel('Record', { exact: true }).inputValue()
  await dialog.getByLabel('Record', { exact: true }).fill(text.replace('"nobody"', '"anna"'))
  await dialog.getByRole('button', { name: 'Correct and charge' }).click()
  await dialog.waitFor({ state: 'detached' })
  const where = await kvit.client.get('/v1/usage-records/explain?source=switch-1&id=nobody-29')
  assert.equal(where['state'], 'charged')
  assert.deepEqual(wrong, [])
  await page.close()
})

test('an amount that may mean two things is asked for again, and a form that is submitted twice is one payment', {
  skip,
}, async () => {
  const { kvit, owner } = opened()
  const { page, wrong } = await openPage(owner, kvit.app.url)
  await page.goto(`${kvit.app.url}/payments`)
  await page.getByRole('button', { name: 'Record a payment' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('boris')
  await dialog.getByRole('option', { name: /boris/ }).waitFor({ state: 'attached' })
  await dialog.getByLabel('Amount').fill('1,000')
  await page.keyboard.press('Enter')
  await dialog.getByText('1234.50').waitFor()
  await dialog.getByLabel('Amount').fill('1,50')
  await page.evaluate(
    `{ const form = document.querySelector('[role=dialog] form'); form.requestSubmit(); form.requestSubmit() }`,
  )
  await dialog.waitFor({ state: 'detached' })
  const { items } = await kvit.client.get<{ items: { amount: string }[] }>('/v1/payments?account=boris')
  assert.deepEqual(
    items.map(({ amount }) => amount),
    ['1.50'],
  )
  assert.deepEqual(wrong, [])
  await page.close()
})

test('names that are scripts are shown as names', { skip }, async () => {
  const { kvit, owner } = opened()
  const { page, wrong } = await openPage(owner, kvit.app.url)
  for (const [at, name] of HOSTILE.entries()) {
    await page.goto(`${kvit.app.url}/customers?text=hostile-${at}`)
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { name }).waitFor()
    await page.goto(`${kvit.app.url}/customers/hostile-${at}?tab=timeline`)
    await settled(page)
  }
  assert.equal(await page.evaluate('window.hacked'), undefined)
  assert.deepEqual(wrong, [])
  await page.close()
})

test('who may only read is shown nothing to write with, and the server refuses it all the same', { skip }, async () => {
  const { kvit, browser } = opened()
  const reader = await browser.newContext({ locale: 'en-GB' })
  const { page, wrong } = await openPage(reader, kvit.app.url)
  await accept(page, await invite(kvit, 'reader@example.com', 'read-only'), 'Reader')
  await page.goto(`${kvit.app.url}/customers`)
  await settled(page)
  assert.equal(await page.getByRole('link', { name: 'New customer' }).count(), 0)
  assert.equal(await page.getByRole('button', { name: '+ 1 day' }).count(), 0)
  await page.goto(`${kvit.app.url}/documents/INV-000004`)
  await settled(page)
  assert.equal(await page.getByRole('button', { name: 'Credit…' }).count(), 0)
  const status = await page.evaluate(
    `fetch('/v1/customers', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"key":"x","name":"X"}' }).then((answer) => answer.status)`,
  )
  assert.equal(status, 403)
  // What another tab shows is gone, too, when somebody signs out here.
  const other = await openPage(reader, kvit.app.url)
  await other.page.goto(`${kvit.app.url}/documents/INV-000004`)
  await other.page
    .getByRole('heading', { name: /INV-000004/ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Reader' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await other.page.getByRole('button', { name: 'Sign in' }).waitFor()
  assert.equal(await other.page.getByText('INV-000004').count(), 0)
  await page.goBack()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  assert.deepEqual(wrong, [])
  await reader.close()
})

/** How a screen is looked at. */
const LOOKS = [
  { look: 'light', viewport: { width: 1280, height: 800 }, colorScheme: 'light', language: 'en' },
  { look: 'dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark', language: 'en' },
  { look: 'phone', viewport: { width: 390, height: 780 }, colorScheme: 'light', language: 'en' },
  { look: 'uk', viewport: { width: 1280, height: 800 }, colorScheme: 'light', language: 'uk' },
] as const

test('every screen can be used by everybody: no fault by axe, in light and dark, on a phone and in Ukrainian', {
  skip,
}, async () => {
  const { kvit, browser, owner } = opened()
  const storageState = await owner.storageState()
  for (const { look, viewport, colorScheme, language } of LOOKS) {
    const context = await browser.newContext({
      storageState,
      viewport,
      colorScheme,
      locale: language,
      reducedMotion: 'reduce',
    })
    const { page, wrong } = await openPage(context, kvit.app.url)
    // Each screen in one look, in turns; in all of them where pictures are taken.
    const seen = SCREENS.filter((_, at) => PICTURES !== null || LOOKS[at % LOOKS.length]?.look === look)
    for (const [screen, path] of seen) {
      await page.goto(`${kvit.app.url}${path}`)
      await settled(page)
      if (screen === 'proof') await page.locator('main section button').first().click()
      assert.deepEqual(await faults(page), [], `${screen} ${look}`)
      assert.equal(await page.evaluate('document.documentElement.lang'), language)
      const isWide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
      assert.equal(isWide, false, `${screen} ${look} is wider than the window`)
      if (PICTURES !== null) await takePicture(context, page, join(PICTURES, `${screen}-${look}.webp`))
    }
    assert.deepEqual(wrong, [], look)
    await context.close()
  }
})
