import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { runBills } from '../src/cli/commands-billing.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

const run = promisify(execFile)
const HERE = join(import.meta.dirname, 'factur-x')

const { client } = await startKvit('hybrid', '2026-02-01T00:00:00Z')
await seedOperator(client)
const german = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Chausseestraße 1'] }
await client.post(
  '/v1/issuers/op',
  {
    ...{ legalForm: 'GmbH', postalAddress: german },
    registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }],
    bankAccounts: [{ currency: 'EUR', iban: 'DE71 1102 2033 0123 4567 89', bic: 'BHBLDEHHXXX' }],
  },
  'PATCH',
)
const startsAt = '2026-02-01T00:00:00Z'
for (const [key, change] of Object.entries({
  anna: { kind: 'consumer', postalAddress: german },
  firm: {
    ...{ kind: 'business', taxIds: ['FR40303265045'] },
    postalAddress: { country: 'FR', city: 'Paris', postcode: '75001', lines: ['Rue de Rivoli 1'] },
  },
  asia: { kind: 'consumer', postalAddress: german, name: '株式会社' },
  plain: {},
})) {
  await createSubscriber(client, key, { startsAt })
  if (Object.keys(change).length > 0) await client.post(`/v1/customers/${key}`, change, 'PATCH')
}
await runBills(client, '2026-02-01')

async function hybridOf(account: string): Promise<Buffer> {
  const [found] = await client.list<{ id: string }>(`/v1/invoices?account=${account}`)
  return Buffer.from(await client.download(`/v1/invoices/${found?.id}/pdf?format=factur-x`))
}

test('a Factur-X invoice is the page with its e-invoice, says so in its metadata, and is the same each time', async () => {
  const pdf = await hybridOf('anna')
  assert.ok(pdf.equals(await hybridOf('anna')))
  const text = pdf.toString('latin1')
  assert.match(text, /\/AFRelationship \/Alternative/)
  assert.match(text, /<fx:DocumentFileName>factur-x\.xml<\/fx:DocumentFileName>/)
  assert.match(text, /<fx:ConformanceLevel>EN 16931<\/fx:ConformanceLevel>/)
  // A reader of PDF begins at the last table of places.
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
  assert.equal(text.slice(start, start + 4), 'xref')
  const [, id, place] = /xref\n0 1\n0{10} 65535 f\r\n(\d+) 1\n(\d{10}) 00000 n/.exec(text.slice(start)) ?? []
  assert.ok(text.slice(Number(place)).startsWith(`${id} 0 obj\n<<\n  /Length `))
})

test('what cannot be one is refused with the reason: a letter without a glyph', async () => {
  await assert.rejects(hybridOf('asia'), /which is a PDF\/A-3: PDF\/A-3b error: the text `"株"` could not be displayed/)
})

/** The independent validator, fetched by Maven into its cache; null where Java, Maven or the network is missing. */
async function validatorClasspath(): Promise<string | null> {
  const folder = join(homedir(), '.cache', 'kvit-factur-x-validator-2.20.0')
  try {
    await run('java', ['-version'])
    await mkdir(folder, { recursive: true })
    await cp(join(HERE, 'pom.xml'), join(folder, 'pom.xml'))
    const copy = [
      '-q',
      '-B',
      '-f',
      join(folder, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${join(folder, 'lib')}`,
    ]
    await run('mvn', copy, { cwd: folder })
    return join(folder, 'lib', '*')
  } catch {
    return null
  }
}

test('an independent validator finds nothing wrong: PDF/A-3 by veraPDF, and the rules of EN 16931', async (context) => {
  const classpath = await validatorClasspath()
  if (classpath === null) return context.skip('needs Java, Maven and the validator of the Mustang project')
  const folder = await mkdtemp(join(tmpdir(), 'kvit-factur-x-'))
  const files: string[] = []
  for (const key of ['anna', 'firm']) {
    files.push(join(folder, `${key}.pdf`))
    await writeFile(files.at(-1) as string, await hybridOf(key))
  }
  const { stdout } = await run('java', ['-cp', classpath, join(HERE, 'Validate.java'), ...files], {
    maxBuffer: 64 * 1024 * 1024,
  })
  const reports = stdout.split('<validation ').slice(1)
  assert.equal(reports.length, files.length)
  for (const report of reports) {
    assert.match(report, /flavour=3b, .*isCompliant=true/)
    assert.match(report, /<profile>urn:cen\.eu:en16931:2017<\/profile>/)
    // What it notes of XRechnung's rules is about another specification.
    assert.deepEqual(report.match(/<error [\s\S]*?<\/error>/g) ?? [], [])
    assert.deepEqual(report.match(/<summary status="(?!valid)[a-z]*"\/>/g) ?? [], [])
  }
})
