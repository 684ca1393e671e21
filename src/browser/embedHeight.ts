/** An embed's height, as its host is told of it: when it has changed, not too often, and the last one always. */
import { heightToPost } from '#embed/displayMode.ts';

/** The least time between two heights, in milliseconds: hosts take no more than twenty messages a second. */
const HEIGHT_INTERVAL_MS = 100;

export interface HeightReporter {
  /** Reports the height where it has changed; `force`d, also where it has not. */
  readonly report: (force?: boolean) => void;
  /** What was reported holds no more: the next report is made in any case. */
  readonly forget: () => void;
}

export function heightReporter(heightNow: () => number, send: (height: number) => void): HeightReporter {
  let posted: number | undefined;
  let timer = 0;
  /** A height waits to be sent; and it is to be sent even if it is the same. */
  let [isLate, isForced] = [false, false];
  const report = (force = false) => {
    if (timer) {
      isLate = true;
      isForced ||= force;
      return;
    }
    const height = heightToPost(force || isForced ? undefined : posted, heightNow());
    [isLate, isForced] = [false, false];
    if (height === undefined) return;
    posted = height;
    timer = window.setTimeout(() => {
      timer = 0;
      if (isLate) report();
    }, HEIGHT_INTERVAL_MS);
    send(height);
  };
  return {
    report,
    forget: () => {
      posted = undefined;
    },
  };
}
