/**
 * Mistakes made on purpose, through HTTP, plan files and the command line: each answer says what is wrong, where, and what to
 * do. `docs/mistakes.md` shows the answers; `node test/mistakes.test.ts --write` writes it anew.
 */
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommand } from './command-line.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'
import { MISTAKES, type Mistake } from './mistakes.ts'

const PAGE = join(import.meta.dirname, '../docs/mistakes.md')
const { client, request, app } = await startKvit('mistaken', '2026-02-10T12:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'anna')

async function answerTo({ ask }: Mistake): Promise<string> {
  if ('command' in ask) {
    const { code, err } = await runCommand(ask.command.split(' '), { KVIT_URL: app.url })
    assert.equal(code, 1)
    return err.trim()
  }
  if ('plan' in ask) {
    const { status, json } = await request('POST', '/v1/catalog', {
      body: { files: [{ name: 'plan.yaml', text: ask.plan }], dryRun: true },
    })
    assert.ok(status >= 400 && status < 500, JSON.stringify(json))
    return detailOf(json)
  }
  const [method = '', path = ''] = ask.request.split(' ')
  const { status, json } = await request(method, path, {
    ...('body' in ask ? { body: ask.body } : {}),
    ...(ask.raw === undefined ? {} : { raw: ask.raw }),
    ...(ask.type === undefined ? {} : { headers: { 'content-type': ask.type } }),
  })
  assert.ok(status >= 400 && status < 500, `${ask.request}: ${status} ${JSON.stringify(json)}`)
  return detailOf(json)
}

function detailOf(problem: Readonly<Record<string, unknown>>): string {
  return String(problem['detail'])
}

const answers: string[] = []
for (const mistake of MISTAKES) answers.push(await answerTo(mistake))

for (const [index, { done, what, where, toDo }] of MISTAKES.entries())
  test(`${done}: the answer says what, where, and what to do`, () => {
    const answer = answers[index] as string
    const graded = { what: what.test(answer), where: where.test(answer), toDo: toDo.test(answer) }
    assert.deepEqual(graded, { what: true, where: true, toDo: true }, answer)
  })

const told = MISTAKES.map(({ done, what, where, toDo }, index) => {
  const answer = answers[index] as string
  const words = [what, where, toDo].map((part) => part.exec(answer)?.[0] ?? '**nothing**')
  return `| ${[done, answer, ...words].map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
})
const PAGE_TEXT = `# Mistakes, and what Kvit says

Mistakes that people make, through HTTP, plan files and the command line. Each answer says what is wrong, where, and what to do; the
last three columns are the words that do. \`test/mistakes.test.ts\` makes every one of them, and holds this page
(\`node test/mistakes.test.ts --write\` writes it anew). Mistakes of a start, such as a port in use, are in \`test/start-mistakes.test.ts\`.

| done | answer | what | where | what to do |
| --- | --- | --- | --- | --- |
${told.join('\n')}
`

if (process.argv.includes('--write')) await writeFile(PAGE, PAGE_TEXT)

test('docs/mistakes.md shows the answers as they are', async () => {
  assert.equal(await readFile(PAGE, 'utf8'), PAGE_TEXT)
})
