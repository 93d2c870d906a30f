/** As banks read it: without blanks, in capitals. */
export function plainIban(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase()
}

/** ISO 13616: letters count as 10 to 35, and the number is 1 modulo 97. Blanks are of no account. */
export function isIban(text: string | undefined): boolean {
  const plain = plainIban(text ?? '')
  return /^[A-Z]{2}\d{2}[A-Z0-9]{0,30}$/.test(plain) && hasCheckDigits(plain)
}

/** Whether the third and fourth character are the check digits of the rest. @param plain capitals and digits alone */
export function hasCheckDigits(plain: string): boolean {
  const digits = `${plain.slice(4)}${plain.slice(0, 4)}`.split('').map((character) => Number.parseInt(character, 36))
  return BigInt(digits.join('')) % 97n === 1n
}
