/** The cases beside plan files, as `kvit plan test` runs them: those of the examples, and those of the worked tariffs. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { after, test } from 'node:test'
import { listFolder } from '../src/cli/plan-folder.ts'
import { readCases } from '../src/cli/plan-test/cases-file.ts'
import { type CaseResult, describeResult, findCases, runCases } from '../src/cli/plan-test/test-plans.ts'
import { readPlanFiles } from '../src/modules/catalog/plan-files.ts'
import { CALLS, startKvit } from './harness.ts'

const ROOT = join(import.meta.dirname, '..')
const { app } = await startKvit('cases', '2026-01-01T00:00:00Z')
const scratch = await mkdtemp(join(tmpdir(), 'kvit-cases-'))
after(() => rm(scratch, { recursive: true, force: true }))

const FOLDERS = [
  'test/tariffs/plans',
  'examples/plans',
  'examples/telephony/plans',
  'examples/ai-tokens/plans',
  'examples/london-electricity/plans',
  'examples/voip/plans',
]

// All are run before the first test is known: what is awaited behind it would find the server closed.
const results: [title: string, result: CaseResult][] = []
for (const folder of FOLDERS)
  for (const source of await findCases(join(ROOT, folder)))
    for (const result of await runCases(app, source))
      results.push([folder.startsWith('test') ? result.name : `${relative(ROOT, source.file)}: ${result.name}`, result])

for (const [title, result] of results)
  test(title, () => {
    assert.ok(result.passed, describeResult(result))
  })

test('every plan of the examples has a case beside it', async () => {
  const files = (await listFolder(join(ROOT, 'examples'))).filter(
    (file) => file.includes('/plans/') && file.endsWith('.yaml'),
  )
  const covered = new Set<string>()
  for (const file of files.filter((name) => name.endsWith('.cases.yaml')))
    for (const { plan, addOns } of readCases(file, await readFile(file, 'utf8')).cases)
      for (const code of [plan, ...addOns]) covered.add(code)
  const plans = files.filter((name) => !name.endsWith('.cases.yaml'))
  assert.ok(plans.length >= 14)
  for (const file of plans) {
    const codes = [
      ...(await readFile(file, 'utf8')).matchAll(
        /^ {2}- code: (\S+)\n {4}name: .*\n(?: {4}kind: .*\n {4}fits: .*\n)? {4}currency:/gm,
      ),
    ]
    assert.ok(codes.length > 0, basename(file))
    for (const [, code] of codes) assert.ok(covered.has(code as string), `${basename(file)}: ${code}`)
  }
})

/** `kvit plan test`, with a server and a database of its own. */
function kvit(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, KVIT_URL: 'http://127.0.0.1:1', KVIT_DATA: join(scratch, 'data') }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const CASES = `cases:
  - name: two hours of calls
    plan: basic
    used: { minutes: 120 }
    bill: { lines: { Monthly fee: 10, Calls: 11 }, total: 21 }
  - name: wrong on purpose
    plan: basic
    usage:
      - { type: call, time: 2026-01-05 10:00, data: { minutes: 10 } }
      - { type: call, time: 2026-01-06 10:00, data: { minuts: 10 } }
    bill: { lines: { Monthly fee: 10, Calls: 3 } }
  - name: a plan that there is not
    plan: basik
`

test('kvit plan test says which case failed, what was expected and what came, and ends with 1', async () => {
  const folder = join(scratch, 'tariffs')
  await mkdir(folder)
  await writeFile(join(folder, 'basic.yaml'), CALLS)
  await writeFile(join(folder, 'basic.cases.yaml'), CASES)
  const { status, stdout } = kvit('plan', 'test', join(folder, 'basic.yaml'))
  assert.equal(status, 1, stdout)
  assert.match(stdout, /✓ .*basic\.cases\.yaml:2: two hours of calls\n/)
  assert.match(stdout, /✗ .*basic\.cases\.yaml:6: wrong on purpose\n/)
  assert.match(stdout, / {4}suspended, missing_field: data\.minutes +expected 0, got 1\n/)
  assert.match(stdout, / {4}Calls +expected 3, got 1\n/)
  assert.match(
    stdout,
    /✗ .*basic\.cases\.yaml:12: a plan that there is not\n {4}there is no plan basik; .* \(not_found\)\n/,
  )
  assert.match(stdout, /3 cases, 2 not as expected\n$/)
})

test('kvit plan test tells mistakes of its files before it runs anything', async () => {
  const folder = join(scratch, 'mistaken')
  await mkdir(folder)
  await writeFile(join(folder, 'basic.yaml'), CALLS)
  const without = kvit('plan', 'test', join(folder, 'basic.yaml'))
  assert.equal(without.status, 1)
  assert.match(without.stderr, /no cases beside .*basic\.yaml: write them into basic\.cases\.yaml/)
  await writeFile(join(folder, 'basic.cases.yaml'), 'cases:\n  - name: x\n    plan: basic\n    usd: { minutes: 1 }\n')
  const mistaken = kvit('plan', 'test', folder)
  assert.equal(mistaken.status, 1)
  assert.match(mistaken.stderr, /basic\.cases\.yaml:4: unknown key "usd"; did you mean "used"\?/)
  assert.match(kvit('plan', 'test', join(folder, 'none.yaml')).stderr, /there is no .*none\.yaml/)
  await writeFile(join(folder, 'basic.cases.yaml'), CASES)
  await writeFile(join(folder, 'later.cases.yaml'), 'cases:\n  - name: x\n    plan: basic\n    quantity: -1\n')
  const later = kvit('plan', 'test', folder)
  assert.deepEqual([later.status, later.stdout], [1, ''], 'no case has run')
  assert.match(later.stderr, /later\.cases\.yaml:4: "quantity": write a whole number from 0 to 1000000000/)
})

test('files of cases are no plan files', () => {
  const { catalog, errors } = readPlanFiles(
    [
      { name: 'basic.yaml', text: CALLS },
      { name: 'basic.cases.yaml', text: CASES },
    ],
    { meters: [], schedules: [] },
  )
  assert.deepEqual(errors, [])
  assert.equal(catalog.plans.length, 1)
})
