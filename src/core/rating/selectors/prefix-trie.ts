const DIGITS = 10
const ZERO = 48

/** Prefixes of digits in flat arrays, ten places a node, for longest match. Rows of one prefix are chained. */
export class PrefixTrie {
  private children: Int32Array = new Int32Array(1024 * DIGITS)
  /** By node: its latest row + 1, or 0. */
  private rows: Int32Array = new Int32Array(1024)
  /** By row: the row before it that has the same prefix, + 1, or 0. */
  private readonly before: Int32Array
  private size = 1

  /** @param capacity number of rows. */
  constructor(capacity: number) {
    this.before = new Int32Array(capacity)
  }

  add(prefix: string, row: number): void {
    let node = 0
    for (let at = 0; at < prefix.length; at++) {
      const place = node * DIGITS + prefix.charCodeAt(at) - ZERO
      node = this.children[place] as number
      if (node === 0) {
        node = this.open()
        this.children[place] = node
      }
    }
    this.before[row] = this.rows[node] as number
    this.rows[node] = row + 1
  }

  /** The row of the longest prefix of a number that holds, or −1. Numbers are digits. */
  longest(number: string, holds: (row: number) => boolean): number {
    const { children, rows, before } = this
    let [node, found] = [0, -1]
    for (let at = 0; at < number.length; at++) {
      const digit = number.charCodeAt(at) - ZERO
      if (!(digit >= 0 && digit < DIGITS)) break
      node = children[node * DIGITS + digit] as number
      if (node === 0) break
      for (let row = (rows[node] as number) - 1; row >= 0; row = (before[row] as number) - 1) {
        if (!holds(row)) continue
        found = row
        break
      }
    }
    return found
  }

  private open(): number {
    if (this.size === this.rows.length) {
      const rows = new Int32Array(this.size * 2)
      rows.set(this.rows)
      this.rows = rows
      const children = new Int32Array(this.size * 2 * DIGITS)
      children.set(this.children)
      this.children = children
    }
    return this.size++
  }
}
