/** A tax id that is asked about, and who asks. Both begin with the letters that the register knows the country by: EL is Greece. */
export interface TaxIdQuestion {
  readonly taxId: string
  /** The tax id of the seller that asks; null where it says nothing, and gets no proof. */
  readonly askedFor: string | null
}

export type TaxIdAnswer =
  | {
      readonly verdict: 'valid' | 'invalid'
      /** The register's number of the question, as proof of it; null where it gives none. */
      readonly consultation: string | null
      /** Whose it is, where the register says so. */
      readonly name: string | null
      readonly address: string | null
    }
  /** The register, or the country behind it, does not answer: nothing is known. */
  | { readonly verdict: 'no_answer'; readonly reason: string }

/** Who says whether tax ids were given to anybody, such as VIES of the European Union. */
export interface TaxIdRegister {
  readonly name: string
  /** Never throws: what goes wrong is no answer. @param signal ends the wait */
  readonly ask: (question: TaxIdQuestion, signal: AbortSignal) => Promise<TaxIdAnswer>
}
