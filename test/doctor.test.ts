import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { Command, runCommand } from './command-line.ts'
import { createDatabase } from './harness.ts'

// The Postgres that test files share waits for no disk, and doctor says so: these tests have one that does.
delete process.env['KVIT_TEST_DATABASE_URL']

interface Report {
  readonly healthy: boolean
  readonly findings: readonly { check: string; state: string; detail: string; advice?: string }[]
}

/** What is wrong, as `check: detail`. */
async function examine(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; wrong: string[]; report: Report }> {
  const { code, out } = await runCommand(['doctor', '--json'], env)
  const report = JSON.parse(out) as Report
  const wrong = report.findings.filter(({ state }) => state === 'wrong')
  for (const { advice } of wrong) assert.ok(advice, 'whatever is wrong comes with what to do')
  return { code, wrong: wrong.map(({ check, detail }) => `${check}: ${detail}`), report }
}

test('doctor finds nothing wrong before the first start, and beside a running server', async (context) => {
  const url = await createDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kvit-test-doctor-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const env = { KVIT_DATA: join(folder, 'data'), DATABASE_URL: url }
  const before = await examine(env)
  assert.deepEqual([before.code, before.wrong], [0, []])
  const server = new Command(['start'], env)
  await server.says('Kvit listens on')
  const beside = await examine(env)
  assert.deepEqual([beside.code, beside.wrong], [0, []])
  const found = new Map(beside.report.findings.map(({ check, detail }) => [check, detail]))
  assert.match(found.get('server') ?? '', /^ready at http:\/\//)
  assert.match(found.get('lock') ?? '', new RegExp(`process ${server.child.pid} works in it`))
  assert.match(found.get('migrations') ?? '', /all are applied/)
  assert.match(found.get('archive') ?? '', /0 files, all there/)
  const { out } = await runCommand(['doctor'], env)
  assert.match(out, /Nothing is wrong\.$/m)
  await server.interrupt()
})

test('doctor names what is wrong: keys that others may read, migrations of a newer Kvit, missing archives, variables', async (context) => {
  const url = await createDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'kvit-test-doctor-'))
  context.after(() => rm(dataDir, { recursive: true, force: true }))
  const env = { KVIT_DATA: dataDir, DATABASE_URL: url }
  const server = new Command(['start'], env)
  await server.says('Kvit listens on')
  const made = await runCommand(['tenant', 'create', 'shop'], env)
  assert.equal(made.code, 0, made.err)
  await server.interrupt()
  await chmod(join(dataDir, 'root.key'), 0o644)
  await chmod(dataDir, 0o777)
  await writeFile(join(dataDir, 'kvit.lock'), '999999999\nno start\n')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`insert into kvit.migration values ('9999_future.sql', now())`)
  const { rows } = await client.query<{ schema_name: string }>(`select schema_name from kvit.tenant`)
  const schema = rows[0]?.schema_name ?? ''
  await client.query(
    `insert into ${client.escapeIdentifier(schema)}.partition
       (id, epoch, head_seq, head_digest, checkpoint_seq, hash_seed) values (0, 0, 0, '', 0, '') on conflict do nothing`,
  )
  await client.query(
    `insert into ${client.escapeIdentifier(schema)}.archive_file (path, partition_id, kind, from_seq, through_seq, rows, bytes, sha256)
       select 'shop/day=2026-01-01/1-2.parquet', id, 'charges', 1, 2, 1, 10, '' from ${client.escapeIdentifier(schema)}.partition`,
  )
  await client.end()
  const { code, wrong, report } = await examine({ ...env, KVIT_LOG_LEVEL: 'loud' })
  assert.equal(code, 1)
  assert.ok(wrong.includes('variables: KVIT_LOG_LEVEL=loud is wrong'), wrong.join('\n'))
  assert.ok(wrong.length > 1, 'the rest is looked at, too')
  const again = await examine(env)
  assert.equal(again.code, 1)
  assert.equal(again.report.healthy, false)
  for (const expected of [
    /^root\.key: mode 644: others may read it$/,
    /^data directory: .* others may write it$/,
    /^migrations: schema kvit was made by a newer Kvit \(9999_future\.sql\)$/,
    /^archive: 1 of 1 files are missing or have another size: shop\/day=2026-01-01\/1-2\.parquet$/,
  ])
    assert.ok(
      again.wrong.some((line) => expected.test(line)),
      `${expected} in ${again.wrong.join('\n')}`,
    )
  assert.ok(report.findings.some(({ check, state }) => check === 'lock' && state === 'note'))
})

test('doctor names a database that does not answer, without its password', async () => {
  const { code, wrong, report } = await examine({
    KVIT_DATA: join(tmpdir(), 'kvit-is-not-here'),
    DATABASE_URL: 'postgres://kvit:secret@nowhere.invalid/db',
  })
  assert.equal(code, 1)
  assert.deepEqual(wrong, ['postgres: no Postgres that can be written answers'])
  assert.doesNotMatch(JSON.stringify(report), /secret/)
})
