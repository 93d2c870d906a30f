import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { findDatabaseFolder } from '../src/platform/database-folder.ts'
import { readPostmaster } from '../src/platform/postmaster.ts'
import { Command, type Ended, runCommand } from './command-line.ts'
import { createDatabase } from './harness.ts'

/** Every mistake of a start: one line that says what and what to do, exit code 1, and nothing is left. */
const isRoot = process.getuid?.() === 0
let folder = ''
let taken: Server
let takenPort = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kvit-test-start-'))
  // Root's Postgres is another user, who has to pass through here; T0 has the other case.
  await chmod(folder, 0o711)
  taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  takenPort = typeof address === 'object' && address !== null ? address.port : 0
})
after(async () => {
  taken.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(name: string, env: Readonly<Record<string, string | undefined>>): Promise<Ended> {
  return runCommand(['start'], { KVIT_DATA: join(folder, name), ...env })
}

/** No lock, no server, no Postgres, no draft of a file. */
async function assertNothingLeft(name: string): Promise<void> {
  const dataDir = join(folder, name)
  const files = await readdir(dataDir).catch(() => [])
  assert.deepEqual(
    files.filter((file) => /lock|server\.json|\.new|\.password/.test(file)),
    [],
  )
  const postmaster = await readPostmaster(await findDatabaseFolder(dataDir))
  assert.notEqual(postmaster?.isRunning, true, 'no Postgres is left running')
}

async function assertMistake(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  says: RegExp,
): Promise<void> {
  const { code, out, err } = await start(name, env)
  assert.match(err, says)
  assert.deepEqual({ code, out }, { code: 1, out: '' })
  assert.equal(err.trimEnd().split('\n').length, 1, `one line: ${err}`)
  assert.doesNotMatch(err, /\bat .*\.ts:\d+|secret/, 'no stack trace, and no password')
  await assertNothingLeft(name)
}

test('T5: a port that is in use is named with its variable, and no Postgres was started for it', async () => {
  const says = (variable: string): RegExp =>
    new RegExp(
      `^kvit: port ${takenPort} of 127\\.0\\.0\\.1 is in use by another program: stop it, or set ${variable} to`,
    )
  await assertMistake('http-port', { KVIT_PORT: String(takenPort) }, says('KVIT_PORT'))
  await assertMistake('tcp-port', { KVIT_TCP_PORT: String(takenPort) }, says('KVIT_TCP_PORT'))
  assert.deepEqual(await readdir(join(folder, 'http-port')), [])
})

test('T5: an address that is none of this machine, or no name at all', async () => {
  await assertMistake(
    'host',
    { KVIT_HOST: '192.0.2.1' },
    /^kvit: KVIT_HOST=192\.0\.2\.1 is no address of this machine: use/,
  )
  await assertMistake('host', { KVIT_HOST: 'nowhere.invalid' }, /^kvit: KVIT_HOST=nowhere\.invalid is no name .*: use/)
})

test('T5: all variables that are wrong are told at once, each with how it is written', async () => {
  const { code, err } = await start('variables', {
    KVIT_PORT: 'http',
    KVIT_TCP_PORT: '70000',
    KVIT_LOG_LEVEL: 'loud',
    KVIT_ARCHIVE_AFTER_HOURS: '1e3',
    KVIT_TCP_CERT: '/nowhere.pem',
    DATABASE_URL: 'foo',
  })
  assert.equal(code, 1)
  for (const expected of [
    /KVIT_PORT=http is wrong: write a port from 0 to 65535/,
    /KVIT_TCP_PORT=70000 is wrong: write a port/,
    /KVIT_LOG_LEVEL=loud is wrong: use one of fatal, error/,
    /KVIT_ARCHIVE_AFTER_HOURS=1e3 is wrong: write a number of hours/,
    /KVIT_TCP_CERT needs KVIT_TCP_KEY beside it: set both, or neither/,
    /DATABASE_URL=… is wrong: write it as postgres:\/\//,
  ])
    assert.match(err, expected)
  await assertNothingLeft('variables')
})

test('T5: a variable that is misspelt is told of, with the one that was meant', async () => {
  const { code, err } = await start('misspelt', { KVIT_PROT: '9000', KVIT_HOST: 'nowhere.invalid' })
  assert.equal(code, 1)
  assert.match(err, /^kvit: KVIT_PROT is no variable of Kvit and has no effect; did you mean "KVIT_PORT"\?$/m)
  assert.doesNotMatch(err, /KVIT_DATA|KVIT_TEST/)
})

test('T5: files of a certificate that are not there, or are none, or do not belong together', async () => {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const env = { KVIT_TCP_PORT: '0', KVIT_TCP_CERT: cert, KVIT_TCP_KEY: key }
  const { code, err } = await start('certificate', env)
  assert.equal(code, 1)
  assert.match(err, /KVIT_TCP_CERT: the file \S+cert\.pem is not there: name a PEM file/)
  assert.match(err, /KVIT_TCP_KEY: the file \S+key\.pem is not there: name a PEM file/)
  await writeFile(cert, 'no certificate')
  await writeFile(key, 'no key')
  await assertMistake(
    'certificate',
    env,
    /KVIT_TCP_CERT and KVIT_TCP_KEY are no certificate and its private key in PEM/,
  )
})

test('T5: a Postgres that is not there, is not let in to, or has no such database', async () => {
  const at = (url: string): Record<string, string> => ({ DATABASE_URL: url })
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as { port: number }
  await new Promise((resolve) => closed.close(resolve))
  const cases: [string, RegExp][] = [
    [
      `postgres://kvit:secret@127.0.0.1:${port}/db`,
      /^kvit: no Postgres answers at 127\.0\.0\.1:\d+\/db \(ECONNREFUSED\): start it/,
    ],
    [
      'postgres://kvit:secret@nowhere.invalid/db',
      /^kvit: the host of nowhere\.invalid\/db is not known here: correct its name/,
    ],
  ]
  const running = process.env['KVIT_TEST_DATABASE_URL']
  if (running !== undefined) {
    cases.push(
      [running.replace(/:\/\/[^@]*@/, '://kvit:secret@'), /^kvit: Postgres at \S+ does not let this user in: correct/],
      [
        running.replace(/\/postgres$/, '/nowhere'),
        /^kvit: Postgres has no database at \S+\/nowhere: create it, or correct its name/,
      ],
    )
  }
  for (const [url, says] of cases) await assertMistake('database', at(url), says)
  await assertMistake('database', at(''), /^kvit: DATABASE_URL is empty: name a Postgres, or unset it/)
})

test('T5: a data directory that is a file, lies below one, or cannot be made', async () => {
  await writeFile(join(folder, 'file'), '')
  const says = /^kvit: the data directory \S+ is no directory, or lies below a file: set KVIT_DATA to/
  for (const name of ['file', 'file/data']) {
    const { code, err } = await start(name, {})
    assert.equal(code, 1)
    assert.match(err, says)
  }
  if (process.platform === 'linux') {
    const { code, err } = await runCommand(['start'], { KVIT_DATA: '/proc/kvit/data' })
    assert.equal(code, 1)
    assert.match(err, /^kvit: the data directory \/proc\/kvit\/data cannot be made \(ENOENT\): set KVIT_DATA/)
  }
})

test('T5: a data directory that may not be written', { skip: isRoot && 'root may write everywhere' }, async () => {
  await mkdir(join(folder, 'closed'), { mode: 0o500 })
  const { code, err } = await start('closed', {})
  assert.equal(code, 1)
  assert.match(err, /^kvit: the data directory \S+ may not be written .*: run as its owner, or set KVIT_DATA/)
  await chmod(join(folder, 'closed'), 0o700)
})

test('T5: a data directory that another process works in: who it is, and what to do', async () => {
  const url = await createDatabase()
  const env = { KVIT_DATA: join(folder, 'busy'), DATABASE_URL: url }
  const first = new Command(['start'], env)
  await first.says('Kvit listens on')
  const { code, out, err } = await runCommand(['start'], env)
  assert.deepEqual({ code, out }, { code: 1, out: '' })
  assert.match(
    err,
    new RegExp(
      `^kvit: the server at http://127\\.0\\.0\\.1:\\d+ \\(process ${first.child.pid}\\) works in \\S+ already: use it, stop it`,
    ),
  )
  const stopped = await first.interrupt()
  assert.equal(stopped.code, 0)
  await assertNothingLeft('busy')
})

test('T5: a database of a newer Kvit is not touched', async () => {
  const url = await createDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create schema kvit; create table kvit.migration (file text primary key, applied_at timestamptz not null);
    insert into kvit.migration values ('9999_from_the_future.sql', now())`)
  await assertMistake(
    'newer',
    { DATABASE_URL: url },
    /^kvit: the database was made by a newer Kvit than this one \(schema kvit has 9999_from_the_future\.sql\): update Kvit/,
  )
  const { rows } = await client.query(`select to_regclass('kvit.tenant') as made`)
  assert.equal(rows[0]?.made, null)
  await client.end()
})

test('T5: a database of another Postgres, and one whose password is lost, are left as they are', async () => {
  const databaseDir = join(folder, 'major/postgres')
  await mkdir(databaseDir, { recursive: true })
  await chmod(join(folder, 'major'), 0o711)
  await writeFile(join(databaseDir, 'PG_VERSION'), '17\n')
  await assertMistake(
    'major',
    {},
    /^kvit: postgres\.json is not in \S+, and with it the password of its database is lost: bring it back/,
  )
  await writeFile(join(folder, 'major/postgres.json'), '{"password":"p","port":1}')
  await assertMistake(
    'major',
    {},
    /^kvit: the database in \S+ was made by Postgres 17, and this Kvit brings 18: use the Kvit that made it/,
  )
  await writeFile(join(folder, 'major/postgres.json'), '{"pass')
  const { code, err } = await start('major', {})
  assert.equal(code, 1)
  assert.match(err, /^kvit: \S+postgres\.json cannot be read as what Kvit wrote: bring it back from a backup/)
  assert.equal(await readFile(join(databaseDir, 'PG_VERSION'), 'utf8'), '17\n')
})

test('T5: what fails behind the start of Postgres ends it again, and the next start works', async () => {
  await mkdir(join(folder, 'late/root.key'), { recursive: true })
  const failed = await start('late', {})
  assert.deepEqual({ code: failed.code, out: failed.out }, { code: 1, out: '' })
  assert.match(failed.err, /EISDIR/)
  assert.equal(await readFile(join(folder, 'late/postgres/PG_VERSION'), 'utf8'), '18\n')
  await assertNothingLeft('late')
  await rm(join(folder, 'late/root.key'), { recursive: true })
  const server = new Command(['start'], { KVIT_DATA: join(folder, 'late') })
  await server.says('Kvit listens on')
  const { code, err } = await server.interrupt('SIGTERM')
  assert.equal(code, 0)
  assert.match(err, /stopping; what was answered is stored.*\n.*stopped; "kvit start" goes on where it was/)
  await assertNothingLeft('late')
})

test('T5: a first start that is killed while it makes the database leaves nothing that hinders the next', async () => {
  const env = { KVIT_DATA: join(folder, 'killed') }
  const first = new Command(['start'], env)
  while (!(await readdir(env.KVIT_DATA).catch(() => [] as string[])).includes('postgres.new')) {
    assert.equal(first.out, '', 'it is killed before it is ready')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  first.child.kill('SIGKILL')
  await first.ended
  const second = new Command(['start'], env)
  await second.says('Kvit listens on')
  assert.equal((await second.interrupt()).code, 0)
  await assertNothingLeft('killed')
})

test('T5: a command without a server brings one, and says the same mistakes', async () => {
  const { code, err } = await runCommand(['invoice', 'list'], { KVIT_DATA: join(folder, 'file') })
  assert.equal(code, 1)
  assert.match(err, /^kvit: the data directory \S+ is no directory/)
  const wrong = await runCommand(['invoice', 'list'], { KVIT_PORT: 'http' })
  assert.equal(wrong.code, 1)
  assert.match(wrong.err, /^kvit: KVIT_PORT=http is wrong: write a port/)
})
