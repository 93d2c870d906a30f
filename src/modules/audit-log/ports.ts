/** Tells who keys and users are. */
export interface Naming {
  /** @returns by id, the name of a key or the address of a user. */
  namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}
