import { createHash } from 'node:crypto'
import { type Head, PROOF_FORMAT } from '../core/proof/proof-file.ts'
import { type ProofStep, verifyProof } from '../core/proof/verify-proof.ts'
import { proofFile } from '../modules/proofs/proof-schema.ts'

/** `SEQ:DIGEST`, as `GET /v1/journal/head` tells them. */
export function parseHead(text: string): Head {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim())
  if (match === null) throw new Error('a head is SEQ:DIGEST: the number of a segment and 64 hex digits')
  return { seq: Number(match[1]), digest: (match[2] as string).toLowerCase() }
}

/** Checks the text of a proof file, step by step. It asks no server and no database. */
export function checkProofText(text: string, published: Head | null): ProofStep[] {
  const step = 'file'
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return [{ step, holds: false, detail: `is no JSON: ${error instanceof Error ? error.message : String(error)}` }]
  }
  const read = proofFile.safeParse(json)
  if (!read.success) {
    const wrong = read.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`)
    return [{ step, holds: false, detail: wrong.join('; ') }]
  }
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
  return [{ step, holds: true, detail: PROOF_FORMAT }, ...verifyProof(sha256, read.data, published)]
}
