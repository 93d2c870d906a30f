import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkProofText, parseHead } from '../src/cli/read-proof.ts'
import type { ProofFile } from '../src/core/proof/proof-file.ts'
import { anchorsPayload } from '../src/core/proof/statements.ts'
import type { ProofStep } from '../src/core/proof/verify-proof.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'
import { change, TAMPERINGS, withCharge } from './proof-tamperings.ts'

const BANDS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - kind: usage
        code: calls
        name: Calls
        meter: minutes
        bands:
          - { name: day, from: "07:00", to: "20:00", rate: { model: graduated, tiers: [ { upTo: 100, unitAmount: 0.1234567 }, { upTo: null, unitAmount: 0.05 } ] } }
          - { name: night, from: "20:00", to: "07:00", rate: { model: package, amount: 1, size: 30 } }
`

const { client, config, request } = await startKvit('proof', '2026-02-01T06:00:00Z')
await seedOperator(client, BANDS)
await createSubscriber(client, 'anna')
await createSubscriber(client, 'boris')
const folder = await mkdtemp(join(tmpdir(), 'kvit-proof-'))
after(() => rm(folder, { recursive: true, force: true }))

async function useMinutes(id: string, service: string, time: string, minutes: string): Promise<void> {
  const report = await client.post('/v1/usage', [
    { id, service, type: 'call', time, data: { minutes, note: 'Їжак "7"' } },
  ])
  assert.equal(report['charged'], 1)
}

/** The proofs of an account's documents, the oldest first. */
/** Proofs, and the head of that time: what is sealed meanwhile makes another one. */
async function provedNow(account: string): Promise<{ proofs: ProofFile[]; head: string }> {
  for (;;) {
    const head = await publishedHead()
    const proofs = await proofsOf(account)
    if ((await publishedHead()) === head) return { proofs, head }
  }
}

async function proofsOf(account: string): Promise<ProofFile[]> {
  const list = await client.list(`/v1/invoices?account=${account}`)
  return Promise.all(
    list.map(({ id }) => client.get(`/v1/invoices/${String(id)}/proof`) as Promise<unknown>),
  ) as Promise<ProofFile[]>
}

const failed = (steps: readonly ProofStep[]): string[] =>
  steps.filter(({ holds }) => !holds).map(({ step, detail }) => `${step}: ${detail}`)
const verify = (proof: ProofFile, head: string | null = null): string[] =>
  failed(checkProofText(JSON.stringify(proof), head === null ? null : parseHead(head)))

const hasPython = spawnSync('python3', ['--version']).status === 0
const noPython = hasPython ? false : 'python3 is not installed'

/** Exit code and output of the verifier that shares no code with Kvit. */
async function verifyInPython(proof: ProofFile, ...head: string[]): Promise<{ status: number | null; text: string }> {
  const file = join(folder, 'proof.json')
  await writeFile(file, JSON.stringify(proof))
  const script = join(import.meta.dirname, '../examples/verify-proof/verify.py')
  const { status, stdout, stderr } = spawnSync('python3', [script, file, ...head], { encoding: 'utf8' })
  return { status, text: stdout + stderr }
}

async function publishedHead(): Promise<string> {
  const { seq, digest } = await client.get<{ seq: number; digest: string }>('/v1/journal/head')
  return `${seq}:${digest}`
}

async function withSql<T>(work: (query: (text: string) => Promise<Json[]>) => Promise<T>): Promise<T> {
  const sql = new pg.Client({ connectionString: config.databaseUrl })
  await sql.connect()
  await sql.query('set search_path to t_proof')
  try {
    return await work(async (text) => (await sql.query<Json>(text)).rows)
  } finally {
    await sql.end()
  }
}

test('an invoice with usage in several bands is proved against the published head', async () => {
  for (let call = 0; call < 12; call++)
    await useMinutes(`u${call}`, 'anna', `2026-01-10T${String(call * 2).padStart(2, '0')}:00:00Z`, `${call}7.5`)
  await useMinutes('b1', 'boris', '2026-01-11T10:00:00Z', '3')
  await runBills(client, '2026-02-01')
  const { proofs, head } = await provedNow('anna')
  const [start, cycle] = proofs
  assert.ok(start !== undefined && cycle !== undefined)
  assert.deepEqual([verify(start), verify(cycle), verify(cycle, head)], [[], [], []])
  const lines = cycle.periods.flatMap((period) => period.lines)
  assert.deepEqual(
    lines.map(({ charges }) => charges.length),
    [6, 6],
  )
  assert.equal(cycle.batch.size, 4, 'the documents of a run share a segment')
})

test('an invoice without usage is proved by its document alone', async () => {
  const { proofs, head } = await provedNow('boris')
  const [start] = proofs
  assert.ok(start !== undefined)
  assert.deepEqual(start.periods, [])
  assert.deepEqual(verify(start, head), [])
})

test('late usage on the next invoice is proved with what was billed before', async () => {
  await useMinutes('late', 'anna', '2026-01-15T10:00:00Z', '11.11')
  await client.post('/v1/tenants/proof', { clock: '2026-03-01T06:00:00Z' }, 'PATCH')
  await useMinutes('next', 'anna', '2026-02-15T10:00:00Z', '1')
  await runBills(client, '2026-03-01')
  const { proofs, head } = await provedNow('anna')
  const third = proofs[2] as ProofFile
  assert.deepEqual(verify(third, head), [])
  assert.deepEqual(
    third.periods.map(({ period }) => period),
    ['2026-01-01', '2026-02-01'],
  )
  const late = JSON.parse(third.periods[0]?.lines[0]?.leaf ?? '') as Json
  assert.deepEqual([late['records'], late['recordsBefore'], late['quantity']], [1, 6, '11.11'])
})

test('a proof against a head that was published earlier is smaller, and one before the document is refused', async () => {
  const proof = (await proofsOf('anna'))[1] as ProofFile
  const [anchored, next] = proof.chain.links
  assert.ok(anchored !== undefined && next !== undefined)
  const ask = (seq: number): Promise<{ status: number; json: Json }> =>
    request('GET', `/v1/invoices/${proof.invoice}/proof?head=${seq}`)
  const early = (await ask(anchored.seq)).json as unknown as ProofFile
  assert.equal(early.chain.links.length, 1)
  assert.deepEqual(verify(early, `${anchored.seq}:${anchored.digest}`), [])
  assert.match(verify(early, `${next.seq}:${next.digest}`).join(), /published|goes from segment/)
  assert.equal((await ask(anchored.seq - 1)).status, 422)
  assert.equal((await ask(9_999)).status, 422)
})

for (const [name, tamper, named] of TAMPERINGS)
  test(`tampering is found and named: ${name}`, async () => {
    const proof = (await proofsOf('anna'))[1] as ProofFile
    const head = await publishedHead()
    const found = verify(tamper(proof), head).join('\n')
    assert.match(found, named)
  })

test('no byte of a proof can be changed unnoticed', async () => {
  const text = JSON.stringify((await proofsOf('anna'))[1])
  const bytes = Buffer.from(text)
  const place = fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 127 }) })
  fc.assert(
    fc.property(place, ({ at, by }) => {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ by
      const steps = checkProofText(changed.toString('utf8'), null)
      // Two spellings of the same JSON, such as a space for a tab, are the same proof.
      if (failed(steps).length === 0) assert.deepEqual(JSON.parse(changed.toString('utf8')), JSON.parse(text))
    }),
    { numRuns: 2_000 },
  )
})

test('a verifier that shares no code agrees, on what is right and on what was changed', {
  skip: noPython,
}, async () => {
  const head = await publishedHead()
  for (const proof of [...(await proofsOf('anna')), ...(await proofsOf('boris'))]) {
    const { status, text } = await verifyInPython(proof, head)
    assert.equal(status, 0, text)
  }
  const proof = (await proofsOf('anna'))[1] as ProofFile
  for (const [name, tamper] of TAMPERINGS.filter(([title]) => title !== 'a field of somebody else')) {
    const { status, text } = await verifyInPython(tamper(proof), head)
    assert.equal(status, 1, `${name}\n${text}`)
    assert.match(text, /^FAILED/m)
  }
})

test('kvit verify works without a server, and its exit code tells', async () => {
  const [proof] = (await proofsOf('anna')).slice(1) as [ProofFile]
  const file = join(folder, 'cli.json')
  const run = (...more: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../src/cli/main.ts'), 'verify', file, ...more], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', KVIT_URL: 'http://127.0.0.1:1' },
    })
  await writeFile(file, JSON.stringify(proof))
  const right = run('--head', `${proof.head.seq}:${proof.head.digest}`)
  assert.equal(right.status, 0, String(right.stderr))
  assert.match(String(right.stdout), /ok +published head/)
  await writeFile(file, JSON.stringify(withCharge(proof, 2, (leaf) => change(leaf, /"amount":"\d/, '"amount":"9'))))
  const wrong = run()
  assert.equal(wrong.status, 1)
  assert.match(String(wrong.stdout), /FAILED +line 2 .*charge 3 /)
})

test('segments that anchor documents hold the root of their batch and nothing else', async () => {
  const proof = (await proofsOf('anna'))[1] as ProofFile
  const rows = await withSql((query) => query(`select payload from segment where seq = ${proof.chain.links[0]?.seq}`))
  assert.equal(String(rows[0]?.['payload']), anchorsPayload(proof.batch.size, proof.batch.root))
})

test('every invariant holds, and a byte that is changed in the database is named', async () => {
  assert.deepEqual(await checkHolds(client), [])
  const charge = JSON.parse((await proofsOf('anna'))[1]?.periods[0]?.lines[1]?.charges[2]?.leaf ?? '') as Json
  const ofBoris = `select document->>'number' as number from invoice where document->'buyer'->>'name' = 'Customer boris' order by id limit 1`
  const [{ number }] = (await withSql(async (query) => query(ofBoris))) as [Json]
  const broken: [name: string, change: string, undo: string, named: RegExp][] = [
    [
      'a byte of a segment',
      `update segment set payload = set_byte(payload, 40, get_byte(payload, 40) # 1) where seq = ${charge['seq']}`,
      `update segment set payload = set_byte(payload, 40, get_byte(payload, 40) # 1) where seq = ${charge['seq']}`,
      new RegExp(`the journal chain verifies: .*segment ${charge['seq']} `, 's'),
    ],
    [
      'the stored hash of a segment',
      `update segment set payload_digest = set_byte(payload_digest, 0, get_byte(payload_digest, 0) # 1) where seq = 1`,
      `update segment set payload_digest = set_byte(payload_digest, 0, get_byte(payload_digest, 0) # 1) where seq = 1`,
      /^the journal chain verifies: segment 1 has the hash of other bytes$/,
    ],
    [
      'a name in a document',
      `update invoice set document = jsonb_set(document, '{buyer,name}', '"Eve"') where document->>'number' = '${number}'`,
      `update invoice set document = jsonb_set(document, '{buyer,name}', '"Customer boris"') where document->>'number' = '${number}'`,
      new RegExp(`^anchored roots are those of documents and charges: the document ${number} was changed$`),
    ],
    [
      'a stored anchor',
      `update invoice_anchor set anchor = set_byte(anchor, 3, get_byte(anchor, 3) # 1) where place = 0`,
      `update invoice_anchor set anchor = set_byte(anchor, 3, get_byte(anchor, 3) # 1) where place = 0`,
      /every anchored root is in the journal: segment \d+.*the anchor of INV-000001 was changed/s,
    ],
  ]
  for (const [name, damage, undo, named] of broken) {
    await withSql((query) => query(damage))
    assert.match((await checkHolds(client)).join('\n'), named, name)
    await withSql((query) => query(undo))
  }
  assert.deepEqual(await checkHolds(client), [])
})

test('documents whose anchors are missing are anchored again, and the check knows that they were anchored before', async () => {
  await withSql((query) => query('delete from invoice_anchor'))
  const proofs = await proofsOf('anna')
  assert.deepEqual(
    proofs.flatMap((proof) => verify(proof)),
    [],
  )
  assert.deepEqual(
    proofs.map(({ batch }) => batch.size),
    proofs.map(() => 6),
  )
  assert.match((await checkHolds(client)).join('\n'), /^every root in the journal has its documents: segment \d+/)
})
