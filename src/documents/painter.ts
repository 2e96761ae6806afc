// SVG to PNG in our fonts, by a renderer in WebAssembly: no browser, no fonts of the machine.
import { readFile } from 'node:fs/promises'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { packagedFile } from '../beside.ts'
import { fontFile } from './fonts.ts'

export interface Painter {
  /** The picture in the size that the SVG states, on white. */
  png(svg: string): Promise<Uint8Array>
}

/** The renderer is loaded with the first picture. Make one painter and keep it. */
export function createPainter(): Painter {
  let loading: Promise<Uint8Array[]> | undefined
  return {
    async png(svg) {
      loading ??= load()
      const fontBuffers = await loading
      const drawing = new Resvg(svg, {
        background: '#ffffff',
        font: { fontBuffers, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
      })
      try {
        const picture = drawing.render()
        const bytes = picture.asPng()
        picture.free()
        return bytes
      } finally {
        drawing.free()
      }
    },
  }
}

async function load(): Promise<Uint8Array[]> {
  try {
    await initWasm(await readFile(packagedFile('resvg.wasm', '@resvg/resvg-wasm/index_bg.wasm')))
  } catch (error) {
    // The renderer is one for the whole process, and a second painter finds it loaded.
    if (!(error instanceof Error && error.message.startsWith('Already initialized'))) throw error
  }
  return Promise.all([readFile(fontFile('plain')), readFile(fontFile('bold'))])
}
