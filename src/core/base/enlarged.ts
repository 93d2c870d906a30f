type Flat = Float64Array | Int32Array | Uint32Array | BigInt64Array | Uint8Array

/** A longer copy of a flat array: what was in it, then zeros. */
export function enlarged<T extends Flat>(array: T, length = array.length * 2): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array as never)
  return larger
}
