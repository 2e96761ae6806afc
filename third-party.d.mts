/** See third-party.mjs. */
export function notices(inputs: readonly string[], beside?: readonly string[]): Promise<string>
