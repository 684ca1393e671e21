/** Gives a function that calls back in the next frame, once however often it is called before. */
export function onceAFrame(callback: () => void): () => void {
  let frame = 0;
  return () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      callback();
    });
  };
}
