export function mendedSource(path: string, source: string): string | undefined
