import { type Currency, currencyOf } from '../base/currency.ts'
import { add, decimal, formatDecimal, ZERO } from '../base/decimal.ts'
import { type PrintedLine, wrongProduct } from '../invoicing/line-arithmetic.ts'
import { leafHash, merkleRoot, rootOfPath, type Sha256 } from './merkle.ts'
import type { Head, ProofFile, ProvedLink, ProvedPeriod } from './proof-file.ts'
import { anchorsPayload, anchorText, type ChargeStatement, type LineStatement, periodText } from './statements.ts'
import { type DocumentLine, provedParts, wrongInLine } from './verify-line.ts'

/** One step of the way from the document to the published head. */
export interface ProofStep {
  readonly step: string
  readonly holds: boolean
  /** What was compared, or what is wrong. */
  readonly detail: string
}

interface DocumentText {
  readonly number: string
  readonly currency: string
  readonly lines: readonly (PrintedLine & DocumentLine & { readonly amount: string })[]
  readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
}

function toStep(step: string, wrong: readonly string[], compared: string): ProofStep {
  return { step, holds: wrong.length === 0, detail: wrong.length === 0 ? compared : wrong.join('; ') }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A step that what is in the file may break: then it fails, and says so. */
function attempt(step: string, work: () => ProofStep): ProofStep {
  try {
    return work()
  } catch (error) {
    return unreadable(step, error)
  }
}

function unreadable(step: string, error: unknown): ProofStep {
  return { step, holds: false, detail: `cannot be read: ${error instanceof Error ? error.message : String(error)}` }
}

/**
 * Follows a proof from the document to the head of the journal. Every step compares what it computes with what the
 * file states, and continues from what is stated: so the step that fails is the place that was changed.
 * @param published a head from elsewhere; null compares with nothing but the file itself.
 */
export function verifyProof(sha256: Sha256, proof: ProofFile, published: Head | null): ProofStep[] {
  const hex = (text: string): string => sha256(bytesOf(text)).toHex()
  return [
    toStep(
      'document digest',
      hex(proof.document) === proof.documentDigest ? [] : ['the text of the document was changed'],
      proof.documentDigest,
    ),
    attempt('document total', () => checkTotal(proof)),
    ...checkLines(sha256, proof),
    ...proof.periods.map((period) => checkPeriod(sha256, period)),
    checkChargesRoot(sha256, proof),
    toStep(
      'anchor',
      hex(anchorText(proof.invoice, proof.documentDigest, proof.chargesRoot)) === proof.anchor
        ? []
        : ['it is not the anchor of this invoice, document digest and root over charges'],
      proof.anchor,
    ),
    checkBatch(sha256, proof),
    checkAnchorSegment(hex, proof),
    checkChain(sha256, proof),
    checkHead(proof, published),
  ]
}

function readDocument({ document }: ProofFile): DocumentText {
  return JSON.parse(document) as DocumentText
}

function checkTotal(proof: ProofFile): ProofStep {
  const { number, currency, lines, totals } = readDocument(proof)
  const total = (texts: readonly string[]): string =>
    formatDecimal(texts.reduce((sum, text) => add(sum, decimal(text)), ZERO))
  const net = total(lines.map(({ amount }) => amount))
  const wrong = [
    ...(net === total([totals.net]) ? [] : [`its lines add up to ${net}, not to ${totals.net}`]),
    ...(total([totals.net, totals.tax]) === total([totals.total]) ? [] : [`net and tax are not ${totals.total}`]),
  ]
  return toStep('document total', wrong, `${number}: ${lines.length} lines, ${totals.total} ${currency}`)
}

/** Every usage line of the document is proved, each once and by its own charges. */
function checkLines(sha256: Sha256, proof: ProofFile): ProofStep[] {
  const proved = proof.periods.flatMap(({ period, lines }) => lines.map((line) => ({ period, line })))
  let printed: readonly DocumentLine[]
  let shared: DocumentText['lines']
  let currency: Currency
  let named: Map<string, (typeof proved)[number]>
  let charges: string[]
  try {
    const document = readDocument(proof)
    shared = document.lines.filter((line) => provedParts(line)[0] !== line)
    printed = document.lines.filter(({ kind }) => kind === 'usage').flatMap(provedParts)
    currency = currencyOf(document.currency)
    charges = proved.flatMap(({ line }) => line.charges.map(({ leaf }) => withoutPlace(leaf)))
    named = new Map(proved.map((one) => [(JSON.parse(one.line.leaf) as LineStatement).line, one]))
  } catch (error) {
    return [unreadable('usage lines', error)]
  }
  const strangers = [...named.keys()].filter((id) => printed.every((line) => line.id !== id))
  const wrong = [
    ...strangers.map((id) => `line ${id} is not in the document`),
    ...(named.size === proved.length ? [] : ['a line is here twice']),
    ...(new Set(printed.map(({ id }) => id)).size === printed.length ? [] : ['a line is in the document twice']),
    ...(new Set(charges).size === charges.length ? [] : ['a charge is here twice']),
  ]
  return [
    toStep('usage lines', wrong, `${printed.length} in the document`),
    ...shared.map((line) => {
      const name = `line ${line.position} (${line.description})`
      return attempt(name, () => {
        const why = wrongProduct(line, currency.minorDigits)
        return toStep(name, why === null ? [] : [why], `${provedParts(line).length} rates, ${line.amount}`)
      })
    }),
    ...printed.map((line) => {
      const own = named.get(line.id)
      const name = `line ${line.position} (${line.description})`
      if (own === undefined) return toStep(name, ['its charges are not in the file'], '')
      return attempt(name, () => {
        const { period } = JSON.parse(own.line.leaf) as LineStatement
        const elsewhere = period === own.period ? [] : [`it is of the period ${period}, not of ${own.period}`]
        const detail = `${own.line.charges.length} charges, ${line.quantity}, ${line.amount ?? line.exactAmount}`
        return toStep(name, [...elsewhere, ...wrongInLine(sha256, own.line, line, currency)], detail)
      })
    }),
  ]
}

/** A charge, in whichever part of the proof it is. */
function withoutPlace(leaf: string): string {
  return JSON.stringify({ ...(JSON.parse(leaf) as ChargeStatement), n: 0 })
}

function checkPeriod(sha256: Sha256, { period, root, lines }: ProvedPeriod): ProofStep {
  const computed = merkleRoot(
    sha256,
    lines.map(({ leaf }) => leafHash(sha256, leaf)),
  ).toHex()
  const wrong = computed === root ? [] : ['its lines are not those under its root']
  return toStep(`root of the period ${period}`, wrong, root)
}

function checkChargesRoot(sha256: Sha256, { periods, chargesRoot }: ProofFile): ProofStep {
  const leaves = periods.map(({ account, period, root }) => leafHash(sha256, periodText(account, period, root)))
  const wrong = merkleRoot(sha256, leaves).toHex() === chargesRoot ? [] : ['the periods are not those under the root']
  return toStep('root over charges', wrong, `${periods.length} periods, ${chargesRoot}`)
}

function checkBatch(sha256: Sha256, { anchor, batch }: ProofFile): ProofStep {
  const path = batch.path.map((hash) => Uint8Array.fromHex(hash))
  const root = rootOfPath(sha256, Uint8Array.fromHex(anchor), batch, path)
  const wrong = root?.toHex() === batch.root ? [] : ['the path does not lead from the anchor to the root of its batch']
  return toStep('batch of anchors', wrong, `${batch.index + 1} of ${batch.size}, ${batch.root}`)
}

function checkAnchorSegment(hex: (text: string) => string, { batch, chain: { links } }: ProofFile): ProofStep {
  const [first] = links
  const step = `segment ${first?.seq} holds the anchor`
  const payload = hex(anchorsPayload(batch.size, batch.root))
  const wrong = payload === first?.payload ? [] : ['its payload is not the root of this batch']
  return toStep(step, wrong, payload)
}

/** SHA-256 over the digest before, partition, codec and number, and the hash of the segment's stored bytes. */
function linkDigest(sha256: Sha256, previous: string, partition: number, codec: number, link: ProvedLink): string {
  const bytes = new Uint8Array(80)
  const place = new DataView(bytes.buffer)
  bytes.set(Uint8Array.fromHex(previous))
  place.setUint32(32, partition)
  place.setUint32(36, codec)
  place.setBigUint64(40, BigInt(link.seq))
  bytes.set(Uint8Array.fromHex(link.payload), 48)
  return sha256(bytes).toHex()
}

function checkChain(sha256: Sha256, { chain }: ProofFile): ProofStep {
  let previous = chain.previous
  let seq = chain.links[0]?.seq ?? 0
  const wrong: string[] = []
  for (const link of chain.links) {
    if (link.seq !== seq) wrong.push(`segment ${seq} is missing: ${link.seq} stands in its place`)
    else if (linkDigest(sha256, previous, chain.partition, chain.codec, link) !== link.digest)
      wrong.push(`segment ${seq} does not follow from the one before`)
    previous = link.digest
    seq = link.seq + 1
  }
  return toStep('chain', wrong.slice(0, 5), `segments ${chain.links[0]?.seq} to ${chain.links.at(-1)?.seq}`)
}

function checkHead({ chain: { links }, head }: ProofFile, published: Head | null): ProofStep {
  const last = links.at(-1)
  const isLast = last?.seq === head.seq && last.digest === head.digest
  if (!isLast) return toStep('head', ['the chain does not end at the head that the file names'], '')
  const place = `${head.seq}:${head.digest}`
  if (published === null)
    return toStep('head', [], `${place} — by this file alone; compare it with a head that was published elsewhere`)
  const link = links.find(({ seq }) => seq === published.seq)
  if (link === undefined)
    return toStep('head', [`the file goes from segment ${links[0]?.seq} to ${head.seq}, not to ${published.seq}`], '')
  const wrong = link.digest === published.digest ? [] : [`segment ${link.seq} is ${link.digest} here`]
  return toStep('published head', wrong, `${published.seq}:${published.digest}`)
}
