// Pictures as phones make them, with what they tell besides themselves.
import { PIXEL } from './person.ts'

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** A TIFF of one IFD whose entry leads to a GPS IFD with a latitude of 49° 57' 0" N. */
function exif(): Buffer {
  const tiff = Buffer.alloc(26 + 30 + 24)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  // GPSInfo, a LONG: where the GPS IFD lies.
  tiff.writeUInt16LE(0x8825, 10)
  tiff.writeUInt16LE(4, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt32LE(26, 18)
  tiff.writeUInt16LE(2, 26)
  // GPSLatitudeRef "N", GPSLatitude three rationals.
  tiff.writeUInt16LE(1, 28)
  tiff.writeUInt16LE(2, 30)
  tiff.writeUInt32LE(2, 32)
  tiff.write('N', 36, 'latin1')
  tiff.writeUInt16LE(2, 40)
  tiff.writeUInt16LE(5, 42)
  tiff.writeUInt32LE(3, 44)
  tiff.writeUInt32LE(56, 48)
  for (const [at, number] of [49, 1, 57, 1, 0, 1].entries()) tiff.writeUInt32LE(number, 56 + at * 4)
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS', 'latin1')])
}

/** A JPEG with two scans whose data holds what looks like markers; `plain`: what of it draws the picture. */
export function jpegWithPosition(): { jpeg: Buffer; plain: Buffer } {
  const start = Buffer.from([0xff, 0xd8])
  const end = Buffer.from([0xff, 0xd9])
  const jfif = segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1'))
  const told = [
    segment(0xe1, exif()),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>', 'latin1')),
    segment(0xe2, Buffer.from('MPF\0second picture', 'latin1')),
    segment(0xed, Buffer.from('Photoshop 3.0\0', 'latin1')),
    segment(0xfe, Buffer.from('Айгүл', 'utf8')),
  ]
  const drawn = [
    segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1')),
    segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\x01', 'latin1')),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc2, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 0, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0xff, 0xd3, 0x34]),
    segment(0xc4, Buffer.from([0x10, 0xff, 0xd9, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 1, 5, 0])),
    Buffer.from([0x56, 0xff, 0x00, 0x78]),
  ]
  const plain = Buffer.concat([start, jfif, ...drawn, end])
  return { jpeg: Buffer.concat([start, jfif, ...told, ...drawn, end]), plain }
}

/** The pixel with its author and a position behind its head. */
export function pngWithRemark(): Buffer {
  const png = Buffer.from(PIXEL, 'base64')
  const chunk = (name: string, body: string): Buffer => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length)
    return Buffer.concat([size, Buffer.from(name + body, 'latin1'), Buffer.alloc(4)])
  }
  const head = 8 + 25
  return Buffer.concat([
    png.subarray(0, head),
    chunk('tEXt', 'Author\0somebody'),
    chunk('eXIf', 'II*\0'),
    png.subarray(head),
    Buffer.from('behind the end'),
  ])
}
