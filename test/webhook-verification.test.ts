/** The programs of docs/webhooks.md tell what Kvit has signed from what it has not, in each language that this machine has. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { newSecret, signedHeaders } from '../src/modules/webhooks/signing.ts'

const page = readFileSync(join(import.meta.dirname, '../docs/webhooks.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'kvit-verify-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const LANGUAGES = [
  { language: 'js', file: 'verify.mjs', command: [process.execPath] },
  { language: 'python', file: 'verify.py', command: ['python3'] },
  { language: 'go', file: 'verify.go', command: ['go', 'run'] },
  { language: 'java', file: 'Verify.java', command: ['java'] },
] as const

const isThere = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0

for (const { language, file, command } of LANGUAGES) {
  const [program, ...first] = command
  const skip = isThere(program) ? false : `there is no ${program} on this machine`
  test(`${language}: what Kvit has signed is genuine; another body, secret or time is forged`, { skip }, () => {
    const [, code] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(page) ?? []
    assert.ok(code !== undefined, `docs/webhooks.md has a program in ${language}`)
    writeFileSync(join(folder, file), code)
    const [secret, earlier] = [newSecret(), newSecret()]
    const body = '{"type":"invoice.issued","data":{"name":"Дякуємо €"}}'
    const now = Date.now()
    const run = (of: string, text: string, headers: Record<string, string>): string => {
      const given = [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']] as string[]
      const env = { ...process.env, WEBHOOK_SECRET: of, NODE_OPTIONS: '' }
      const done = spawnSync(program, [...first, join(folder, file), ...given], { input: text, env, encoding: 'utf8' })
      assert.equal(done.status, 0, done.stderr)
      return done.stdout.trim()
    }
    const headers = signedHeaders([secret, earlier], 'evt-1', body, now)
    assert.equal(run(secret, body, headers), 'genuine')
    assert.equal(run(earlier, body, headers), 'genuine')
    assert.equal(run(secret, `${body} `, headers), 'forged')
    assert.equal(run(newSecret(), body, headers), 'forged')
    assert.equal(run(secret, body, signedHeaders([secret], 'evt-1', body, now - 400_000)), 'forged')
  })
}
