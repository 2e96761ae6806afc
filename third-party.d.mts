/** See third-party.mjs. */
export function notices(inputs: readonly string[]): Promise<string>
