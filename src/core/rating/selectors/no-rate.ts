/** No rate covers this moment or these values: the record has no price, which is never price zero. */
export const NO_RATE = -1
