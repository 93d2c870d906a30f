/** Values that many share, each made once for its key. */
export class NumberedValues<T> {
  readonly values: T[] = []
  private readonly numbers = new Map<string, number>()

  numberOf(key: string, make: () => T): number {
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.values.push(make()) - 1
    this.numbers.set(key, number)
    return number
  }
}
