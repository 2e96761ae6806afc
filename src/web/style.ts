// How the public pages look: one small sheet in the page itself, for old phones and thin lines.
import { createHash } from 'node:crypto'

export const STYLE = [
  ':root{color-scheme:light}',
  '*{box-sizing:border-box}',
  'body{margin:0 auto;max-width:44rem;padding:.75rem 1rem 2rem;font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1d2a2e;background:#fbfaf6;overflow-wrap:anywhere}',
  'h1{font-size:1.5rem;line-height:1.25;margin:.75rem 0 .25rem}',
  'h2{font-size:1.2rem;margin:1.75rem 0 .5rem;padding-top:.75rem;border-top:2px solid #e8e9e4}',
  'h3{font-size:1.05rem;margin:1rem 0 .25rem}',
  'p{margin:.35rem 0}',
  'ul,ol{padding-left:1.4rem;margin:.35rem 0}',
  'li{margin:.3rem 0}',
  'a{color:#0e5a43}',
  'nav a,nav strong,.act a{display:inline-block;padding:.45rem 0;margin-right:1rem}',
  '.act a{background:#0e5a43;color:#fff;padding:.6rem 1rem;border-radius:.4rem;text-decoration:none}',
  '.mark{background:#fff1c9;border-left:4px solid #8a5a00;padding:.5rem .75rem;margin:.5rem 0}',
  '.list{list-style:none;padding:0}',
  '.list li{padding:.5rem 0;border-bottom:1px solid #e8e9e4;margin:0}',
  '.list a{display:inline-block;padding:.15rem 0}',
  '.soft{color:#4d5b60}',
  '.won{color:#0e5a43;font-weight:600}',
  'img{max-width:100%;height:auto;display:block;border-radius:.4rem;margin:.5rem 0;background:#e8e9e4}',
  'dl{margin:.35rem 0}',
  'dt{float:left;clear:left;margin-right:.5rem;color:#4d5b60}',
  'dd{margin:0}',
  'summary{padding:.5rem 0;cursor:pointer;color:#0e5a43}',
  'code{font-size:.85rem}',
].join('\n')

/** What a page may do: show its own style and our own pictures, and nothing else. */
export const POLICY = [
  "default-src 'none'",
  "img-src 'self' data:",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
