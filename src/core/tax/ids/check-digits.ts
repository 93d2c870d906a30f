/** The sums that check digits of tax ids come from. All take digits as text, whose form was checked before. */

export function digitsOf(text: string): number[] {
  return Array.from(text).map((digit) => digit.charCodeAt(0) - 48)
}

/** Sum of digits times weights; digits beyond the weights do not count. */
export function weighted(text: string, weights: readonly number[]): number {
  const digits = digitsOf(text)
  return weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0)
}

/** The digits modulo a number, however many there are. */
export function moduloOf(text: string, modulus: number): number {
  return digitsOf(text).reduce((rest, digit) => (rest * 10 + digit) % modulus, 0)
}

/** Luhn: every second digit from the right is doubled, and the sum of all digits is a multiple of ten. */
export function isLuhn(text: string): boolean {
  const sum = digitsOf(text)
    .reverse()
    .reduce((total, digit, at) => total + (at % 2 === 0 ? digit : Math.floor((digit * 2) / 10) + ((digit * 2) % 10)), 0)
  return sum % 10 === 0
}

/** ISO 7064, MOD 11,10: Germany and Croatia. */
export function isMod11And10(text: string): boolean {
  const digits = digitsOf(text)
  const last = digits.pop() ?? 0
  const check = digits.reduce((product, digit) => {
    const sum = (product + digit) % 10
    return ((sum === 0 ? 10 : sum) * 2) % 11
  }, 10)
  return (11 - check) % 10 === last
}

/** The last digit is a weighted sum modulo 11; when that is 10, of a second row of weights, and 10 again is 0. */
export function isTwiceMod11(text: string, first: readonly number[], second: readonly number[]): boolean {
  const rest = weighted(text, first) % 11
  const check = rest < 10 ? rest : (weighted(text, second) % 11) % 10
  return check === lastDigit(text)
}

export function lastDigit(text: string): number {
  return text.charCodeAt(text.length - 1) - 48
}
