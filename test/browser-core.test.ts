/** The core runs where there is no Node: it is bundled for browsers and prices a plan in a bare global scope. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { rolldown } from 'rolldown'
import { formatExact } from '../src/core/base/exact.ts'
import { exactAmount } from '../src/core/rating/charged-amount.ts'
import { compilePrice } from '../src/core/rating/compile-price.ts'

const CORE = join(import.meta.dirname, '../src/core')
const ENTRY = 'every-file-of-the-core'

const files = readdirSync(CORE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .sort((a, b) => (a < b ? -1 : 1))

/** One object with everything that the core exports, as one script. */
async function bundleCore(): Promise<{ code: string; imports: string[] }> {
  const source = files.map((name) => `export * from ${JSON.stringify(join(CORE, name))}`).join('\n')
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? { code: source, moduleType: 'ts' } : null),
      },
    ],
    onLog: (level, log) => {
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(`${level}: ${log.message}`)
    },
  })
  const { output } = await bundle.generate({ format: 'iife', name: 'kvit' })
  return { code: output[0].code, imports: output[0].imports }
}

test('the core bundles for browsers and needs nothing from outside', async () => {
  const { code, imports } = await bundleCore()
  assert.ok(files.length > 50)
  assert.deepEqual(imports, [])
  assert.deepEqual(code.match(/\brequire\(|\bprocess\.|\bBuffer\.|\bfrom ['"]|\bimport\(/g), null)
})

test('a plan is priced the same without Node', async () => {
  const { code } = await bundleCore()
  const meter = { code: 'm', name: 'M', eventType: 'e', aggregator: 'sum', property: 'v', unit: 'u', scale: 1 } as const
  const rate = {
    model: 'graduated',
    tiers: [
      { upTo: '10', unitAmount: '0.1' },
      { upTo: null, unitAmount: '0.07' },
    ],
    discountPercent: '12.5',
  } as const
  const price = { kind: 'usage', code: 'p', name: 'P', meter: 'm', rate } as const
  // Of what is no part of the language, browsers have these two, and the core uses no more.
  const context = createContext({ meter, price, TextEncoder, TextDecoder })
  const found = runInContext(
    `${code}
    const compiled = kvit.compilePrice(price, 'EUR', meter)
    kvit.formatExact(kvit.exactAmount(compiled, compiled.elements[0], [123n]))`,
    context,
  )
  const compiled = compilePrice(price, 'EUR', meter)
  const [cell] = compiled.elements
  assert.ok(cell !== undefined)
  assert.equal(found, formatExact(exactAmount(compiled, cell, [123n])))
  assert.equal(found, '1.015875')
})
