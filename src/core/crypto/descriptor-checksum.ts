/** BIP 380: characters in groups of 32, those of hexadecimal and paths first. */
const INPUT = '0123456789()[],\'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~ijklmnopqrstuvwxyzABCDEFGH`#"\\ '
const OUTPUT = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0xf5_de_e5_19_89n, 0xa9_fd_ca_33_12n, 0x1b_ab_10_e3_2dn, 0x37_06_b1_67_7an, 0x64_4d_62_6f_fdn]
const LENGTH = 8

/** The eight characters behind `#`. @returns null where a character is none of those that descriptors are written in */
export function descriptorChecksum(body: string): string | null {
  let sum = 1n
  const feed = (symbol: number): void => {
    const top = sum >> 35n
    sum = ((sum & 0x7_ff_ff_ff_ffn) << 5n) ^ BigInt(symbol)
    for (const [bit, generator] of GENERATOR.entries()) if ((top >> BigInt(bit)) & 1n) sum ^= generator
  }
  let [groups, count] = [0, 0]
  for (const character of body) {
    const at = INPUT.indexOf(character)
    if (at < 0) return null
    feed(at & 31)
    groups = groups * 3 + (at >> 5)
    if (++count % 3 === 0) {
      feed(groups)
      groups = 0
    }
  }
  if (count % 3 > 0) feed(groups)
  for (let at = 0; at < LENGTH; at++) feed(0)
  sum ^= 1n
  return Array.from({ length: LENGTH }, (_, at) => OUTPUT[Number((sum >> BigInt(5 * (LENGTH - 1 - at))) & 31n)]).join(
    '',
  )
}
