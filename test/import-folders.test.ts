/** What `kvit usage import` reads, what it says of what it cannot read, and how it ends. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import type { Json } from '../src/cli/client.ts'
import { readGzip } from '../src/cli/unfold.ts'
import { findUsageFiles } from '../src/cli/usage-files.ts'
import { type Ended, runCommand } from './command-line.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

const folder = await mkdtemp(join(tmpdir(), 'kvit-folders-'))
const { client, app } = await startKvit('folders', '2026-01-31T12:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'anna')
after(() => rm(folder, { recursive: true, force: true }))

const at = (...parts: string[]): string => join(folder, ...parts)
const MAPPING = at('mapping.yaml')
await writeFile(
  MAPPING,
  `name: calls
source: switch
type: call
id: "{id}"
service: "{who}"
time: { column: time }
data: { minutes: { column: minutes } }
`,
)

const csv = (...ids: string[]): string =>
  ['id,who,time,minutes', ...ids.map((id) => `${id},anna,2026-01-05T10:00:00Z,1`), ''].join('\n')

/** A ZIP as its specification has it, with one deflated entry a name. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(text), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(Buffer.byteLength(text), 18)
    shared.writeUInt16LE(name.length, 22)
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), shared, rest, Buffer.from(name)]))
    bodies.push(body)
    offset += body.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, ...directory, Buffer.from('PK\u0005\u0006'), end])
}

const run = async (...args: string[]): Promise<Ended> =>
  runCommand(['--tenant', 'folders', ...args], { KVIT_URL: app.url, KVIT_KEY: app.rootKey })
const load = async (...args: string[]): Promise<Ended> => run('usage', 'import', ...args, '--mapping', MAPPING)
const imports = async (): Promise<Json[]> => client.list<Json>('/v1/usage-imports')

test('E15: a folder, a pattern, a .gz and a .zip are delivered file by file, with a table of what came of each', async () => {
  await mkdir(at('in/sub'), { recursive: true })
  await writeFile(at('in/a.csv'), csv('a1', 'a2'))
  await writeFile(at('in/sub/b.csv.gz'), gzipSync(csv('b1', 'b2', 'b3')))
  await writeFile(at('in/c.zip'), zipOf({ 'x/c.csv': csv('c1'), '__MACOSX/._c.csv': 'no', 'read.me': 'no' }))
  await writeFile(at('in/notes.md'), 'none of it')
  const { code, out, err } = await load(at('in'))
  assert.equal(code, 0, err)
  assert.match(out, /^a\.csv +2 +2 +2 +0 +0$/m)
  assert.match(out, /^x\/c\.csv +1 +1 +1 +0 +0$/m)
  assert.match(out, /^sub\/b\.csv +3 +3 +3 +0 +0$/m)
  assert.match(out, /^3 files +6 +6 +6 +0 +0$/m)
  await writeFile(at('in/d-1.csv'), csv('d1'))
  await writeFile(at('in/d-2.csv'), csv('d2'))
  const again = await run('--json', 'usage', 'import', at('in/d-*.csv'), at('in/a.csv'), '--mapping', MAPPING)
  assert.deepEqual((JSON.parse(again.out) as Json)['total'], {
    rows: '4',
    received: '4',
    charged: '2',
    suspended: '0',
    duplicates: '2',
  })
  assert.equal(again.code, 0)
})

test('E15: with --skip-complete only what was not delivered to its end comes', async () => {
  await writeFile(at('in/e.csv'), csv('e1'))
  const { out, code } = await load(at('in'), '--skip-complete')
  assert.equal(code, 0)
  assert.match(out, /^sub\/b\.csv +delivered before$/m)
  assert.match(out, /^6 files +1 +1 +1 +0 +0$/m)
})

test('E15: what is packed goes on where its plain text was cut off, and the other way round', async () => {
  const big = csv(...Array.from({ length: 90_000 }, (_, index) => `big-${index}`))
  await writeFile(at('big.csv.gz'), gzipSync(big))
  const [file] = await findUsageFiles([at('big.csv.gz')])
  const { readyFile, readMapping } = await import('../src/cli/usage-import.ts')
  const mapping = await readMapping(MAPPING)
  assert.ok(file !== undefined)
  const { sizeBytes, fingerprint } = await readyFile(file, mapping)
  assert.equal(sizeBytes, big.length)
  const { id } = await client.post<{ id: string }>('/v1/usage-imports', {
    name: 'big.csv',
    fingerprint,
    sizeBytes,
    mapping,
  })
  const cut = Buffer.from(big.slice(0, big.indexOf('big-1000,')))
  await client.postRaw(`/v1/usage-imports/${id}/chunks?offset=0&last=false`, cut, 'text/csv')
  const { out } = await load(at('big.csv.gz'))
  assert.match(out, new RegExp(`^import +${id}$`, 'm'))
  assert.match(out, /^charged +90000$/m)
  assert.match(out, /^delivery +1$/m)
})

const UNREADABLE: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
  ['empty', () => mkdir(at('empty')), /empty is a folder without usage: it is empty; files ending in \.csv/],
  [
    'no-usage.zip',
    () => writeFile(at('no-usage.zip'), zipOf({ 'a.png': 'x' })),
    /is a ZIP without usage: it has a\.png/,
  ],
  [
    'cut.csv.gz',
    () => writeFile(at('cut.csv.gz'), gzipSync(csv('k1')).subarray(0, 30)),
    /cut\.csv\.gz cannot be unfolded: unexpected end of file/,
  ],
  [
    'cut.zip',
    () => writeFile(at('cut.zip'), zipOf({ 'a.csv': csv('k2') }).subarray(0, 60)),
    /cut\.zip is no ZIP that can be read/,
  ],
  ['missing.csv', async () => {}, /there is no .*missing\.csv/],
  ['missing-*.csv', async () => {}, /no file fits .*missing-\*\.csv/],
]

for (const [name, make, said] of UNREADABLE) {
  test(`T18: of ${name} is said what was given, and nothing is delivered`, async () => {
    await make()
    const before = (await imports()).length
    const { code, err } = await load(at('in/a.csv'), at(name))
    assert.equal(code, 1)
    assert.match(err, said)
    assert.equal((await imports()).length, before)
  })
}

test('T18: what unfolds to more than the bound ends there', async () => {
  await writeFile(at('bomb.gz'), gzipSync(Buffer.alloc(1_000_000)))
  await assert.rejects(async () => {
    for await (const _ of readGzip(at('bomb.gz'), 0, 100_000)) void _
  }, /bomb\.gz cannot be unfolded: it unfolds to more than 100000 bytes/)
})

test('T18: a refused file closes its import with the reason, the other files come, and it may come again', async () => {
  await mkdir(at('mixed'))
  await writeFile(at('mixed/a.csv'), 'other,columns\n1,2\n')
  await writeFile(at('mixed/b.csv'), csv('m1'))
  await writeFile(at('mixed/c.csv'), Buffer.concat([Buffer.from(csv('m2')), Buffer.from([0xff, 0xfe])]))
  const { code, out } = await load(at('mixed'))
  assert.equal(code, 1)
  assert.match(out, /^a\.csv .*the file lacks the columns id, who, time, minutes; it has: other, columns$/m)
  assert.match(out, /^c\.csv .*not UTF-8/m)
  assert.match(out, /^b\.csv +1 +1 +1/m)
  const closed = (await imports()).filter(({ status }) => status === 'refused')
  assert.deepEqual(
    closed.map(({ name, refusal }) => [name, String(refusal).slice(0, 20)]),
    [
      ['a.csv', 'the file lacks the c'],
      ['c.csv', 'the text is not UTF-'],
    ],
  )
  assert.deepEqual(
    (await imports()).filter(({ status }) => status === 'open'),
    [],
  )
  const alone = await load(at('mixed/a.csv'))
  assert.equal(alone.code, 1)
  assert.match(alone.err, /lacks the columns/)
})

test('T18: an open import whose rest will not come is closed by hand, once', async () => {
  const start = { name: 'lost.csv', fingerprint: 'a'.repeat(64), sizeBytes: 10, mapping: { ...(await mappingOf()) } }
  const { id } = await client.post<{ id: string }>('/v1/usage-imports', start)
  const closed = await run('usage', 'close', id, '--reason', 'the file is lost')
  assert.match(closed.out, /^status +refused$/m)
  assert.match(closed.out, /^refusal +the file is lost$/m)
  const again = await run('usage', 'close', id, '--reason', 'the file is lost')
  assert.match(again.err, /the import is refused/)
  assert.notEqual((await client.post<{ id: string }>('/v1/usage-imports', start)).id, id)
})

async function mappingOf(): Promise<object> {
  const { readMapping } = await import('../src/cli/usage-import.ts')
  return (await readMapping(MAPPING)) as object
}

test('T18: two files of one name are refused where ids are made of it', async () => {
  await mkdir(at('p'))
  await mkdir(at('q'))
  for (const name of ['p', 'q']) await writeFile(at(name, 'same.csv'), csv(name))
  await writeFile(at('by-file.yaml'), `${JSON.stringify({ ...(await mappingOf()), id: '{file}/{#}' })}\n`)
  const { err } = await run('usage', 'import', at('p/same.csv'), at('q/same.csv'), '--mapping', at('by-file.yaml'))
  assert.match(err, /two files are called same\.csv/)
})

test('T7: an import that suspends says why by reason and ends with 2, with --allow-suspended with 0', async () => {
  const rows = 'id,who,time,minutes\ns1,nobody,2026-01-05T10:00:00Z,1\ns2,anna,2026-03-05T10:00:00Z,1\n'
  await writeFile(at('suspended.csv'), `${rows}s3,anna,2026-04-05T10:00:00Z,1\n`)
  const first = await load(at('suspended.csv'))
  assert.equal(first.code, 2)
  assert.match(first.out, /^suspended by reason +\{"future":2,"unknown_service":1\}$/m)
  // They wait since they came first: nothing new is suspended.
  assert.equal((await load(at('suspended.csv'))).code, 0)
  await writeFile(at('suspended.csv'), `${rows}s4,anna,2026-04-05T10:00:00Z,1\n`)
  assert.equal((await load(at('suspended.csv'), '--allow-suspended')).code, 0)
})

test('T7: a clock goes back only with --back, also from a test clock to the real one', async () => {
  const back = await run('tenant', 'clock', 'folders', '2026-01-01T00:00:00Z')
  assert.equal(back.code, 1)
  assert.match(
    back.err,
    /stands at 2026-01-31T12:00:00\.000Z, and 2026-01-01T00:00:00\.000Z is before that: usage of later/,
  )
  assert.equal((await run('tenant', 'clock', 'folders', '2026-01-01T00:00:00Z', '--back')).code, 0)
  assert.equal((await run('tenant', 'clock', 'folders', '2090-01-01T00:00:00Z')).code, 0)
  assert.match((await run('tenant', 'clock', 'folders', 'real')).err, /add --back if that is meant/)
  assert.equal((await run('tenant', 'clock', 'folders', 'real', '--back')).code, 0)
})
