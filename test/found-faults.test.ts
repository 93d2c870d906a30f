/**
 * Every fault that was found by trying the product has a test that bears its id. `docs/found-faults.md` shows which;
 * `node test/found-faults.test.ts --write` writes it anew.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { SHARED } from './harness.ts'

const ROOT = join(import.meta.dirname, '..')
const PAGE = join(ROOT, 'docs/found-faults.md')
const LIST = join(SHARED, 'cases/found-faults.md')

/** Their ids: wrong money, what could not be said, what was told wrongly, what hurt others, availability and security. */
const KINDS = [
  { letter: 'M', first: 1, last: 15, name: 'Wrong money' },
  { letter: 'E', first: 1, last: 15, name: 'Could not be said' },
  { letter: 'T', first: 0, last: 19, name: 'Told wrongly' },
  { letter: 'R', first: 1, last: 8, name: 'One hurt another' },
  { letter: 'S', first: 1, last: 13, name: 'Availability and security' },
] as const

const idsOf = ({ letter, first, last }: (typeof KINDS)[number]): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${letter}${first + index}`)

interface Named {
  readonly file: string
  readonly title: string
}

/** Tests by the ids that titles, cases of a table and what is asserted begin with: `test('M15, T10: a maximum cost …'`. */
function testsById(): Map<string, Named[]> {
  const found = new Map<string, Named[]>()
  for (const folder of ['src', 'test', 'packages'])
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (!name.endsWith('.test.ts')) continue
      const text = readFileSync(join(ROOT, folder, name), 'utf8')
      for (const [, , ids = '', title = ''] of text.matchAll(
        /(['`])([METRS]\d+(?:, [A-Z]+-?\d+)*): ((?:\\.|(?!\1)[^\\\n])*)\1/g,
      ))
        for (const id of ids.split(', ').filter((one) => !one.includes('-')))
          found.set(id, [
            ...(found.get(id) ?? []),
            { file: join(folder, name), title: title.replaceAll(/\$\{[^}]*\}/g, '…').replaceAll(/\\(.)/g, '$1') },
          ])
    }
  return found
}

const tests = testsById()
const namedOf = (id: string): string[] =>
  (tests.get(id) ?? []).map(({ file, title }) => `${title.replaceAll('|', '\\|')} (\`${file}\`)`)
const rows = (kind: (typeof KINDS)[number]): string[] =>
  idsOf(kind).map((id) => {
    return `| ${id} | ${namedOf(id).join('<br>')} |`
  })
/** Kinds of faults that were put back on purpose, and what saw them: of so many histories and worlds, so many differed. */
const BROKEN_AGAIN = `
## Which net sees them

Mended kinds were broken again on purpose. The crossing matrix saw those that happen in ordinary lives within a seed or two; what needs
a rare moment is held by its table test. \`test/README.md\` says what the nets are.

| what was broken | crossing matrix | simulated worlds | \`kvit check\` | table test |
| --- | --- | --- | --- | --- |
| payments are not taken up when balances open late (M2) | 3 of 48 | 1 of 8 | balances owe what documents come to | 9 cases |
| a re-rating has the prices of all phases (M1) | 2 of 24 | 1 of 3 | every record is charged by prices of its phase | 1 case |
| a coupon discounts what was billed before it (M6) | 3 of 24 | cannot: coupons come first there | is not asked | 3 cases |
| usage does not carry over a change of plan (M4) | 3 of 168 | 0 of 3 | nothing | 7 cases |
| usage of a subscription that was cancelled as of its start is not billed (M3) | 0 of 24 | 0 of 3 | nothing | 1 case |
| a cap is missing where the plan has no day of its window | 2 of 1,440 found it | - | nothing | 1 case |
`

const PAGE_TEXT = `# Faults that were found, and the tests that hold them

The product was tried with worked cases, public bug reports, mistakes made on purpose, attacks and broken machines. What fell is mended as
a kind, and each fault has a test that bears its id in its title: \`./kvit test FILE --test-name-pattern="M3: "\` runs it. This page is
held by \`test/found-faults.test.ts\` (\`node test/found-faults.test.ts --write\` writes it anew).
${KINDS.map((kind) => `\n## ${kind.name}\n\n| id | tests |\n| --- | --- |\n${rows(kind).join('\n')}\n`).join('')}${BROKEN_AGAIN}`

if (process.argv.includes('--write')) writeFileSync(PAGE, PAGE_TEXT)

test('each fault that was found has a test whose title begins with its id', () => {
  const missing = KINDS.flatMap(idsOf).filter((id) => !tests.has(id))
  assert.deepEqual(missing, [])
  const unknown = [...tests.keys()].filter((id) => !KINDS.flatMap(idsOf).includes(id))
  assert.deepEqual(unknown, [])
})

test('the ids are those of the list of found faults', { skip: !existsSync(LIST) && 'the list is not here' }, () => {
  const listed = [...readFileSync(LIST, 'utf8').matchAll(/^\| ([METRS]\d+) \|/gm)].map((match) => match[1] as string)
  assert.deepEqual(new Set(listed), new Set(KINDS.flatMap(idsOf)))
})

test('docs/found-faults.md has every fault, with tests that there are', () => {
  const page = readFileSync(PAGE, 'utf8')
  const shown = new Map(
    [...page.matchAll(/^\| ([METRS]\d+) \| (.+) \|$/gm)].map(([, id = '', named = '']) => [id, named]),
  )
  assert.deepEqual([...shown.keys()], KINDS.flatMap(idsOf))
  // A test that is new need not be there yet; one that is gone must not be.
  const gone = KINDS.flatMap(idsOf).flatMap((id) =>
    (shown.get(id) ?? '').split('<br>').filter((named) => !namedOf(id).includes(named)),
  )
  assert.deepEqual(gone, [])
})
