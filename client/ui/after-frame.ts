/**
 * Runs `task` when the next frame has been handed over; the answer calls it off. What a figure says is to be in sight
 * before anything is done about how it looks. A hidden page has no frames and waits.
 */
export function afterNextFrame(task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(task);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
