/** SHA-256. It is passed in: the core brings no implementation of its own. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

const LEAF = 0x00
const NODE = 0x01

/** Hash of a leaf: SHA-256 of the byte 0 and the text in UTF-8. */
export function leafHash(sha256: Sha256, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const prefixed = new Uint8Array(bytes.length + 1)
  prefixed[0] = LEAF
  prefixed.set(bytes, 1)
  return sha256(prefixed)
}

/** Hash of an inner node: SHA-256 of the byte 1 and both hashes below. */
function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length)
  bytes[0] = NODE
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return sha256(bytes)
}

/**
 * The root of a Merkle tree as RFC 6962 defines it, made of leaves that come one after another: it keeps the roots of
 * the full subtrees alone, so that millions of leaves need no room.
 */
export class MerkleTree {
  private readonly sha256: Sha256
  /** Roots of full subtrees, larger ones first, as the binary digits of `size` say. */
  private readonly subtrees: Uint8Array[] = []
  size = 0

  constructor(sha256: Sha256) {
    this.sha256 = sha256
  }

  /** Adds a leaf by its hash. */
  add(hash: Uint8Array): void {
    let subtree = hash
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2)
      subtree = nodeHash(this.sha256, this.subtrees.pop() as Uint8Array, subtree)
    this.subtrees.push(subtree)
    this.size++
  }

  /** The root of the leaves so far; without any it is the hash of nothing. */
  root(): Uint8Array {
    if (this.size === 0) return this.sha256(new Uint8Array(0))
    return this.subtrees.reduceRight((right, left) => nodeHash(this.sha256, left, right))
  }
}

export function merkleRoot(sha256: Sha256, hashes: Iterable<Uint8Array>): Uint8Array {
  const tree = new MerkleTree(sha256)
  for (const hash of hashes) tree.add(hash)
  return tree.root()
}

/** Leaves in the left subtree of a tree of `size`: the largest power of two below it. */
function leftSize(size: number): number {
  let left = 1
  while (left * 2 < size) left *= 2
  return left
}

/** The sibling hashes on the way from a leaf up to the root, the lowest first. */
export function inclusionPath(sha256: Sha256, hashes: readonly Uint8Array[], index: number): Uint8Array[] {
  if (hashes.length <= 1) return []
  const left = leftSize(hashes.length)
  const [near, far] =
    index < left ? [hashes.slice(0, left), hashes.slice(left)] : [hashes.slice(left), hashes.slice(0, left)]
  return [...inclusionPath(sha256, near, index < left ? index : index - left), merkleRoot(sha256, far)]
}

/** The root that a leaf and its path lead to; null where no tree of this size has such a place or such a path. */
export function rootOfPath(
  sha256: Sha256,
  leaf: Uint8Array,
  place: { readonly index: number; readonly size: number },
  path: readonly Uint8Array[],
): Uint8Array | null {
  const { index, size } = place
  if (index < 0 || index >= size) return null
  if (size === 1) return path.length === 0 ? leaf : null
  const sibling = path.at(-1)
  if (sibling === undefined) return null
  const left = leftSize(size)
  const isLeft = index < left
  const below = isLeft ? { index, size: left } : { index: index - left, size: size - left }
  const near = rootOfPath(sha256, leaf, below, path.slice(0, -1))
  if (near === null) return null
  return isLeft ? nodeHash(sha256, near, sibling) : nodeHash(sha256, sibling, near)
}
