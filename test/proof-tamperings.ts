/** Ways to change a proof, each with what a verifier must say of it. */
import assert from 'node:assert/strict'
import type { ProofFile, ProvedLine } from '../src/core/proof/proof-file.ts'

/** Another digit, letter or mark in place of one, at the first place that a pattern fits. */
export function change(text: string, pattern: RegExp, by: string): string {
  assert.match(text, pattern)
  return text.replace(pattern, by)
}

const flip = (hash: string): string => `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`

/** A proof with the second of its lines changed. */
function withLine(proof: ProofFile, changed: (line: ProvedLine) => ProvedLine): ProofFile {
  const [period] = proof.periods
  assert.ok(period !== undefined)
  const lines = period.lines.map((line, at) => (at === 1 ? changed(line) : line))
  return { ...proof, periods: [{ ...period, lines }] }
}

export function withCharge(proof: ProofFile, at: number, changed: (leaf: string) => string): ProofFile {
  return withLine(proof, (line) => ({
    ...line,
    charges: line.charges.map((charge, place) => (place === at ? { ...charge, leaf: changed(charge.leaf) } : charge)),
  }))
}

function withLink(
  proof: ProofFile,
  at: number,
  changed: { payload?: string; digest?: string; seq?: number },
): ProofFile {
  const links = proof.chain.links.map((link, place) => (place === at ? { ...link, ...changed } : link))
  return { ...proof, chain: { ...proof.chain, links } }
}

export const TAMPERINGS: readonly [name: string, tamper: (proof: ProofFile) => ProofFile, named: RegExp][] = [
  [
    'the amount of a charge',
    (proof) => withCharge(proof, 2, (leaf) => change(leaf, /"amount":"\d/, '"amount":"9')),
    /line \d \(Calls: \w+\): charge 3 \(api u\d+, segment \d+\) was changed.*add up to/,
  ],
  [
    'a note in the data of a record',
    (proof) => withCharge(proof, 0, (leaf) => change(leaf, /Їжак/, 'Їжок')),
    /charge 1 \(api u\d+, segment \d+\) was changed/,
  ],
  [
    'a dropped charge',
    (proof) => withLine(proof, (line) => ({ ...line, charges: line.charges.toSpliced(1, 1) })),
    /charge 2 is missing.*5 charges are here, it stands for 6/,
  ],
  [
    'an added charge',
    (proof) =>
      withLine(proof, (line) => ({ ...line, charges: line.charges.toSpliced(3, 0, ...line.charges.slice(0, 1)) })),
    /charge 4 \(api u\d+, segment \d+\) was added.*7 charges are here, it stands for 6/,
  ],
  [
    'charges in another order',
    (proof) => withLine(proof, (line) => ({ ...line, charges: line.charges.toReversed() })),
    /not those under its root/,
  ],
  [
    'the root over the charges of a line',
    (proof) => withLine(proof, (line) => ({ ...line, leaf: change(line.leaf, /"charges":"\w/, '"charges":"g') })),
    /line \d .*its charges are not those under its root.*root of the period 2026-01-01/s,
  ],
  [
    'the amount of a line in the document',
    (proof) => ({ ...proof, document: change(proof.document, /"amount":"\d/, '"amount":"9') }),
    /document digest.*document total.*line \d \(Calls: \w+\): it bills/s,
  ],
  [
    'the text of the document',
    (proof) => ({ ...proof, document: change(proof.document, /Customer anna/, 'Customer Anna') }),
    /^document digest: the text of the document was changed$/,
  ],
  [
    'a usage line that is printed twice',
    (proof) => {
      const document = JSON.parse(proof.document) as { lines: { kind: string }[] }
      const line = document.lines.find(({ kind }) => kind === 'usage') as { kind: string }
      return { ...proof, document: JSON.stringify({ ...document, lines: [...document.lines, line] }) }
    },
    /usage lines: a line is in the document twice/,
  ],
  [
    'a charge that stands under two lines',
    (proof) => {
      const other = proof.periods[0]?.lines[0]?.charges.slice(0, 1) ?? []
      return withLine(proof, (line) => ({ ...line, charges: [...line.charges, ...other] }))
    },
    /usage lines: a charge is here twice/,
  ],
  [
    'an amount that is rounded to less',
    (proof) => ({
      ...proof,
      document: proof.document.replaceAll(/"amount":"(\d+)\.\d+"/g, '"amount":"$1"'),
    }),
    /charges have 8 digits behind the point, amounts 2/,
  ],
  [
    'the root of a period',
    (proof) => ({ ...proof, periods: proof.periods.map((p) => ({ ...p, root: flip(p.root) })) }),
    /root of the period/,
  ],
  [
    'the root over all charges',
    (proof) => ({ ...proof, chargesRoot: flip(proof.chargesRoot) }),
    /root over charges.*anchor/s,
  ],
  ['another invoice', (proof) => ({ ...proof, invoice: proof.invoice.replace(/.$/, 'x') }), /^anchor: /],
  [
    'a hash beside the anchor',
    (proof) => ({ ...proof, batch: { ...proof.batch, path: proof.batch.path.map(flip) } }),
    /^batch of anchors: the path does not lead/,
  ],
  [
    'the payload of the anchoring segment',
    (proof) => withLink(proof, 0, { payload: flip(proof.chain.links[0]?.payload ?? '') }),
    /segment \d+ holds the anchor: its payload.*chain: segment \d+ does not follow/s,
  ],
  [
    'a link of the chain',
    (proof) => withLink(proof, 1, { payload: flip(proof.chain.links[1]?.payload ?? '') }),
    /^chain: segment \d+ does not follow from the one before$/,
  ],
  ['the number of a segment', (proof) => withLink(proof, 1, { seq: 777 }), /^chain: segment \d+ is missing: 777/],
  [
    'the head',
    (proof) => ({ ...proof, head: { ...proof.head, digest: flip(proof.head.digest) } }),
    /^head: the chain does not end at the head/,
  ],
  [
    'a chain that ends in a segment which never was',
    (proof) => {
      const last = proof.chain.links.length - 1
      const digest = flip(proof.head.digest)
      return { ...withLink(proof, last, { digest }), head: { ...proof.head, digest } }
    },
    /chain: segment \d+ does not follow.*published head: segment \d+ is/s,
  ],
  ['a field of somebody else', (proof) => ({ ...proof, paid: true }) as ProofFile, /^file: .*paid/],
]
