/*
 * Tiny pictures of many formats, base64. Made once with Pillow 13.0.0 and this script:
 *
 *   import base64, io
 *   import numpy as np
 *   from PIL import Image
 *
 *   # Left half red, right half blue, a green bar on top: turned or mirrored, it shows.
 *   a = np.zeros((16, 24, 3), np.uint8)
 *   a[:, :12] = (220, 30, 30); a[:, 12:] = (30, 30, 220); a[:4] = (30, 200, 30)
 *   im = Image.fromarray(a)
 *
 *   def show(name, image, **options):
 *       f = io.BytesIO(); image.save(f, **options)
 *       print(f"  {name}:\n    '{base64.b64encode(f.getvalue()).decode()}',")
 *
 *   exif = Image.Exif(); exif[0x112] = 6
 *   stored = im.transpose(Image.Transpose.ROTATE_90)  # what orientation 6 turns back
 *   show('png', im, format='PNG')
 *   show('rotatedJpeg', stored, format='JPEG', quality=95, subsampling=0, exif=exif)
 *   show('cmykJpeg', im.convert('CMYK'), format='JPEG', quality=95)
 *   show('greyJpeg', im.convert('L'), format='JPEG', quality=95)
 *   show('bmp', im.resize((6, 4), 0), format='BMP')
 *   show('webp', im, format='WEBP', lossless=True)
 *   show('avif', im, format='AVIF', quality=95)
 *   show('gif', im.quantize(8), format='GIF', save_all=True, append_images=[Image.new('RGB', im.size, 'white').quantize(8)], duration=100, loop=0)
 *   clear = im.convert('RGBA'); clear.putalpha(Image.fromarray(np.where(np.arange(24) < 12, 0, 255).astype(np.uint8)[None].repeat(16, 0)))
 *   show('clearPng', clear, format='PNG')
 *   show('grey16Png', Image.fromarray((np.arange(24, dtype=np.uint16) * 2800)[None].repeat(16, 0)), format='PNG')
 *   show('palettePng', im.quantize(8), format='PNG')
 *   show('tiff', im.resize((6, 4), 0), format='TIFF')
 *   show('widePng', Image.new('1', (30000, 1)), format='PNG')
 */
const base64 = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAK0lEQVR4nGOUOyHHQA3ARBVTBqVBjHfkCIeRE8M+gmoGn9dGDRo1aFAZBADtMwM79lw9PAAAAABJRU5ErkJggg==',
  rotatedJpeg:
    '/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgr/wAARCAAYABADAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD5r/4KN/8AMm/9xH/22r9O/Z2/81N/3Jf+7Z/Kfgz/AMx3/cL/ANyHzHX+lx+4H1/+234A/wCE6/4Rj/ibfZfsv23/AJYb927yP9oYxt/Wv8UvoweOf/EF/wC1v+E/619a9h/y99lyey9t/wBOqnNze08rW630n6G3g3/xFr+3P9u+rfVvq3/Lr2nN7T6x/wBPKdrez8736W18G/4UB/1Nv/kh/wDbK/q//ieb/qn/APy7/wDvY/t7/iTj/qef+W3/AN8H05+05/zBP+3n/wBpV/mjwn/y+/7d/wDbj8P/AGaX/NVf9yP/ALuHlNfYH+ph/9k=',
  cmykJpeg:
    '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgAEAAYBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwCn/wAQp3/V+X/mLv8A76Vxf/ETR/1ZP/5kj/721+O9fv5XyD/wVY/4JT/8Ox/+ED/4vz/wm/8Awm/9qf8AMr/2b9i+x/ZP+nqfzN/2r/Z2+X33cH/ETR/1ZP8A+ZI/+9tfX3/BKf8A4JT/APDzj/hPP+L8/wDCEf8ACEf2X/zK/wDaX237Z9r/AOnqDy9n2X/a3eZ228lfINH/ABE0f9WT/wDmSP8A7219ff8AEKd/1fl/5i7/AO+lFf18V+VdfkHRX5B/8HWP/NBv+5o/9xFFfr5/wanf815/7lf/ANy9FfkHRX6+UV//2Q==',
  greyJpeg:
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wAALCAAQABgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APMf+GnP+pI/8qX/ANrrnPH/AO23/wAIN9k/4tl9q+1eZ/zGtm3bt/6YnOd36Vzn/Dxv/qjn/lw//c9Z9ec/H/8A5hP/AG3/APadec1//9k=',
  bmp: 'Qk2GAAAAAAAAADYAAAAoAAAABgAAAAQAAAABABgAAAAAAFAAAADEDgAAxA4AAAAAAAAAAAAAHh7cHh7cHh7c3B4e3B4e3B4eAAAeHtweHtweHtzcHh7cHh7cHh4AAB4e3B4e3B4e3NweHtweHtweHgAAHsgeHsgeHsgeHsgeHsgeHsgeAAA=',
  webp: 'UklGRkAAAABXRUJQVlA4TDQAAAAvF8ADABcgkE1Okv8iFggkJsEMPptAIIltf4Rh5j9y54CCtm2YkAzJIu0OgIj+T0DqKvAB',
  avif: 'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAALgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAGAAAABAAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAANm1kYXQSAAoJGBDv7RAQ0GhAMh9EQGqQAB5AAIDkjjc7edKYC19TqNKqJhynmju9W0eQ',
  gif: 'R0lGODlhGAAQAIEAAB7IHtweHh4e3AAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAGAAQAAAIRgABCBxIsKDBgwgTKlzIsGHBABAjSoQooKLFixUnagyAsaOAjRM9YgQpUeRFkhFNWkRJUeVHli5foozJkqPLmjRh3tSpMiAAIfkEAQoAAQAsAAAAABgAEACB////AAAAAAAAAAAACCIAAQgcSLCgwYMIEypcyLChw4cQI0qcSLGixYsYM2rcaDAgADs=',
  clearPng:
    'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAYAAAAMJL+VAAAAL0lEQVR4nGOUOyHHQCL4T4piJlJNJxUMfQsY78iRFgdODPtG42DUglELRi2gNgAABUAFOeHuHBsAAAAASUVORK5CYII=',
  grey16Png:
    'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQEAAAAAB53zwKAAAAHElEQVR4nGNkYOD6wI0XosozMZAIRjWMahg6GgD4bxar1aO66wAAAABJRU5ErkJggg==',
  palettePng:
    'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQAgMAAABxSlcGAAAACVBMVEUeyB7cHh4eHtw+tTFzAAAAF0lEQVR4nGNgwA0YQxkYQhkYmCA86lAAOn8Awpeq2zwAAAAASUVORK5CYII=',
  tiff: 'SUkqAAgAAAAKAAABBAABAAAABgAAAAEBBAABAAAABAAAAAIBAwADAAAAhgAAAAMBAwABAAAAAQAAAAYBAwABAAAAAgAAABEBBAABAAAAjAAAABUBAwABAAAAAwAAABYBBAABAAAABAAAABcBBAABAAAASAAAABwBAwABAAAAAQAAAAAAAAAIAAgACAAeyB4eyB4eyB4eyB4eyB4eyB7cHh7cHh7cHh4eHtweHtweHtzcHh7cHh7cHh4eHtweHtweHtzcHh7cHh7cHh4eHtweHtweHtw=',
  widePng:
    'iVBORw0KGgoAAAANSUhEUgAAdTAAAAABAQAAAAA/Ku6TAAAAG0lEQVR4nO3BMQEAAADCoPVPbQ0PoAAAAODGAA6nAAG1dHxkAAAAAElFTkSuQmCC',
};

export type FixtureName = keyof typeof base64;

export function fixture(name: FixtureName): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64[name]), (char) => char.charCodeAt(0));
}
