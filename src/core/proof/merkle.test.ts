import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { inclusionPath, leafHash, MerkleTree, merkleRoot, rootOfPath } from './merkle.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const hashesOf = (texts: readonly string[]): Uint8Array[] => texts.map((text) => leafHash(sha256, text))
const hex = (bytes: Uint8Array | null): string | undefined => bytes?.toHex()

/** RFC 6962, section 2.1, word for word: the oracle of the tree that grows. */
function defined(texts: readonly string[]): string {
  const hash = (...parts: (string | Buffer)[]): Buffer => {
    const digest = createHash('sha256')
    for (const part of parts) digest.update(part)
    return digest.digest()
  }
  const tree = (part: readonly string[]): Buffer => {
    if (part.length === 0) return hash('')
    if (part.length === 1) return hash(Buffer.of(0), part[0] as string)
    const split = 2 ** Math.ceil(Math.log2(part.length) - 1)
    return hash(Buffer.of(1), tree(part.slice(0, split)), tree(part.slice(split)))
  }
  return tree(texts).toString('hex')
}

const texts = fc.array(fc.string(), { maxLength: 40 })

test('a root is the one that RFC 6962 defines', () => {
  fc.assert(fc.property(texts, (leaves) => assert.equal(hex(merkleRoot(sha256, hashesOf(leaves))), defined(leaves))))
})

test('roots of the examples of Certificate Transparency', () => {
  const leaves = ['', '00']
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  ]
  const tree = new MerkleTree(sha256)
  assert.equal(hex(tree.root()), roots[0])
  for (const [at, leaf] of leaves.entries()) {
    tree.add(sha256(Buffer.concat([Buffer.of(0), Buffer.from(leaf, 'hex')])))
    assert.equal(hex(tree.root()), roots[at + 1])
  }
})

const placed = texts
  .filter((leaves) => leaves.length > 0)
  .chain((leaves) => fc.record({ leaves: fc.constant(leaves), index: fc.nat(leaves.length - 1) }))

test('the path of every leaf leads to the root, and that of no other leaf, place or path does', () => {
  fc.assert(
    fc.property(placed, ({ leaves, index }) => {
      const hashes = hashesOf(leaves)
      const root = hex(merkleRoot(sha256, hashes))
      const path = inclusionPath(sha256, hashes, index)
      const place = { index, size: leaves.length }
      const leaf = hashes[index] as Uint8Array
      assert.equal(hex(rootOfPath(sha256, leaf, place, path)), root)
      assert.notEqual(hex(rootOfPath(sha256, leafHash(sha256, `${leaves[index]}!`), place, path)), root)
      assert.equal(rootOfPath(sha256, leaf, { index: leaves.length, size: leaves.length }, path), null)
      assert.notEqual(hex(rootOfPath(sha256, leaf, place, [...path, leaf])), root)
      path.forEach((_, at) => {
        const changed = path.with(at, sha256(path[at] as Uint8Array))
        assert.notEqual(hex(rootOfPath(sha256, leaf, place, changed)), root)
      })
    }),
  )
})
