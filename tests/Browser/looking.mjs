// What both browser tests use.

export const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

// A screenshot's count of pixels that differ from its corner, and of its colours.
export async function pixels(page, locator) {
  await locator.scrollIntoViewIfNeeded({ timeout: 60_000 });
  const png = (await locator.screenshot({ timeout: 60_000 })).toString('base64');
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const words = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    let different = 0;
    for (const word of words) different += word !== words[0] ? 1 : 0;
    return { different, colours: new Set(words).size, width: image.width, height: image.height };
  }, png);
}
