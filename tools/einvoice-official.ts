/**
 * Asks the official rules what they say of every document of test/einvoice-variants*.ts, and writes it to
 * test/einvoice-official.json, which a test compares with ours. It needs Java and Maven, which bring Saxon and the rules as XSLT
 * (packages of phive-rules, Apache-2.0). Run it when a variant is added: node tools/einvoice-official.ts
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { readXml } from '../src/adapters/xml/read-xml.ts'
import type { RuleSetName } from '../src/core/einvoice/rules/rule-sets.ts'
import type { XmlElement } from '../src/core/einvoice/xml/tree.ts'
import { filesOf, type VariantFile } from '../test/einvoice-variant-files.ts'

const SAXON = 'net.sf.saxon:Saxon-HE:10.9'
const PACKAGES = {
  en: 'com.helger.phive.rules:phive-rules-en16931:4.3.7',
  peppol: 'com.helger.phive.rules:phive-rules-peppol:4.3.7',
  xrechnung: 'com.helger.phive.rules:phive-rules-xrechnung:4.2.3',
}
const FOLDERS = {
  'en ubl': 'external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt',
  'en cii': 'external/schematron/1.3.16/cii/EN16931-CII-validation.xslt',
  'peppol ubl': 'external/schematron/openpeppol/2026.5/xslt/PEPPOL-EN16931-UBL.xslt',
  'xrechnung ubl': 'external/schematron/3.0.2/XRechnung-UBL-validation.xslt',
  'xrechnung cii': 'external/schematron/3.0.2/XRechnung-CII-validation.xslt',
}
type Stylesheet = keyof typeof FOLDERS

const work = mkdtempSync(join(tmpdir(), 'kvit-einvoice-'))

/** A package out of Maven's own store, fetched where it is not there. */
function jarOf(coordinates: string): string {
  const [group = '', artifact = '', version = ''] = coordinates.split(':')
  const get = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get'
  execFileSync('mvn', ['-q', '-B', get, `-Dartifact=${coordinates}`, '-Dtransitive=false'], { stdio: 'inherit' })
  return join(homedir(), '.m2/repository', group.replaceAll('.', '/'), artifact, version, `${artifact}-${version}.jar`)
}

/** Which stylesheets a set has, for a syntax. */
function stylesheetsOf(set: RuleSetName, syntax: 'ubl' | 'cii'): Stylesheet[] {
  if (set === 'peppol') return ['en ubl', 'peppol ubl']
  return set === 'en16931' ? [`en ${syntax}`] : [`en ${syntax}`, `xrechnung ${syntax}`]
}

/** The ids of what failed, of all files in one run. */
function failedBy(saxon: string, stylesheet: Stylesheet, files: readonly VariantFile[]): Map<string, string[]> {
  const name = stylesheet.replace(' ', '-')
  const [from, to] = [join(work, `${name}-in`), join(work, `${name}-out`)]
  mkdirSync(from)
  mkdirSync(to)
  for (const { key, xml } of files) writeFileSync(join(from, `${encodeURIComponent(key)}.xml`), xml)
  const xslt = join(work, stylesheet.split(' ')[0] as string, FOLDERS[stylesheet])
  try {
    execFileSync('java', ['-cp', saxon, 'net.sf.saxon.Transform', `-s:${from}`, `-o:${to}`, `-xsl:${xslt}`], {
      stdio: 'inherit',
    })
  } catch {
    console.error(`${stylesheet}: some of the files could not be transformed; they are left out`)
  }
  return new Map(
    readdirSync(to).flatMap((file) => {
      const bytes = readFileSync(join(to, file))
      return bytes.length === 0
        ? []
        : [[decodeURIComponent(basename(file, '.xml')), [...failedAsserts(readXml(bytes))]]]
    }),
  )
}

function* failedAsserts(element: XmlElement): Generator<string> {
  if (element.name.endsWith('}failed-assert')) yield element.attributes['id'] ?? ''
  for (const child of element.children) yield* failedAsserts(child)
}

/** Rules of business; those of syntax and of nations are not ours. */
const OURS = /^(BR-|PEPPOL-(EN16931|COMMON)-|DE-R-)/

const saxon = jarOf(SAXON)
for (const [name, coordinates] of Object.entries(PACKAGES)) {
  mkdirSync(join(work, name))
  execFileSync('jar', ['xf', jarOf(coordinates)], { cwd: join(work, name) })
}
const files = filesOf()
const found = new Map<string, Set<string>>()
const whole = new Map<string, number>()
for (const stylesheet of Object.keys(FOLDERS) as Stylesheet[]) {
  const own = files.filter(({ set, syntax }) => stylesheetsOf(set, syntax).includes(stylesheet))
  for (const [key, ids] of failedBy(saxon, stylesheet, own)) {
    whole.set(key, (whole.get(key) ?? 0) + 1)
    found.set(key, new Set([...(found.get(key) ?? []), ...ids.filter((id) => OURS.test(id))]))
  }
}
const rows = files
  .filter(({ key, set, syntax }) => whole.get(key) === stylesheetsOf(set, syntax).length)
  .map(({ key }) => [key, [...(found.get(key) ?? [])].sort().join(' ')])
writeFileSync(
  join(import.meta.dirname, '../test/einvoice-official.json'),
  `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`,
)
rmSync(work, { recursive: true })
console.log(`${rows.length} of ${files.length} documents`)
