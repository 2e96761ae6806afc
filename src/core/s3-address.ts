// Where an S3-compatible store is, from one setting: s3+https://KEY:SECRET@host/bucket/folder?region=name.

export interface S3Address {
  /** With the scheme, without a slash at the end: `https://s3.example.kz`. */
  origin: string
  bucket: string
  /** What names of the program begin with there; empty or with a slash at its end. */
  prefix: string
  region: string
  key: string
  secret: string
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
/** Letters that stand in an address as they are. */
const FOLDER = /^[\w.-]+(?:\/[\w.-]+)*$/

/** Key and secret may be percent-encoded, as they must be where they have a slash or an @. Undefined: it is none. */
export function readS3Address(text: string): S3Address | undefined {
  const [, address] = /^s3\+(https?:\/\/.+)$/.exec(text) ?? []
  if (address === undefined || !URL.canParse(address)) return undefined
  const url = new URL(address)
  const [bucket = '', ...folders] = url.pathname.split('/').filter(Boolean)
  const folder = folders.join('/')
  const [key, secret] = [decoded(url.username), decoded(url.password)]
  if (!key || !secret || !BUCKET.test(bucket) || (folder !== '' && !FOLDER.test(folder))) return undefined
  const prefix = folder === '' ? '' : `${folder}/`
  return {
    origin: url.origin,
    bucket,
    prefix,
    region: url.searchParams.get('region') ?? 'us-east-1',
    key,
    secret,
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
